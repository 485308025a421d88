//! Domain events, written in the transaction of the change they announce.

mod store;

use crate::clock;
use steward_db::Tx;
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
    store::insert(
        tx,
        clock::new_id(),
        actor,
        aggregate,
        event.name(),
        event.version(),
        payload,
        now,
    )
    .await
}
