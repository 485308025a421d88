//! Every statement of sign-in.

use chrono::{DateTime, Utc};
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// What sign-in needs of an account.
#[derive(Debug, FromQueryResult)]
pub(super) struct Account {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) password_hash: Option<String>,
    pub(super) locked_until: Option<DateTime<Utc>>,
}

/// Active accounts with this e-mail address or username, at most two.
pub(super) async fn accounts<E: Executor>(db: &E, login: &str) -> Result<Vec<Account>> {
    db.all(
        "SELECT u.id, u.organization_id, u.password_hash, u.locked_until
         FROM users u JOIN organizations o ON o.id = u.organization_id
         WHERE (u.email = $1 OR u.username = $1) AND u.is_active AND o.is_active AND u.deleted_at IS NULL LIMIT 2",
        values![login],
    )
    .await
}

#[derive(Debug, FromQueryResult)]
struct Failures {
    failed_login_attempts: i32,
}

/// Counts one more failure and returns the count before it; the row stays
/// locked until the transaction ends, so racing attempts are all counted.
pub(super) async fn count_failure(tx: &Tx, user: Uuid) -> Result<i32> {
    let sql = "UPDATE users SET failed_login_attempts = failed_login_attempts + 1 WHERE id = $1
        RETURNING failed_login_attempts";
    let row = tx.optional::<Failures>(sql, values![user]).await?;
    Ok(row.map_or(0, |r| r.failed_login_attempts.saturating_sub(1)))
}

pub(super) async fn lock(tx: &Tx, user: Uuid, until: Instant) -> Result<()> {
    tx.execute(
        "UPDATE users SET locked_until = $2 WHERE id = $1",
        values![user, to_db(until)],
    )
    .await
    .map(drop)
}

pub(super) async fn record_success<E: Executor>(db: &E, user: Uuid, now: Instant) -> Result<()> {
    db.execute(
        "UPDATE users SET failed_login_attempts = 0, locked_until = NULL, last_login_at = $2 WHERE id = $1",
        values![user, to_db(now)],
    )
    .await
    .map(drop)
}

pub(super) async fn insert_session<E: Executor>(
    db: &E,
    id: Uuid,
    account: &Account,
    user_agent: &str,
    now: Instant,
    expires_at: Instant,
) -> Result<()> {
    db.execute(
        "INSERT INTO sessions (id, organization_id, user_id, user_agent, created_at, last_used_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        values![id, account.organization_id, account.id, user_agent, to_db(now), to_db(now), to_db(expires_at)],
    )
    .await
    .map(drop)
}

pub(super) async fn insert_refresh<E: Executor>(
    db: &E,
    hash: &str,
    session: Uuid,
    expires_at: Instant,
) -> Result<()> {
    db.execute(
        "INSERT INTO refresh_tokens (token_hash, session_id, expires_at) VALUES ($1, $2, $3)",
        values![hash, session, to_db(expires_at)],
    )
    .await
    .map(drop)
}

/// A refresh token with its session.
#[derive(Debug, FromQueryResult)]
pub(super) struct Refresh {
    pub(super) session_id: Uuid,
    pub(super) user_id: Uuid,
    pub(super) expires_at: DateTime<Utc>,
}

pub(super) async fn refresh<E: Executor>(db: &E, hash: &str) -> Result<Option<Refresh>> {
    db.optional(
        "SELECT r.session_id, s.user_id, r.expires_at
         FROM refresh_tokens r JOIN sessions s ON s.id = r.session_id
         JOIN users u ON u.id = s.user_id JOIN organizations o ON o.id = u.organization_id
         WHERE r.token_hash = $1 AND s.revoked_at IS NULL AND u.is_active AND o.is_active AND u.deleted_at IS NULL",
        values![hash],
    )
    .await
}

/// Marks a refresh token used; false when it had been used before, also by a
/// request that ran at the same moment.
pub(super) async fn use_refresh<E: Executor>(db: &E, hash: &str, now: Instant) -> Result<bool> {
    let touched = db
        .execute(
            "UPDATE refresh_tokens SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL",
            values![hash, to_db(now)],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn revoke_session<E: Executor>(db: &E, session: Uuid, now: Instant) -> Result<()> {
    db.execute(
        "UPDATE sessions SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
        values![session, to_db(now)],
    )
    .await
    .map(drop)
}

/// The person behind a live session.
#[derive(Debug, FromQueryResult)]
pub(super) struct Person {
    pub(super) user_id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) is_operator: bool,
}

pub(super) async fn person<E: Executor>(
    db: &E,
    session: Uuid,
    user: Uuid,
    now: Instant,
) -> Result<Option<Person>> {
    db.optional(
        "SELECT u.id AS user_id, u.organization_id, u.is_operator
         FROM sessions s JOIN users u ON u.id = s.user_id JOIN organizations o ON o.id = u.organization_id
         WHERE s.id = $1 AND u.id = $2 AND s.revoked_at IS NULL AND s.expires_at > $3
           AND u.is_active AND u.deleted_at IS NULL AND o.is_active",
        values![session, user, to_db(now)],
    )
    .await
}

/// A role as stored.
#[derive(Debug, FromQueryResult)]
pub(super) struct HeldRole {
    pub(super) name: String,
    pub(super) permissions: serde_json::Value,
}

pub(super) async fn roles<E: Executor>(db: &E, user: Uuid) -> Result<Vec<HeldRole>> {
    db.all(
        "SELECT r.name, r.permissions FROM user_roles ur JOIN roles r ON r.id = ur.role_id
         WHERE ur.user_id = $1 ORDER BY r.name",
        values![user],
    )
    .await
}

#[derive(Debug, FromQueryResult)]
pub(super) struct Membership {
    pub(super) team_id: Uuid,
}

pub(super) async fn teams<E: Executor>(db: &E, user: Uuid) -> Result<Vec<Membership>> {
    db.all(
        "SELECT team_id FROM team_members WHERE user_id = $1 ORDER BY team_id",
        values![user],
    )
    .await
}

#[derive(Debug, FromQueryResult)]
struct ActiveRow {
    id: Uuid,
}

/// Those of `users` who are active people of the organization.
pub(super) async fn active<E: Executor>(
    db: &E,
    organization: OrganizationId,
    users: &[Uuid],
) -> Result<Vec<Uuid>> {
    let mut filter = Filter::default();
    filter.and("organization_id = ?", values![organization.0]);
    filter.and("is_active AND deleted_at IS NULL", values![]);
    filter.and_in("id", users.iter().copied());
    let sql = format!("SELECT id FROM users WHERE {}", filter.sql());
    let rows: Vec<ActiveRow> = db.all(&sql, filter.values()).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
