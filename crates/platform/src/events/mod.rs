//! Domain events, written in the transaction of the change they announce,
//! each with the job that hands it to its reactions.

mod store;

use crate::clock;
use crate::jobs::{self, reactions};
use std::fmt;
use std::str::FromStr;
use steward_db::{Db, Executor, Tx};
use steward_kernel::event::Envelope;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, DomainEvent, Error, Instant, Result};
use uuid::Uuid;

/// Writes `event` about `aggregate` into `tx`; it exists if and only if the
/// change does.
///
/// # Errors
/// When the event cannot be written; the caller's transaction must then end.
pub async fn publish<E: DomainEvent + Sync>(
    tx: &Tx,
    actor: &Actor,
    aggregate: Uuid,
    event: &E,
    now: Instant,
) -> Result<()> {
    let payload = serde_json::to_value(event).map_err(Error::internal)?;
    let id = clock::new_id();
    tx.bring_news();
    let row = store::NewEvent {
        id,
        aggregate,
        name: event.name(),
        version: event.version(),
        payload,
    };
    store::insert(tx, actor.organization_id, actor.person(), row, now).await?;
    let hand_over = reactions::job(actor.organization_id, id, event.name(), now);
    jobs::enqueue(tx, hand_over, now).await
}

/// Writes many events that nobody in particular caused into `tx`. Only those
/// that something reacts to are handed over.
///
/// # Errors
/// When the events cannot be written; the caller's transaction must then end.
pub async fn publish_many<E: DomainEvent + Sync>(
    tx: &Tx,
    registry: &jobs::Registry,
    organization: OrganizationId,
    events: &[(Uuid, E)],
    now: Instant,
) -> Result<()> {
    let mut rows = Vec::with_capacity(events.len());
    for (aggregate, event) in events {
        let payload = serde_json::to_value(event).map_err(Error::internal)?;
        let id = clock::new_id();
        rows.push(store::NewEvent {
            id,
            aggregate: *aggregate,
            name: event.name(),
            version: event.version(),
            payload,
        });
        if !registry.reactions(event.name()).is_empty() {
            let hand_over = reactions::job(organization, id, event.name(), now);
            jobs::enqueue(tx, hand_over, now).await?;
        }
    }
    tx.bring_news();
    match <[store::NewEvent; 1]>::try_from(rows) {
        Ok([only]) => store::insert(tx, organization, None, only, now).await,
        Err(rows) => store::insert_many(tx, organization, rows, now).await,
    }
}

/// Where an event stands among all: growing, and with no event ever to appear
/// before one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    order: i64,
    id: Uuid,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.order, self.id.simple())
    }
}

impl FromStr for Position {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.split_once('.').map(|(o, id)| (o.parse(), id.parse()));
        match parts {
            Some((Ok(order), Ok(id))) => Ok(Self { order, id }),
            _ => Err(Error::field(
                "last-event-id",
                "invalid",
                "send the id of an earlier message",
            )),
        }
    }
}

/// An event with its position.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Where it stands.
    pub position: Position,
    /// The event.
    pub event: Envelope,
}

/// Makes the order of events go on where the database was filled from a
/// backup. Run it before new ones are written.
///
/// # Errors
/// When the database does not answer.
pub async fn settle(db: &Db) -> Result<()> {
    store::settle(db).await
}

/// Up to `limit` events after a position, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn after(db: &Db, position: Position, limit: u32) -> Result<Vec<Placed>> {
    store::after(db, position, limit).await
}

/// The last `limit` events, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn latest(db: &Db, limit: u32) -> Result<Vec<Placed>> {
    store::latest(db, limit).await
}

/// Those of some events that are stored, in the order of `ids`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_all<E: Executor>(db: &E, ids: &[Uuid]) -> Result<Vec<Envelope>> {
    store::find_all(db, ids).await
}

/// A stored event, for reactions.
///
/// # Errors
/// When the database does not answer.
pub async fn find<E: Executor>(db: &E, id: Uuid) -> Result<Option<Envelope>> {
    store::find(db, id).await
}
