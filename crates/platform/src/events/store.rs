//! Statements of the event table.

use super::{Placed, Position};
use chrono::{DateTime, Utc};
use steward_db::{
    Db, Engine, Executor, FromQueryResult, Tx, bulk, time::from_db, time::to_db, values,
};
use steward_kernel::event::Envelope;
use steward_kernel::id::{OrganizationId, UserId};
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A new row of `events`.
#[derive(Debug)]
pub(super) struct NewEvent {
    pub(super) id: Uuid,
    pub(super) aggregate: Uuid,
    pub(super) name: &'static str,
    pub(super) version: i32,
    pub(super) payload: serde_json::Value,
}

/// Writes an event, that a person caused or nobody in particular.
pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    person: Option<UserId>,
    event: NewEvent,
    now: Instant,
) -> Result<()> {
    let sql = format!(
        "INSERT INTO events (id, organization_id, name, version, aggregate_id, actor_id, at, payload, commit_order)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, {})",
        next_order(tx.engine())
    );
    let values = values![
        event.id,
        organization.0,
        event.name,
        event.version,
        event.aggregate,
        person.map(|p| p.0),
        to_db(now),
        event.payload
    ];
    tx.execute(&sql, values).await.map(drop)
}

/// Writes events that nobody in particular caused.
pub(super) async fn insert_many(
    tx: &Tx,
    organization: OrganizationId,
    events: Vec<NewEvent>,
    now: Instant,
) -> Result<()> {
    let sql = format!("SELECT {} AS commit_order", next_order(tx.engine()));
    let order: Option<Order> = tx.optional(&sql, values![]).await?;
    let order = order.map_or(0, |order| order.commit_order);
    let rows = events.into_iter().map(|e| {
        values![
            e.id,
            organization.0,
            e.name,
            e.version,
            e.aggregate,
            to_db(now),
            e.payload,
            order
        ]
    });
    let head = "INSERT INTO events (id, organization_id, name, version, aggregate_id, at, payload, commit_order)";
    bulk::insert_many(tx, head, rows.collect(), "").await
}

/// The place of an event among all, so that none ever appears before one that
/// was read already. SQLite has one writer, so the next number will do. On
/// PostgreSQL transactions end in any order: it is the number of the
/// transaction, and readers stop before the oldest that is still open. The
/// base keeps it growing where the numbers of transactions start anew: after a
/// restore (dialect fork).
const fn next_order(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "(SELECT coalesce(max(commit_order), 0) + 1 FROM events)",
        Engine::Postgres => {
            "((SELECT base FROM event_bases WHERE name = 'events') + pg_current_xact_id()::text::bigint)"
        }
    }
}

#[derive(Debug, FromQueryResult)]
struct Order {
    commit_order: i64,
}

/// Lifts the base above what is stored, where the database was filled from
/// another one. Nothing to do otherwise.
pub(super) async fn settle(db: &Db) -> Result<()> {
    if db.engine() == Engine::Sqlite {
        return Ok(());
    }
    let sql = "UPDATE event_bases SET base = (SELECT max(commit_order) FROM events)
        WHERE name = 'events' AND (SELECT coalesce(max(commit_order), 0) FROM events)
          > base + pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
    db.execute(sql, values![]).await.map(drop)
}

/// Events that nothing can come before any more (dialect fork).
const fn settled(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "1 = 1",
        Engine::Postgres => {
            "commit_order < (SELECT base FROM event_bases WHERE name = 'events')
               + pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        }
    }
}

const ROW: &str =
    "id, organization_id, name, version, aggregate_id, actor_id, at, payload, commit_order";

/// The events after a position, oldest first.
pub(super) async fn after(db: &Db, position: Position, limit: u32) -> Result<Vec<Placed>> {
    let sql = format!(
        "SELECT {ROW} FROM events WHERE (commit_order, id) > ($1, $2) AND {}
         ORDER BY commit_order, id LIMIT $3",
        settled(db.engine())
    );
    let values = values![position.order, position.id, i64::from(limit)];
    let rows: Vec<EventRow> = db.all(&sql, values).await?;
    Ok(rows.into_iter().map(placed).collect())
}

/// The last events, newest first.
pub(super) async fn latest(db: &Db, limit: u32) -> Result<Vec<Placed>> {
    let sql = format!(
        "SELECT {ROW} FROM events WHERE commit_order >= 0 AND {} ORDER BY commit_order DESC, id DESC LIMIT $1",
        settled(db.engine())
    );
    let rows: Vec<EventRow> = db.all(&sql, values![i64::from(limit)]).await?;
    Ok(rows.into_iter().map(placed).collect())
}

fn placed(row: EventRow) -> Placed {
    Placed {
        position: Position {
            order: row.commit_order,
            id: row.id,
        },
        event: envelope(row),
    }
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
    commit_order: i64,
}

fn envelope(row: EventRow) -> Envelope {
    Envelope {
        id: row.id.into(),
        organization_id: row.organization_id.into(),
        name: row.name,
        version: row.version,
        aggregate_id: row.aggregate_id,
        actor_id: row.actor_id.map(Into::into),
        at: from_db(row.at),
        payload: row.payload,
    }
}

pub(super) async fn find_all<E: Executor>(db: &E, ids: &[Uuid]) -> Result<Vec<Envelope>> {
    let sql = format!("SELECT {ROW} FROM events WHERE id IN {{in}}");
    let wanted = ids.iter().map(|id| (*id).into()).collect();
    let rows: Vec<EventRow> = bulk::select_in(db, &sql, values![], wanted).await?;
    let mut found: Vec<Envelope> = rows.into_iter().map(envelope).collect();
    found.sort_by_key(|event| ids.iter().position(|id| *id == event.id.0));
    Ok(found)
}

pub(super) async fn find<E: Executor>(db: &E, id: Uuid) -> Result<Option<Envelope>> {
    let sql = format!("SELECT {ROW} FROM events WHERE id = $1");
    let row: Option<EventRow> = db.optional(&sql, values![id]).await?;
    Ok(row.map(envelope))
}
