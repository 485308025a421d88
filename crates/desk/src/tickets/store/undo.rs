//! What was changed, kept so that it can be put back.

use chrono::{DateTime, Utc};
use steward_db::time::{from_db, to_db};
use steward_db::{Executor, Filter, FromQueryResult, Tx, Value, values};
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// Keeps what a bulk action needs to be undone.
pub(in crate::tickets) async fn insert_bulk(
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    undo: serde_json::Value,
    now: Instant,
) -> Result<()> {
    let sql = "INSERT INTO bulk_operations (id, organization_id, actor_id, undo, created_at) VALUES ($1, $2, $3, $4, $5)";
    let values = values![
        id,
        actor.organization_id.0,
        actor.user_id.0,
        undo,
        to_db(now)
    ];
    tx.execute(sql, values).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct UndoRow {
    undo: serde_json::Value,
}

/// Takes the record of the actor's bulk action once; `None` when there is none or it was undone.
pub(in crate::tickets) async fn take_bulk(
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<Option<serde_json::Value>> {
    let sql = "UPDATE bulk_operations SET undone_at = $4
        WHERE id = $1 AND organization_id = $2 AND actor_id = $3 AND undone_at IS NULL RETURNING undo";
    let values = values![id, actor.organization_id.0, actor.user_id.0, to_db(now)];
    let row: Option<UndoRow> = tx.optional(sql, values).await?;
    Ok(row.map(|row| row.undo))
}

/// Keeps what the last change of a ticket replaced; the change before it can no longer be taken
/// back. `parent` names the version of the parent with which the ticket was resolved.
pub(in crate::tickets) async fn keep_undo(
    tx: &Tx,
    actor: &Actor,
    ticket: Uuid,
    undo: serde_json::Value,
    parent: Option<(Uuid, i64)>,
    now: Instant,
) -> Result<()> {
    let sql = "INSERT INTO ticket_undos (ticket_id, organization_id, actor_id, undo, created_at, parent_id, parent_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (ticket_id) DO UPDATE SET actor_id = excluded.actor_id, undo = excluded.undo,
          created_at = excluded.created_at, parent_id = excluded.parent_id, parent_version = excluded.parent_version";
    let values = values![
        ticket,
        actor.organization_id.0,
        actor.user_id.0,
        undo,
        to_db(now),
        parent.map(|(id, _)| id),
        parent.map(|(_, version)| version)
    ];
    tx.execute(sql, values).await.map(drop)
}

/// What the actor's change of a parent replaced in its children, each with the child's id, in
/// their order. `version` is the one that the parent had after that change.
pub(in crate::tickets) async fn undos_of_children(
    tx: &Tx,
    actor: &Actor,
    (parent, version): (Uuid, i64),
    limit: u32,
) -> Result<Vec<(Uuid, serde_json::Value)>> {
    let sql = format!(
        "SELECT ticket_id, undo FROM ticket_undos
           WHERE parent_id = $1 AND parent_version = $2 AND organization_id = $3 AND actor_id = $4
           ORDER BY ticket_id LIMIT {limit}"
    );
    let values = values![parent, version, actor.organization_id.0, actor.user_id.0];
    let rows: Vec<ChildRow> = tx.all(&sql, values).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.ticket_id, row.undo))
        .collect())
}

#[derive(Debug, FromQueryResult)]
struct ChildRow {
    ticket_id: Uuid,
    undo: serde_json::Value,
}

/// Forgets what the last change of a ticket replaced.
pub(in crate::tickets) async fn drop_undo(tx: &Tx, ticket: Uuid) -> Result<()> {
    let sql = "DELETE FROM ticket_undos WHERE ticket_id = $1";
    tx.execute(sql, values![ticket]).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct KeptRow {
    undo: serde_json::Value,
    created_at: DateTime<Utc>,
}

/// What the actor's last change of a ticket replaced, and when. `clause` names the ticket `t`.
pub(in crate::tickets) async fn kept_undo(
    tx: &Tx,
    actor: &Actor,
    clause: &str,
    named: Vec<Value>,
) -> Result<Option<(serde_json::Value, Instant)>> {
    let mut filter = Filter::default();
    filter.and("t.organization_id = ?", values![actor.organization_id.0]);
    filter.and(clause, named);
    filter.and("u.actor_id = ?", values![actor.user_id.0]);
    let sql = format!(
        "SELECT u.undo, u.created_at FROM ticket_undos u JOIN tickets t ON t.id = u.ticket_id WHERE {}",
        filter.sql()
    );
    let row: Option<KeptRow> = tx.optional(&sql, filter.values()).await?;
    Ok(row.map(|row| (row.undo, from_db(row.created_at))))
}
