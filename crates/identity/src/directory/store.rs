//! Every statement of departments and sites.

use super::dto::DirectoryQuery;
use steward_db::{Executor, Filter, FromQueryResult, Tx, Value, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::text::check_length;
use steward_kernel::{Error, Instant, Result};
use steward_platform::http::{Page, Pagination};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct Found {
    #[expect(dead_code, reason = "only its presence counts")]
    id: Uuid,
}

pub(crate) async fn has_department<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<bool> {
    let sql = "SELECT id FROM departments WHERE organization_id = $1 AND id = $2";
    let found = db.optional::<Found>(sql, values![organization.0, id]);
    Ok(found.await?.is_some())
}

pub(crate) async fn has_site<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<bool> {
    let sql = "SELECT id FROM sites WHERE organization_id = $1 AND id = $2";
    let found = db.optional::<Found>(sql, values![organization.0, id]);
    Ok(found.await?.is_some())
}

/// A name as it is kept.
pub(super) fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::field("name", "length", "write 1 to 100 characters"));
    }
    Ok(name.to_owned())
}

/// Which part of a list is wanted, and in which order.
pub(super) struct Listing {
    request: PageRequest,
    words: Vec<String>,
    order: &'static str,
    limit: i64,
    offset: i64,
}

/// Words of a search that are looked at.
const MAX_WORDS: usize = 10;

impl Listing {
    pub(super) fn of(query: DirectoryQuery) -> Result<Self> {
        let request = PageRequest::new(query.page, query.per_page, None)?;
        let Position::Page(page) = request.position else {
            return Err(Error::internal("this list is paged by page"));
        };
        let search = query.search.unwrap_or_default();
        check_length("search", &search, 200)?;
        let words = search.split_whitespace().map(str::to_lowercase);
        let order = match query.sort.as_deref().unwrap_or("name") {
            "name" => "x.name, x.id",
            "-name" => "x.name DESC, x.id DESC",
            "member_count" => "member_count, x.id",
            "-member_count" => "member_count DESC, x.id DESC",
            _ => {
                let message = "use name or member_count, with - in front to turn it round";
                return Err(Error::field("sort", "unknown_value", message));
            }
        };
        let limit = i64::from(request.per_page);
        Ok(Self {
            words: words.take(MAX_WORDS).collect(),
            order,
            limit,
            offset: i64::from(page - 1).saturating_mul(limit),
            request,
        })
    }

    fn filter(&self, organization: OrganizationId) -> Filter {
        let mut filter = Filter::default();
        filter.and("x.organization_id = ?", values![organization.0]);
        for word in &self.words {
            let literal = word
                .replace('!', "!!")
                .replace('%', "!%")
                .replace('_', "!_");
            let clause = "lower(x.name) LIKE ? ESCAPE '!'";
            filter.and(clause, values![format!("%{literal}%")]);
        }
        filter
    }

    fn sql(&self, select: &str, organization: OrganizationId) -> String {
        let filter = self.filter(organization);
        format!(
            "{select} WHERE {} ORDER BY {} LIMIT {} OFFSET {}",
            filter.sql(),
            self.order,
            self.limit,
            self.offset
        )
    }

    fn values(&self, organization: OrganizationId) -> Vec<Value> {
        self.filter(organization).values()
    }

    pub(super) fn page<T>(&self, data: Vec<T>, total: i64) -> Page<T> {
        let has_next = self.offset.saturating_add(self.limit) < total;
        Page {
            data,
            pagination: Pagination::new(&self.request, total, has_next, None),
        }
    }
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

/// How many rows of `table`, a name from the code, a list holds.
pub(super) async fn count<E: Executor>(
    db: &E,
    table: &'static str,
    organization: OrganizationId,
    listing: &Listing,
) -> Result<i64> {
    let filter = listing.filter(organization);
    let sql = format!("SELECT count(*) AS n FROM {table} x WHERE {}", filter.sql());
    let row = db.optional::<Count>(&sql, filter.values()).await?;
    Ok(row.map_or(0, |c| c.n))
}

/// Whether people refer to `id` by `column`, a name from the code.
pub(super) async fn is_used<E: Executor>(
    db: &E,
    column: &'static str,
    organization: OrganizationId,
    id: Uuid,
) -> Result<bool> {
    let sql = format!("SELECT id FROM users WHERE organization_id = $1 AND {column} = $2 LIMIT 1");
    let found = db
        .optional::<Found>(&sql, values![organization.0, id])
        .await?;
    Ok(found.is_some())
}

/// Deletes a row of `table`, a name from the code.
pub(super) async fn delete(
    tx: &Tx,
    table: &'static str,
    organization: OrganizationId,
    id: Uuid,
) -> Result<()> {
    let sql = format!("DELETE FROM {table} WHERE organization_id = $1 AND id = $2");
    tx.execute(&sql, values![organization.0, id])
        .await
        .map(drop)
}

#[derive(Debug, FromQueryResult)]
pub(super) struct DepartmentRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) parent_id: Option<Uuid>,
    pub(super) parent_name: Option<String>,
    pub(super) manager_id: Option<Uuid>,
    pub(super) manager_name: Option<String>,
    pub(super) member_count: i64,
    pub(super) version: i64,
}

