//! Statements of the event table.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, bulk, time::from_db, time::to_db, values};
use steward_kernel::event::Envelope;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

#[expect(clippy::too_many_arguments, reason = "one argument a column")]
pub(super) async fn insert(
    tx: &Tx,
    id: Uuid,
    actor: &Actor,
    aggregate: Uuid,
    name: &str,
    version: i32,
    payload: serde_json::Value,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO events (id, organization_id, name, version, aggregate_id, actor_id, at, payload)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![id, actor.organization_id.0, name, version, aggregate, actor.person().map(|p| p.0), to_db(now), payload],
    )
    .await
    .map(drop)
}

/// A new row of `events` without an actor.
#[derive(Debug)]
pub(super) struct NewEvent {
    pub(super) id: Uuid,
    pub(super) aggregate: Uuid,
    pub(super) name: &'static str,
    pub(super) version: i32,
    pub(super) payload: serde_json::Value,
}

pub(super) async fn insert_many(
    tx: &Tx,
    organization: OrganizationId,
    events: Vec<NewEvent>,
    now: Instant,
) -> Result<()> {
    let rows = events.into_iter().map(|e| {
        values![
            e.id,
            organization.0,
            e.name,
            e.version,
            e.aggregate,
            to_db(now),
            e.payload
        ]
    });
    let head = "INSERT INTO events (id, organization_id, name, version, aggregate_id, at, payload)";
    bulk::insert_many(tx, head, rows.collect(), "").await
}

#[derive(Debug, FromQueryResult)]
struct EventRow {
    id: Uuid,
    organization_id: Uuid,
    name: String,
    version: i32,
    aggregate_id: Uuid,
    actor_id: Option<Uuid>,
    at: DateTime<Utc>,
    payload: serde_json::Value,
}

pub(super) async fn find<E: Executor>(db: &E, id: Uuid) -> Result<Option<Envelope>> {
    let sql = "SELECT id, organization_id, name, version, aggregate_id, actor_id, at, payload FROM events WHERE id = $1";
    let row: Option<EventRow> = db.optional(sql, values![id]).await?;
    Ok(row.map(|row| Envelope {
        id: row.id.into(),
        organization_id: row.organization_id.into(),
        name: row.name,
        version: row.version,
        aggregate_id: row.aggregate_id,
        actor_id: row.actor_id.map(Into::into),
        at: from_db(row.at),
        payload: row.payload,
    }))
}

/// An event's name, without its payload.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Announced {
    pub(crate) id: Uuid,
    pub(crate) organization_id: Uuid,
    pub(crate) name: String,
}

pub(super) async fn announced<E: Executor>(db: &E, ids: &[Uuid]) -> Result<Vec<Announced>> {
    let sql = "SELECT id, organization_id, name FROM events WHERE id IN {in} ORDER BY id";
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![], ids).await
}
