//! Every statement of drafts; each names the owner.

use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// A row of `drafts`.
#[derive(Debug, FromQueryResult)]
pub(super) struct DraftRow {
    pub(super) id: Uuid,
    pub(super) context: String,
    pub(super) content: Value,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

/// A row without its content.
#[derive(Debug, FromQueryResult)]
pub(super) struct DraftHead {
    pub(super) id: Uuid,
    pub(super) context: String,
    pub(super) version: i64,
    pub(super) updated_at: DateTime<Utc>,
}

pub(super) async fn all<E: Executor>(db: &E, actor: &Actor) -> Result<Vec<DraftHead>> {
    let sql = "SELECT id, context, version, updated_at FROM drafts
        WHERE organization_id = $1 AND user_id = $2 ORDER BY updated_at DESC, id DESC LIMIT 200";
    db.all(sql, values![actor.organization_id.0, actor.user_id.0])
        .await
}

pub(super) async fn find<E: Executor>(
    db: &E,
    actor: &Actor,
    context: &str,
) -> Result<Option<DraftRow>> {
    let sql = "SELECT id, context, content, version, created_at, updated_at FROM drafts
        WHERE organization_id = $1 AND user_id = $2 AND context = $3";
    let values = values![actor.organization_id.0, actor.user_id.0, context];
    db.optional(sql, values).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count(tx: &Tx, actor: &Actor) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM drafts WHERE organization_id = $1 AND user_id = $2";
    let values = values![actor.organization_id.0, actor.user_id.0];
    let row: Option<Count> = tx.optional(sql, values).await?;
    Ok(row.map_or(0, |c| c.n))
}

/// Begins a draft; false when another tab began it in the same moment.
pub(super) async fn insert(
    tx: &Tx,
    id: Uuid,
    actor: &Actor,
    context: &str,
    content: &Value,
    version: i64,
    now: Instant,
) -> Result<bool> {
    let sql = "INSERT INTO drafts (id, organization_id, user_id, context, content, version, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING";
    let values = values![
        id,
        actor.organization_id.0,
        actor.user_id.0,
        context,
        content.clone(),
        version,
        to_db(now)
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Replaces the content if the draft still has `version`.
pub(super) async fn update(
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    version: i64,
    content: &Value,
    now: Instant,
) -> Result<bool> {
    let sql = "UPDATE drafts SET content = $5, version = version + 1, updated_at = $6
        WHERE id = $1 AND organization_id = $2 AND user_id = $3 AND version = $4";
    let values = values![
        id,
        actor.organization_id.0,
        actor.user_id.0,
        version,
        content.clone(),
        to_db(now)
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Removes the draft if it still has `version`.
pub(super) async fn remove(tx: &Tx, actor: &Actor, id: Uuid, version: i64) -> Result<bool> {
    let sql = "DELETE FROM drafts WHERE id = $1 AND organization_id = $2 AND user_id = $3 AND version = $4";
    let values = values![id, actor.organization_id.0, actor.user_id.0, version];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Removes at most `limit` drafts that were last saved before an instant.
pub(super) async fn remove_old(tx: &Tx, before: Instant, limit: u32) -> Result<u64> {
    let sql = format!(
        "DELETE FROM drafts WHERE id IN (SELECT id FROM drafts WHERE updated_at < $1 ORDER BY updated_at LIMIT {limit})"
    );
    tx.execute(&sql, values![to_db(before)]).await
}
