//! Statements of the event table.

use steward_db::{Executor, Tx, time::to_db, values};
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
        values![id, actor.organization_id.0, name, version, aggregate, actor.user_id.0, to_db(now), payload],
    )
    .await
    .map(drop)
}
