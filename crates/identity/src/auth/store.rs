//! Every statement of sign-in.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, bulk, time::to_db, values};
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
    pub(super) mfa_enabled: bool,
}

const ACCOUNT: &str =
    "SELECT u.id, u.organization_id, u.password_hash, u.locked_until, u.mfa_enabled
    FROM users u JOIN organizations o ON o.id = u.organization_id
    WHERE u.is_active AND o.is_active AND u.deleted_at IS NULL";

/// The account of a signed-in person.
pub(super) async fn account<E: Executor>(db: &E, user: Uuid) -> Result<Option<Account>> {
    db.optional(&format!("{ACCOUNT} AND u.id = $1"), values![user])
        .await
}

/// Active accounts with this e-mail address or username, at most two.
pub(super) async fn accounts<E: Executor>(db: &E, login: &str) -> Result<Vec<Account>> {
    let sql = format!("{ACCOUNT} AND (u.email = $1 OR u.username = $1) LIMIT 2");
    db.all(&sql, values![login]).await
}

/// Counts a refused sign-in, of whatever name, in one of a few counters.
pub(super) async fn note_failure(tx: &Tx, bucket: i32, now: Instant) -> Result<()> {
    tx.execute(
        "INSERT INTO sign_in_failures (bucket, failures, last_at) VALUES ($1, 1, $2)
         ON CONFLICT (bucket) DO UPDATE SET failures = sign_in_failures.failures + 1, last_at = excluded.last_at",
        values![bucket, to_db(now)],
    )
    .await
    .map(drop)
}

/// Whether the account is not locked, as of this transaction; its row stays
/// ours until the end of it.
pub(super) async fn is_open(tx: &Tx, user: Uuid, now: Instant) -> Result<bool> {
    let sql = "UPDATE users SET locked_until = NULL WHERE id = $1 AND (locked_until IS NULL OR locked_until <= $2)";
    Ok(tx.execute(sql, values![user, to_db(now)]).await? == 1)
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
    pub(super) organization_id: Uuid,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) started_at: DateTime<Utc>,
}

pub(super) async fn refresh<E: Executor>(db: &E, hash: &str) -> Result<Option<Refresh>> {
    db.optional(
        "SELECT r.session_id, s.user_id, s.organization_id, r.expires_at, s.created_at AS started_at
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

/// A session that is used lives on.
pub(super) async fn prolong_session(
    tx: &Tx,
    session: Uuid,
    now: Instant,
    expires_at: Instant,
) -> Result<()> {
    tx.execute(
        "UPDATE sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1",
        values![session, to_db(now), to_db(expires_at)],
    )
    .await
    .map(drop)
}

pub(super) async fn revoke_session<E: Executor>(db: &E, session: Uuid, now: Instant) -> Result<()> {
    db.execute(
        "UPDATE sessions SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
        values![session, to_db(now)],
    )
    .await
    .map(drop)
}

/// One row of an actor: the person alone, or with one of their roles or teams.
#[derive(Debug, FromQueryResult)]
pub(super) struct ActorRow {
    /// The session, token or person that was asked for.
    pub(super) held_by: Uuid,
    pub(super) user_id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) is_operator: bool,
    pub(super) mfa_enabled: bool,
    pub(super) role: Option<String>,
    /// A JSON array of grants, as its text.
    pub(super) permissions: Option<String>,
    pub(super) requires_mfa: Option<bool>,
    pub(super) team_id: Option<Uuid>,
}

/// People with their roles and teams in one statement: three short index walks
/// each. `key` is what was asked for, `who` says which people.
fn actor_sql(key: &str, who: &str) -> String {
    let me = "me.held_by, me.user_id, me.organization_id, me.is_operator, me.mfa_enabled";
    format!(
        "WITH me AS (SELECT {key} AS held_by, u.id AS user_id, u.organization_id, u.is_operator, u.mfa_enabled
           FROM {who} AND u.is_active AND u.deleted_at IS NULL AND o.is_active)
         SELECT {me}, CAST(NULL AS text) AS role, CAST(NULL AS text) AS permissions,
           CAST(NULL AS boolean) AS requires_mfa, CAST(NULL AS uuid) AS team_id
         FROM me
         UNION ALL SELECT {me}, r.name, CAST(r.permissions AS text), r.requires_mfa, NULL
         FROM me JOIN user_roles ur ON ur.user_id = me.user_id JOIN roles r ON r.id = ur.role_id
         UNION ALL SELECT {me}, NULL, NULL, NULL, tm.team_id
         FROM me JOIN team_members tm ON tm.user_id = me.user_id"
    )
}

