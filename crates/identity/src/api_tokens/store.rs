//! Every statement of API tokens.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, Result};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
pub(super) struct ApiTokenRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) hint: String,
    pub(super) user_id: Uuid,
    pub(super) user_name: String,
    pub(super) permissions: serde_json::Value,
    pub(super) created_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) last_used_at: Option<DateTime<Utc>>,
}

const SELECT: &str = "SELECT t.id, t.name, t.hint, t.user_id, u.first_name || ' ' || u.last_name AS user_name,
    t.permissions, t.created_at, t.expires_at, t.last_used_at FROM api_tokens t JOIN users u ON u.id = t.user_id
    WHERE t.revoked_at IS NULL";

/// The tokens of a person that have not ended, newest first.
pub(super) async fn of_user<E: Executor>(
    db: &E,
    organization: OrganizationId,
    user: Uuid,
    now: Instant,
) -> Result<Vec<ApiTokenRow>> {
    let sql = format!(
        "{SELECT} AND t.organization_id = $1 AND t.user_id = $2 AND t.expires_at > $3
         ORDER BY t.created_at DESC, t.id DESC LIMIT 1000"
    );
    db.all(&sql, values![organization.0, user, to_db(now)])
        .await
}

/// One token of the organization that was not revoked.
pub(super) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<ApiTokenRow>> {
    let sql = format!("{SELECT} AND t.organization_id = $1 AND t.id = $2");
    db.optional(&sql, values![organization.0, id]).await
}

/// A token to be kept.
#[derive(Debug)]
pub(super) struct NewToken {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) hash: String,
    pub(super) hint: String,
    pub(super) permissions: Vec<String>,
    pub(super) expires_at: Instant,
}

pub(super) async fn insert(tx: &Tx, actor: &Actor, token: &NewToken, now: Instant) -> Result<()> {
    let permissions = serde_json::to_value(&token.permissions).map_err(Error::internal)?;
    tx.execute(
        "INSERT INTO api_tokens (id, organization_id, user_id, name, token_hash, hint, permissions, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values![
            token.id,
            actor.organization_id.0,
            actor.user_id.0,
            token.name.clone(),
            token.hash.clone(),
            token.hint.clone(),
            permissions,
            to_db(now),
            to_db(token.expires_at)
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn revoke(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    now: Instant,
) -> Result<()> {
    let sql = "UPDATE api_tokens SET revoked_at = $3 WHERE id = $1 AND organization_id = $2";
    tx.execute(sql, values![id, organization.0, to_db(now)])
        .await
        .map(drop)
}
