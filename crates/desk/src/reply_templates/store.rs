//! Every statement of reply templates.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A row of `reply_templates` with the name of its team.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct TemplateRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) body: String,
    pub(super) team_id: Option<Uuid>,
    pub(super) team_name: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) is_active: bool,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

/// Every template of the organization, by name.
pub(super) async fn all<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<TemplateRow>> {
    let sql = "SELECT r.id, r.name, r.body, r.team_id, m.name AS team_name, r.kind, r.is_active, r.version,
          r.created_at, r.updated_at
        FROM reply_templates r LEFT JOIN teams m ON m.id = r.team_id
        WHERE r.organization_id = $1 ORDER BY r.name_key";
    db.all(sql, values![organization.0]).await
}

pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    row: &TemplateRow,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO reply_templates (id, organization_id, name, name_key, body, team_id, kind, is_active, version,
           created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)",
        values![
            row.id,
            organization.0,
            row.name.clone(),
            row.name.to_lowercase(),
            row.body.clone(),
            row.team_id,
            row.kind.clone(),
            row.is_active,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn save(
    tx: &Tx,
    organization: OrganizationId,
    row: &TemplateRow,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "UPDATE reply_templates SET name = $3, name_key = $4, body = $5, team_id = $6, kind = $7, is_active = $8,
           version = version + 1, updated_at = $9
         WHERE id = $1 AND organization_id = $2",
        values![
            row.id,
            organization.0,
            row.name.clone(),
            row.name.to_lowercase(),
            row.body.clone(),
            row.team_id,
            row.kind.clone(),
            row.is_active,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn delete(tx: &Tx, organization: OrganizationId, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM reply_templates WHERE id = $1 AND organization_id = $2";
    tx.execute(sql, values![id, organization.0]).await.map(drop)
}

/// First and last name of a person.
#[derive(Debug, FromQueryResult)]
pub(super) struct PersonRow {
    pub(super) id: Uuid,
    pub(super) first_name: String,
    pub(super) last_name: String,
}

/// Names of two people of the organization.
pub(super) async fn people<E: Executor>(
    db: &E,
    organization: OrganizationId,
    (one, other): (Uuid, Uuid),
) -> Result<Vec<PersonRow>> {
    let sql =
        "SELECT id, first_name, last_name FROM users WHERE organization_id = $1 AND id IN ($2, $3)";
    db.all(sql, values![organization.0, one, other]).await
}