const SESSION: &str =
    "sessions s JOIN users u ON u.id = s.user_id JOIN organizations o ON o.id = u.organization_id
    WHERE s.revoked_at IS NULL AND s.expires_at > $1 AND s.id";
const TOKEN: &str =
    "api_tokens t JOIN users u ON u.id = t.user_id JOIN organizations o ON o.id = u.organization_id
    WHERE t.revoked_at IS NULL AND t.expires_at > $1 AND t.id";

/// The actors of live sessions.
pub(super) async fn actors_of_sessions<E: Executor>(
    db: &E,
    sessions: &[Uuid],
    now: Instant,
) -> Result<Vec<ActorRow>> {
    let sql = actor_sql("s.id", &format!("{SESSION} IN {{in}}"));
    let ids = sessions.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, &sql, values![to_db(now)], ids).await
}

/// The owners of live API tokens.
pub(super) async fn actors_of_tokens<E: Executor>(
    db: &E,
    tokens: &[Uuid],
    now: Instant,
) -> Result<Vec<ActorRow>> {
    let sql = actor_sql("t.id", &format!("{TOKEN} IN {{in}}"));
    let ids = tokens.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, &sql, values![to_db(now)], ids).await
}

/// What API tokens are limited to.
pub(super) async fn tokens<E: Executor>(db: &E, tokens: &[Uuid]) -> Result<Vec<TokenRow>> {
    let sql = "SELECT id, CAST(permissions AS text) AS permissions, last_used_at FROM api_tokens WHERE id IN {in}";
    let ids = tokens.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![], ids).await
}

/// The actor of a live session; empty when it has ended.
pub(super) async fn actor_of_session<E: Executor>(
    db: &E,
    session: Uuid,
    user: Uuid,
    now: Instant,
) -> Result<Vec<ActorRow>> {
    let sql = actor_sql("s.id", &format!("{SESSION} = $2 AND u.id = $3"));
    db.all(&sql, values![to_db(now), session, user]).await
}

/// The owner of a live API token; empty when it was revoked or is out of date.
pub(super) async fn actor_of_token<E: Executor>(
    db: &E,
    token: Uuid,
    now: Instant,
) -> Result<Vec<ActorRow>> {
    let sql = actor_sql("t.id", &format!("{TOKEN} = $2"));
    db.all(&sql, values![to_db(now), token]).await
}

/// What an API token is limited to.
#[derive(Debug, FromQueryResult)]
pub(super) struct TokenRow {
    pub(super) id: Uuid,
    /// A JSON array of grants, as its text.
    pub(super) permissions: String,
    pub(super) last_used_at: Option<DateTime<Utc>>,
}

pub(super) async fn api_token<E: Executor>(db: &E, hash: &str) -> Result<Option<TokenRow>> {
    let sql = "SELECT id, CAST(permissions AS text) AS permissions, last_used_at FROM api_tokens WHERE token_hash = $1";
    db.optional(sql, values![hash]).await
}

/// Notes that a token was used.
pub(super) async fn touch_token<E: Executor>(db: &E, token: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE api_tokens SET last_used_at = $2 WHERE id = $1";
    db.execute(sql, values![token, to_db(now)]).await.map(drop)
}

/// Active people of the organization.
pub(super) async fn actors_of_users<E: Executor>(
    db: &E,
    organization: OrganizationId,
    users: &[Uuid],
) -> Result<Vec<ActorRow>> {
    let who = "users u JOIN organizations o ON o.id = u.organization_id
        WHERE u.organization_id = $1 AND u.id IN {in}";
    let ids = users.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, &actor_sql("u.id", who), values![organization.0], ids).await
}
