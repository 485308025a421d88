//! Every statement of organizations. They are the tenants themselves, so the
//! id names the tenant.

use chrono::{DateTime, Utc};
use steward_db::{Engine, Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_domain::identity::organization::Settings;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// Makes everyone who changes what an organization has set up queue until the
/// transaction ends, also where there is no row of a setting yet.
///
/// Dialect fork: SQLite's writer is alone, so there is nothing to hold.
///
/// # Errors
/// When the database refuses; the caller's transaction must then end.
pub async fn hold(tx: &Tx, organization: OrganizationId) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        return Ok(());
    }
    let sql = "SELECT 1 FROM organizations WHERE id = $1 FOR NO KEY UPDATE";
    tx.execute(sql, values![organization.0]).await.map(drop)
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct OrganizationRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) time_zone: String,
    pub(crate) locale: String,
    pub(crate) is_active: bool,
    pub(crate) is_example: bool,
    pub(crate) is_being_filled: bool,
    pub(crate) version: i64,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

const SELECT: &str =
    "SELECT id, name, domain, time_zone, locale, is_active, is_example, is_being_filled, version, created_at, updated_at
    FROM organizations";

#[derive(Debug, FromQueryResult)]
struct Found {
    id: Uuid,
}

pub(super) async fn by_name<E: Executor>(db: &E, name: &str) -> Result<Option<Uuid>> {
    Ok(db
        .optional::<Found>(
            "SELECT id FROM organizations WHERE name = $1",
            values![name],
        )
        .await?
        .map(|f| f.id))
}

pub(super) async fn by_domain<E: Executor>(db: &E, domain: &str) -> Result<Option<Uuid>> {
    let sql = "SELECT id FROM organizations WHERE domain = $1";
    let found = db.optional::<Found>(sql, values![domain]).await?;
    Ok(found.map(|f| f.id))
}

pub(super) async fn any<E: Executor>(db: &E) -> Result<bool> {
    Ok(db
        .optional::<Found>("SELECT id FROM organizations LIMIT 1", values![])
        .await?
        .is_some())
}

pub(super) async fn find<E: Executor>(db: &E, id: Uuid) -> Result<Option<OrganizationRow>> {
    let sql = format!("{SELECT} WHERE id = $1");
    db.optional(&sql, values![id]).await
}

/// Which organizations are wanted.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) is_active: Option<bool>,
    /// After this name in the order of names.
    pub(super) after: Option<String>,
}

impl Wanted {
    fn filter(&self) -> Filter {
        let mut filter = Filter::default();
        if let Some(is_active) = self.is_active {
            filter.and("is_active = ?", values![is_active]);
        }
        if let Some(name) = &self.after {
            filter.and("name > ?", values![name.clone()]);
        }
        filter
    }
}

/// A page in the order of names, which are unique.
pub(super) async fn page<E: Executor>(
    db: &E,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> Result<Vec<OrganizationRow>> {
    let filter = wanted.filter();
    let sql = format!(
        "{SELECT} WHERE {} ORDER BY name LIMIT {limit} OFFSET {offset}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count<E: Executor>(db: &E, is_active: Option<bool>) -> Result<i64> {
    let wanted = Wanted {
        is_active,
        after: None,
    };
    let filter = wanted.filter();
    let sql = format!(
        "SELECT count(*) AS n FROM organizations WHERE {}",
        filter.sql()
    );
    let row: Option<Count> = db.optional(&sql, filter.values()).await?;
    Ok(row.map_or(0, |count| count.n))
}

pub(super) async fn insert(tx: &Tx, id: Uuid, settings: &Settings, now: Instant) -> Result<()> {
    tx.execute(
        "INSERT INTO organizations (id, name, domain, is_active, time_zone, locale, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7)",
        values![
            id,
            settings.name.clone(),
            settings.domain.clone(),
            settings.is_active,
            settings.time_zone.clone(),
            settings.locale.clone(),
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Writes over the version that was read; false when there is a newer one.
pub(super) async fn update(
    tx: &Tx,
    id: Uuid,
    settings: &Settings,
    version: i64,
    now: Instant,
) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE organizations SET name = $3, domain = $4, is_active = $5, time_zone = $6, locale = $7,
               version = version + 1, updated_at = $8 WHERE id = $1 AND version = $2",
            values![
                id,
                version,
                settings.name.clone(),
                settings.domain.clone(),
                settings.is_active,
                settings.time_zone.clone(),
                settings.locale.clone(),
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Ends every session of an organization.
pub(super) async fn end_sessions(tx: &Tx, id: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE sessions SET revoked_at = $2 WHERE revoked_at IS NULL
        AND user_id IN (SELECT id FROM users WHERE organization_id = $1)";
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}

/// Notes the one setup of the deployment; false when there was one before, also
/// by a request that runs at the same moment.
pub(super) async fn claim_setup(tx: &Tx, organization: Uuid, now: Instant) -> Result<bool> {
    let sql = "INSERT INTO setups (kind, organization_id, at) VALUES ('first', $1, $2) ON CONFLICT (kind) DO NOTHING";
    let touched = tx.execute(sql, values![organization, to_db(now)]).await?;
    Ok(touched == 1)
}

/// The example, if there is one.
pub(super) async fn example<E: Executor>(db: &E) -> Result<Option<OrganizationRow>> {
    let sql = format!("{SELECT} WHERE is_example");
    db.optional(&sql, values![]).await
}

/// Marks an organization as the example; there is at most one.
pub(super) async fn mark_example(tx: &Tx, id: Uuid) -> Result<()> {
    let sql = "UPDATE organizations SET is_example = TRUE, is_being_filled = TRUE WHERE id = $1";
    tx.execute(sql, values![id]).await.map(drop)
}

/// Notes that the example has its whole story.
pub(super) async fn mark_filled(tx: &Tx, id: Uuid) -> Result<()> {
    let sql = "UPDATE organizations SET is_being_filled = FALSE WHERE id = $1";
    tx.execute(sql, values![id]).await.map(drop)
}

/// Keeps everyone from adding rows that name the organization until the
/// transaction ends; false when it is gone or no example.
///
/// Dialect fork: SQLite's writer is alone.
pub(super) async fn hold_example(tx: &Tx, id: Uuid) -> Result<bool> {
    let lock = match tx.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE",
    };
    let sql = format!("SELECT id FROM organizations WHERE id = $1 AND is_example{lock}");
    Ok(tx.optional::<Found>(&sql, values![id]).await?.is_some())
}

/// Removes what belongs to sessions of the organization and does not name it.
pub(super) async fn delete_refresh_tokens(tx: &Tx, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM refresh_tokens WHERE session_id IN (SELECT id FROM sessions WHERE organization_id = $1)";
    tx.execute(sql, values![id]).await.map(drop)
}

/// Removes the example's own row, and never that of another organization.
pub(super) async fn delete_example(tx: &Tx, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM organizations WHERE id = $1 AND is_example";
    tx.execute(sql, values![id]).await.map(drop)
}

/// Lets nobody of the example in.
pub(super) async fn close_example(tx: &Tx, id: Uuid) -> Result<()> {
    let sql = "UPDATE organizations SET is_active = FALSE WHERE id = $1 AND is_example";
    tx.execute(sql, values![id]).await.map(drop)
}