const DEPARTMENT: &str = "SELECT x.id, x.name, x.parent_id, p.name AS parent_name, x.manager_id,
    m.first_name || ' ' || m.last_name AS manager_name, x.version,
    (SELECT count(*) FROM users u WHERE u.organization_id = x.organization_id AND u.department_id = x.id
       AND u.deleted_at IS NULL) AS member_count
    FROM departments x LEFT JOIN departments p ON p.id = x.parent_id LEFT JOIN users m ON m.id = x.manager_id";

pub(super) async fn departments<E: Executor>(
    db: &E,
    organization: OrganizationId,
    listing: &Listing,
) -> Result<Vec<DepartmentRow>> {
    db.all(
        &listing.sql(DEPARTMENT, organization),
        listing.values(organization),
    )
    .await
}

pub(super) async fn department<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<DepartmentRow>> {
    let sql = format!("{DEPARTMENT} WHERE x.organization_id = $1 AND x.id = $2");
    db.optional(&sql, values![organization.0, id]).await
}

/// What a department is after a change.
pub(super) struct DepartmentRecord {
    pub(super) name: String,
    pub(super) parent_id: Option<Uuid>,
    pub(super) manager_id: Option<Uuid>,
}

pub(super) async fn insert_department(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    record: &DepartmentRecord,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO departments (id, organization_id, name, parent_id, manager_id, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, 1, $6, $6)",
        values![
            id,
            organization.0,
            record.name.clone(),
            record.parent_id,
            record.manager_id,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Writes over the version that was read; false when there is a newer one.
pub(super) async fn update_department(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    record: &DepartmentRecord,
    version: i64,
    now: Instant,
) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE departments SET name = $4, parent_id = $5, manager_id = $6, version = version + 1, updated_at = $7
             WHERE id = $1 AND organization_id = $2 AND version = $3",
            values![
                id,
                organization.0,
                version,
                record.name.clone(),
                record.parent_id,
                record.manager_id,
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Whether `id` is `above`, or stands below it.
pub(super) async fn is_below<E: Executor>(db: &E, id: Uuid, above: Uuid) -> Result<bool> {
    let sql = "WITH RECURSIVE up (id, parent_id) AS (
           SELECT id, parent_id FROM departments WHERE id = $1
           UNION SELECT d.id, d.parent_id FROM departments d JOIN up ON d.id = up.parent_id)
         SELECT id FROM up WHERE id = $2";
    let found = db.optional::<Found>(sql, values![id, above]).await?;
    Ok(found.is_some())
}

/// How many departments stand directly below one.
pub(super) async fn departments_below<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM departments WHERE organization_id = $1 AND parent_id = $2";
    let row = db
        .optional::<Count>(sql, values![organization.0, id])
        .await?;
    Ok(row.map_or(0, |c| c.n))
}

#[derive(Debug, FromQueryResult)]
pub(super) struct SiteRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) time_zone: Option<String>,
    pub(super) member_count: i64,
    pub(super) version: i64,
}

const SITE: &str = "SELECT x.id, x.name, x.address, x.time_zone, x.version,
    (SELECT count(*) FROM users u WHERE u.organization_id = x.organization_id AND u.site_id = x.id AND u.deleted_at IS NULL) AS member_count
    FROM sites x";

pub(super) async fn sites<E: Executor>(
    db: &E,
    organization: OrganizationId,
    listing: &Listing,
) -> Result<Vec<SiteRow>> {
    db.all(
        &listing.sql(SITE, organization),
        listing.values(organization),
    )
    .await
}

pub(super) async fn site<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<SiteRow>> {
    let sql = format!("{SITE} WHERE x.organization_id = $1 AND x.id = $2");
    db.optional(&sql, values![organization.0, id]).await
}

/// What a site is after a change.
pub(super) struct SiteRecord {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) time_zone: Option<String>,
}

pub(super) async fn insert_site(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    record: &SiteRecord,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO sites (id, organization_id, name, address, time_zone, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, 1, $6, $6)",
        values![
            id,
            organization.0,
            record.name.clone(),
            record.address.clone(),
            record.time_zone.clone(),
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Writes over the version that was read; false when there is a newer one.
pub(super) async fn update_site(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    record: &SiteRecord,
    version: i64,
    now: Instant,
) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE sites SET name = $4, address = $5, time_zone = $6, version = version + 1, updated_at = $7
             WHERE id = $1 AND organization_id = $2 AND version = $3",
            values![
                id,
                organization.0,
                version,
                record.name.clone(),
                record.address.clone(),
                record.time_zone.clone(),
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}
