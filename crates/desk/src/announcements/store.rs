//! Every statement of announcements.

use chrono::{DateTime, Utc};
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A row of `announcements` with the name of its author.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct AnnouncementRow {
    pub(super) id: Uuid,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) severity: String,
    pub(super) audience: String,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) ends_at: Option<DateTime<Utc>>,
    pub(super) author_id: Uuid,
    pub(super) author_name: String,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

/// What is current at an instant, over `announcements a`.
pub(super) fn current(filter: &mut Filter, wanted: bool, now: Instant) {
    let now = to_db(now);
    let clause = if wanted {
        "a.starts_at <= ? AND (a.ends_at IS NULL OR a.ends_at > ?)"
    } else {
        "a.starts_at > ? OR a.ends_at <= ?"
    };
    filter.and(clause, values![now, now]);
}

/// Newest first.
pub(super) async fn page<E: Executor>(
    db: &E,
    filter: &Filter,
    limit: u32,
    offset: u64,
) -> Result<Vec<AnnouncementRow>> {
    let sql = format!(
        "SELECT a.id, a.title, a.body, a.severity, a.audience, a.starts_at, a.ends_at, a.author_id,
           u.first_name || ' ' || u.last_name AS author_name, a.version, a.created_at, a.updated_at
         FROM announcements a JOIN users u ON u.id = a.author_id WHERE {}
         ORDER BY a.starts_at DESC, a.id DESC LIMIT {limit} OFFSET {offset}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count<E: Executor>(db: &E, filter: &Filter) -> Result<i64> {
    let sql = format!(
        "SELECT count(*) AS n FROM announcements a WHERE {}",
        filter.sql()
    );
    let count: Option<Count> = db.optional(&sql, filter.values()).await?;
    Ok(count.map_or(0, |c| c.n))
}

pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    row: &AnnouncementRow,
) -> Result<()> {
    tx.execute(
        "INSERT INTO announcements (id, organization_id, title, body, severity, audience, starts_at, ends_at,
           author_id, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)",
        values![
            row.id,
            organization.0,
            row.title.clone(),
            row.body.clone(),
            row.severity.clone(),
            row.audience.clone(),
            row.starts_at,
            row.ends_at,
            row.author_id,
            row.created_at
        ],
    )
    .await
    .map(drop)
}

/// Saves if the row still has its version.
pub(super) async fn save(
    tx: &Tx,
    organization: OrganizationId,
    row: &AnnouncementRow,
    now: Instant,
) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE announcements SET title = $4, body = $5, severity = $6, audience = $7, starts_at = $8,
               ends_at = $9, version = version + 1, updated_at = $10
             WHERE id = $1 AND organization_id = $2 AND version = $3",
            values![
                row.id,
                organization.0,
                row.version,
                row.title.clone(),
                row.body.clone(),
                row.severity.clone(),
                row.audience.clone(),
                row.starts_at,
                row.ends_at,
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Deletes if the row still has its version.
pub(super) async fn delete(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    version: i64,
) -> Result<bool> {
    let sql = "DELETE FROM announcements WHERE id = $1 AND organization_id = $2 AND version = $3";
    Ok(tx
        .execute(sql, values![id, organization.0, version])
        .await?
        == 1)
}
