//! Every statement of passwords.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// Whom a password belongs to.
#[derive(Debug, FromQueryResult)]
pub(super) struct Owner {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) username: String,
    pub(super) email: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
}

const OWNER: &str = "SELECT u.id, u.organization_id, u.username, u.email, u.first_name, u.last_name
    FROM users u JOIN organizations o ON o.id = u.organization_id";
const ALIVE: &str = "u.is_active AND o.is_active AND u.deleted_at IS NULL";

pub(super) async fn owner<E: Executor>(db: &E, user: Uuid) -> Result<Option<Owner>> {
    let sql = format!("{OWNER} WHERE {ALIVE} AND u.id = $1");
    db.optional(&sql, values![user]).await
}

pub(super) async fn owner_by_email<E: Executor>(db: &E, email: &str) -> Result<Option<Owner>> {
    let sql = format!("{OWNER} WHERE {ALIVE} AND u.email = $1");
    db.optional(&sql, values![email]).await
}

/// Whose link this is, when it is unused and not out of date.
pub(super) async fn owner_by_link<E: Executor>(
    db: &E,
    hash: &str,
    now: Instant,
) -> Result<Option<Owner>> {
    let sql = format!(
        "{OWNER} JOIN password_links l ON l.user_id = u.id
         WHERE {ALIVE} AND l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2"
    );
    db.optional(&sql, values![hash, to_db(now)]).await
}

#[derive(Debug, FromQueryResult)]
struct Earlier {
    password_hash: String,
}

/// The newest password hashes of a person, the present one first.
pub(super) async fn history<E: Executor>(db: &E, user: Uuid, limit: u32) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT password_hash FROM password_history WHERE user_id = $1 ORDER BY changed_at DESC LIMIT {limit}"
    );
    let rows: Vec<Earlier> = db.all(&sql, values![user]).await?;
    Ok(rows.into_iter().map(|r| r.password_hash).collect())
}

/// Keeps a password hash among the last ones.
pub(super) async fn remember(
    tx: &Tx,
    organization: OrganizationId,
    user: Uuid,
    hash: &str,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO password_history (user_id, changed_at, organization_id, password_hash) VALUES ($1, $2, $3, $4)",
        values![user, to_db(now), organization.0, hash],
    )
    .await
    .map(drop)
}

/// Drops all but the newest `keep` hashes.
pub(super) async fn forget_old(tx: &Tx, user: Uuid, keep: u32) -> Result<()> {
    let sql = format!(
        "DELETE FROM password_history WHERE user_id = $1 AND changed_at NOT IN
         (SELECT changed_at FROM password_history WHERE user_id = $1 ORDER BY changed_at DESC LIMIT {keep})"
    );
    tx.execute(&sql, values![user]).await.map(drop)
}

/// Sets the password and ends a lockout.
pub(super) async fn set(
    tx: &Tx,
    user: Uuid,
    hash: &str,
    is_verified: bool,
    now: Instant,
) -> Result<()> {
    let verified = if is_verified {
        ", is_verified = TRUE"
    } else {
        ""
    };
    let sql = format!(
        "UPDATE users SET password_hash = $2, password_changed_at = $3, failed_login_attempts = 0, locked_until = NULL{verified},
         version = version + 1, updated_at = $3 WHERE id = $1"
    );
    tx.execute(&sql, values![user, hash, to_db(now)])
        .await
        .map(drop)
}

/// Ends the sessions of a person but for `kept`.
pub(super) async fn end_sessions(
    tx: &Tx,
    user: Uuid,
    kept: Option<Uuid>,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "UPDATE sessions SET revoked_at = $3 WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL",
        values![user, kept.unwrap_or_default(), to_db(now)],
    )
    .await
    .map(drop)
}

/// A link to set a password.
#[derive(Debug)]
pub(super) struct NewLink {
    pub(super) hash: String,
    pub(super) purpose: &'static str,
    pub(super) expires_at: Instant,
}

pub(super) async fn insert_link(
    tx: &Tx,
    organization: OrganizationId,
    user: Uuid,
    link: NewLink,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO password_links (token_hash, organization_id, user_id, purpose, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        values![link.hash, organization.0, user, link.purpose, to_db(now), to_db(link.expires_at)],
    )
    .await
    .map(drop)
}

/// Uses a link up; false when another request was faster.
pub(super) async fn use_link(tx: &Tx, hash: &str, now: Instant) -> Result<bool> {
    let sql = "UPDATE password_links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL";
    Ok(tx.execute(sql, values![hash, to_db(now)]).await? == 1)
}

/// Makes every open link of a person useless.
pub(super) async fn close_links(tx: &Tx, user: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE password_links SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL";
    tx.execute(sql, values![user, to_db(now)]).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct Made {
    #[expect(dead_code, reason = "only their number counts")]
    created_at: DateTime<Utc>,
}

/// How many links were made for a person since `since`, counted up to `limit`.
pub(super) async fn links_since(tx: &Tx, user: Uuid, since: Instant, limit: u32) -> Result<usize> {
    let sql = format!(
        "SELECT created_at FROM password_links WHERE user_id = $1 AND created_at > $2 LIMIT {limit}"
    );
    let rows: Vec<Made> = tx.all(&sql, values![user, to_db(since)]).await?;
    Ok(rows.len())
}
