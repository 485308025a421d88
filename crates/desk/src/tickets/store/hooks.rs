//! Statements for the modules beside tickets.

use steward_db::{Executor, Tx, time::to_db, values};
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// Counts a change that stands outside the ticket's own columns.
pub(in crate::tickets) async fn touch(tx: &Tx, ticket: Uuid, now: Instant) -> Result<()> {
    tx.execute(
        "UPDATE tickets SET version = version + 1, updated_at = $2 WHERE id = $1",
        values![ticket, to_db(now)],
    )
    .await
    .map(drop)
}

/// An activity row that may be hidden from requesters.
#[expect(clippy::too_many_arguments, reason = "one argument a column")]
pub(in crate::tickets) async fn insert_note(
    tx: &Tx,
    id: Uuid,
    actor: &Actor,
    ticket: Uuid,
    field: &str,
    old: Option<&str>,
    new: Option<&str>,
    is_internal: bool,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO activities (id, organization_id, ticket_id, actor_id, at, field, old_value, new_value, is_internal)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values![
            id,
            actor.organization_id.0,
            ticket,
            actor.person().map(|p| p.0),
            to_db(now),
            field,
            old,
            new,
            is_internal
        ],
    )
    .await
    .map(drop)
}
