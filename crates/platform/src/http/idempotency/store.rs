//! Statements of the table of keys.

use super::Owner;
use steward_db::{Db, Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// What is kept of an earlier request.
#[derive(Debug, FromQueryResult)]
pub(super) struct Record {
    pub(super) fingerprint: String,
    pub(super) answer: Option<String>,
}

/// The row of a request.
pub(super) struct NewRecord<'a> {
    pub(super) owner: Owner,
    pub(super) key: &'a str,
    pub(super) fingerprint: &'a str,
    pub(super) answer: Option<String>,
}

pub(super) async fn find(db: &Db, user: Uuid, key: &str, now: Instant) -> Result<Option<Record>> {
    db.optional(
        "SELECT fingerprint, answer FROM idempotency_keys
         WHERE user_id = $1 AND idempotency_key = $2 AND expires_at > $3",
        values![user, key, to_db(now)],
    )
    .await
}

/// Takes a key; false when a living row has it. Waits for a row that another
/// transaction is just writing.
pub(super) async fn insert(
    tx: &Tx,
    row: NewRecord<'_>,
    now: Instant,
    expires: Instant,
) -> Result<bool> {
    let done = tx
        .execute(
            "INSERT INTO idempotency_keys
               (user_id, idempotency_key, organization_id, fingerprint, answer, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (user_id, idempotency_key) DO UPDATE
               SET fingerprint = excluded.fingerprint, answer = excluded.answer,
                   created_at = excluded.created_at, expires_at = excluded.expires_at
               WHERE idempotency_keys.expires_at <= excluded.created_at",
            values![
                row.owner.user,
                row.key,
                row.owner.organization,
                row.fingerprint,
                row.answer,
                to_db(now),
                to_db(expires),
            ],
        )
        .await?;
    Ok(done == 1)
}

pub(super) async fn complete(tx: &Tx, user: Uuid, key: &str, answer: Option<String>) -> Result<()> {
    tx.execute(
        "UPDATE idempotency_keys SET answer = $3 WHERE user_id = $1 AND idempotency_key = $2",
        values![user, key, answer],
    )
    .await
    .map(drop)
}

/// Removes rows that have expired; returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(db: &Db, now: Instant) -> Result<u64> {
    db.execute(
        "DELETE FROM idempotency_keys WHERE expires_at <= $1",
        values![to_db(now)],
    )
    .await
}
