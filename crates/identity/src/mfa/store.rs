//! Every statement of second factors.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// A row of `mfa_factors`.
#[derive(Debug, FromQueryResult)]
pub(super) struct Factor {
    pub(super) secret: String,
    pub(super) last_step: Option<i64>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
    pub(super) created_at: DateTime<Utc>,
}

/// The factor of `user`, confirmed or not.
pub(super) async fn factor<E: Executor>(db: &E, user: Uuid) -> Result<Option<Factor>> {
    let sql =
        "SELECT secret, last_step, confirmed_at, created_at FROM mfa_factors WHERE user_id = $1";
    db.optional(sql, values![user]).await
}

/// Keeps a new, unconfirmed factor; false when a confirmed one is there.
pub(super) async fn propose(tx: &Tx, actor: &Actor, sealed: String, now: Instant) -> Result<bool> {
    let touched = tx
        .execute(
            "INSERT INTO mfa_factors (user_id, organization_id, secret, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
             WHERE mfa_factors.confirmed_at IS NULL",
            values![actor.user_id.0, actor.organization_id.0, sealed, to_db(now)],
        )
        .await?;
    Ok(touched == 1)
}

/// Confirms the factor; false when another request was faster.
pub(super) async fn confirm(tx: &Tx, user: Uuid, step: i64, now: Instant) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE mfa_factors SET confirmed_at = $2, last_step = $3 WHERE user_id = $1 AND confirmed_at IS NULL",
            values![user, to_db(now), step],
        )
        .await?;
    tx.execute(
        "UPDATE users SET mfa_enabled = $2, version = version + 1, updated_at = $3 WHERE id = $1",
        values![user, true, to_db(now)],
    )
    .await?;
    Ok(touched == 1)
}

/// Uses up a time step; false when it, or a later one, was used before.
pub(super) async fn use_step(tx: &Tx, user: Uuid, step: i64) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE mfa_factors SET last_step = $2 WHERE user_id = $1 AND last_step < $2",
            values![user, step],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn reseal(tx: &Tx, user: Uuid, sealed: String) -> Result<()> {
    let sql = "UPDATE mfa_factors SET secret = $2 WHERE user_id = $1";
    tx.execute(sql, values![user, sealed]).await.map(drop)
}

/// Uses up a recovery code; false when there is none like it.
pub(super) async fn use_recovery_code(
    tx: &Tx,
    user: Uuid,
    hash: String,
    now: Instant,
) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE mfa_recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL",
            values![user, hash, to_db(now)],
        )
        .await?;
    Ok(touched == 1)
}

/// Puts new recovery codes in place of the old ones.
pub(super) async fn replace_recovery_codes(
    tx: &Tx,
    actor: &Actor,
    hashes: Vec<String>,
) -> Result<()> {
    let user = actor.user_id.0;
    tx.execute(
        "DELETE FROM mfa_recovery_codes WHERE user_id = $1",
        values![user],
    )
    .await?;
    for hash in hashes {
        tx.execute(
            "INSERT INTO mfa_recovery_codes (user_id, code_hash, organization_id) VALUES ($1, $2, $3)",
            values![user, hash, actor.organization_id.0],
        )
        .await?;
    }
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn recovery_codes_left<E: Executor>(db: &E, user: Uuid) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM mfa_recovery_codes WHERE user_id = $1 AND used_at IS NULL";
    let row = db.optional::<Count>(sql, values![user]).await?;
    Ok(row.map_or(0, |c| c.n))
}

/// Whether one of the roles of `user` asks for a second factor.
pub(super) async fn is_required<E: Executor>(db: &E, user: Uuid) -> Result<bool> {
    let sql = "SELECT count(*) AS n FROM user_roles ur JOIN roles r ON r.id = ur.role_id
        WHERE ur.user_id = $1 AND r.requires_mfa";
    let row = db.optional::<Count>(sql, values![user]).await?;
    Ok(row.is_some_and(|c| c.n > 0))
}

/// Removes factor and recovery codes.
pub(super) async fn remove(tx: &Tx, user: Uuid, now: Instant) -> Result<()> {
    for table in ["mfa_recovery_codes", "mfa_factors"] {
        let sql = format!("DELETE FROM {table} WHERE user_id = $1");
        tx.execute(&sql, values![user]).await?;
    }
    tx.execute(
        "UPDATE users SET mfa_enabled = $2, version = version + 1, updated_at = $3 WHERE id = $1",
        values![user, false, to_db(now)],
    )
    .await
    .map(drop)
}
