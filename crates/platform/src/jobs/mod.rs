//! Background work: rows written in the transaction that causes them.
//!
//! Invariants: a job exists if and only if its transaction committed; it runs
//! at least once, so handlers take ids, load again, and may run twice
//! harmlessly; what keeps failing ends as `dead` with its last error and can
//! be retried by hand. Deliberately absent: in-process channels, work that
//! outlives [`LEASE`] (split it into several jobs).

pub(crate) mod reactions;
mod registry;
pub mod rules;
mod store;
mod worker;

pub use reactions::event_id;
pub use registry::{Handler, Job, Look, Registry, Tick, Watch};
pub use worker::{Worker, drain};

use crate::clock;
use serde_json::Value;
use std::time::Duration;
use steward_db::{Executor, Tx};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// How long a worker owns a job; when it has died by then, another takes over.
pub const LEASE: Duration = Duration::from_secs(300);

/// Work to be done.
#[derive(Debug)]
pub struct NewJob {
    /// The tenant it belongs to; none for the deployment's own housekeeping.
    pub organization_id: Option<OrganizationId>,
    /// Names the handler: `notifications.notify`.
    pub kind: &'static str,
    /// Ids, never copies of records.
    pub payload: Value,
    /// Not before this instant.
    pub run_at: Instant,
    /// While a job with this key waits, another is not added.
    pub dedupe_key: Option<String>,
}

/// Writes a job into the transaction; a waiting twin with the same key stands for it.
///
/// # Errors
/// When the database refuses; the caller's transaction must then end.
pub async fn enqueue(tx: &Tx, job: NewJob, now: Instant) -> Result<()> {
    tx.bring_work();
    store::insert(tx, clock::new_id(), &job, now).await
}

/// A job as administrators see it.
#[derive(Debug, Clone)]
pub struct JobView {
    /// Id.
    pub id: Uuid,
    /// Handler.
    pub kind: String,
    /// `ready` (waits or runs) or `dead`.
    pub state: String,
    /// What it was given.
    pub payload: Value,
    /// Times it was tried.
    pub attempts: i32,
    /// Next try.
    pub run_at: Instant,
    /// When it was written.
    pub created_at: Instant,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// Whether a worker has it.
    pub is_running: bool,
}

/// The organization's jobs in a state, oldest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn list<E: Executor>(
    db: &E,
    organization: OrganizationId,
    state: &str,
    limit: u32,
) -> Result<Vec<JobView>> {
    store::list(db, organization, state, limit).await
}

/// Gives a dead job another full set of tries; false when there is no such job.
///
/// # Errors
/// When the database refuses.
pub async fn retry(tx: &Tx, organization: OrganizationId, id: Uuid, now: Instant) -> Result<bool> {
    tx.bring_work();
    store::revive(tx, organization, id, now).await
}

/// Drops a dead job; false when there is no such job.
///
/// # Errors
/// When the database refuses.
pub async fn discard(tx: &Tx, organization: OrganizationId, id: Uuid) -> Result<bool> {
    store::discard(tx, organization, id).await
}
