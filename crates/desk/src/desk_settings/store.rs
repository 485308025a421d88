//! Every statement of the settings of the desk.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_domain::desk_settings::Settings;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};

/// A row of `desk_settings`.
#[derive(Debug, FromQueryResult)]
pub(super) struct SettingsRow {
    pub(super) auto_close_days: Option<i32>,
    pub(super) has_survey: bool,
    pub(super) reopen_days: Option<i32>,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

pub(super) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Option<SettingsRow>> {
    let sql = "SELECT auto_close_days, has_survey, reopen_days, version, created_at, updated_at
        FROM desk_settings WHERE organization_id = $1";
    db.optional(sql, values![organization.0]).await
}

pub(super) async fn save(
    tx: &Tx,
    organization: OrganizationId,
    settings: &Settings,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO desk_settings (organization_id, auto_close_days, has_survey, reopen_days, version,
           created_at, updated_at)
         VALUES ($1, $2, $3, $4, 1, $5, $5)
         ON CONFLICT (organization_id) DO UPDATE SET auto_close_days = excluded.auto_close_days,
           has_survey = excluded.has_survey, reopen_days = excluded.reopen_days,
           version = desk_settings.version + 1, updated_at = excluded.updated_at",
        values![
            organization.0,
            settings.auto_close_days,
            settings.has_survey,
            settings.reopen_days,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}
