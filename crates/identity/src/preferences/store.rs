//! Every statement of preferences.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
pub(super) struct PreferencesRow {
    pub(super) preferences: serde_json::Value,
    pub(super) version: i64,
    pub(super) updated_at: DateTime<Utc>,
}

pub(super) async fn find<E: Executor>(db: &E, user: Uuid) -> Result<Option<PreferencesRow>> {
    let sql = "SELECT preferences, version, updated_at FROM user_preferences WHERE user_id = $1";
    db.optional(sql, values![user]).await
}

pub(super) async fn put(
    tx: &Tx,
    organization: OrganizationId,
    user: Uuid,
    preferences: serde_json::Value,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO user_preferences (user_id, organization_id, preferences, version, updated_at)
         VALUES ($1, $2, $3, 1, $4)
         ON CONFLICT (user_id) DO UPDATE SET preferences = excluded.preferences,
           version = user_preferences.version + 1, updated_at = excluded.updated_at",
        values![user, organization.0, preferences, to_db(now)],
    )
    .await
    .map(drop)
}
