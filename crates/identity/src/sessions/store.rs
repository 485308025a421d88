//! Every statement of one's own sessions.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
pub(super) struct SessionRow {
    pub(super) id: Uuid,
    pub(super) user_agent: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) last_used_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
}

/// The open sessions of a person, last used first, at most 100.
pub(super) async fn open<E: Executor>(
    db: &E,
    actor: &Actor,
    now: Instant,
) -> Result<Vec<SessionRow>> {
    db.all(
        "SELECT id, user_agent, created_at, last_used_at, expires_at FROM sessions
         WHERE user_id = $1 AND organization_id = $2 AND revoked_at IS NULL AND expires_at > $3
         ORDER BY last_used_at DESC, id DESC LIMIT 100",
        values![actor.user_id.0, actor.organization_id.0, to_db(now)],
    )
    .await
}

/// Ends one session of the actor; false when there is no such open session.
pub(super) async fn end(tx: &Tx, actor: &Actor, id: Uuid, now: Instant) -> Result<bool> {
    let sql = "UPDATE sessions SET revoked_at = $3
        WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL AND expires_at > $3";
    let touched = tx.execute(sql, values![id, actor.user_id.0, to_db(now)]);
    Ok(touched.await? == 1)
}

/// Ends the actor's sessions but `kept`; returns how many.
pub(super) async fn end_others(tx: &Tx, actor: &Actor, kept: Uuid, now: Instant) -> Result<u64> {
    let sql = "UPDATE sessions SET revoked_at = $3
        WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL AND expires_at > $3";
    tx.execute(sql, values![actor.user_id.0, kept, to_db(now)])
        .await
}
