//! Domain events, written in the transaction of the change they announce,
//! each with the job that hands it to its reactions.

mod store;

pub(crate) use store::Announced;

use crate::clock;
use crate::jobs::{self, reactions};
use steward_db::{Executor, Tx};
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
    store::insert(
        tx,
        id,
        actor,
        aggregate,
        event.name(),
        event.version(),
        payload,
        now,
    )
    .await?;
    let hand_over = reactions::job(actor.organization_id, id, now);
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
            jobs::enqueue(tx, reactions::job(organization, id, now), now).await?;
        }
    }
    store::insert_many(tx, organization, rows, now).await
}

/// Which events are stored under these ids, for handing them over.
pub(crate) async fn announced<E: Executor>(db: &E, ids: &[Uuid]) -> Result<Vec<Announced>> {
    store::announced(db, ids).await
}

/// A stored event, for reactions.
///
/// # Errors
/// When the database does not answer.
pub async fn find<E: Executor>(db: &E, id: Uuid) -> Result<Option<Envelope>> {
    store::find(db, id).await
}
