//! Every statement of the settings of retention.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_domain::retention::Settings;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A row of `retention_settings`.
#[derive(Debug, FromQueryResult)]
pub(super) struct SettingsRow {
    pub(super) inbound_mail_days: i32,
    pub(super) delivery_days: i32,
    pub(super) webhook_delivery_days: i32,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

pub(super) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Option<SettingsRow>> {
    let sql = "SELECT inbound_mail_days, delivery_days, webhook_delivery_days, version, created_at, updated_at
        FROM retention_settings WHERE organization_id = $1";
    db.optional(sql, values![organization.0]).await
}

pub(super) async fn save(
    tx: &Tx,
    organization: OrganizationId,
    settings: &Settings,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO retention_settings (organization_id, inbound_mail_days, delivery_days, webhook_delivery_days,
           version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, 1, $5, $5)
         ON CONFLICT (organization_id) DO UPDATE SET inbound_mail_days = excluded.inbound_mail_days,
           delivery_days = excluded.delivery_days, webhook_delivery_days = excluded.webhook_delivery_days,
           version = retention_settings.version + 1, updated_at = excluded.updated_at",
        values![
            organization.0,
            settings.inbound_mail_days,
            settings.delivery_days,
            settings.webhook_delivery_days,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

#[derive(Debug, FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// Every organization, also those whose people cannot sign in.
pub(super) async fn organizations<E: Executor>(db: &E) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM organizations ORDER BY id";
    let rows: Vec<IdRow> = db.all(sql, values![]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
