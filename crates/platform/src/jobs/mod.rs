//! Background work: rows written in the transaction that causes them.
//!
//! Invariants: a job exists if and only if its transaction committed; it runs
//! at least once, so handlers take ids, load again, and may run twice
//! harmlessly; what keeps failing ends as `dead` with its last error and can
//! be retried by hand. Deliberately absent: in-process channels, work that
//! outlives [`LEASE`] (split it into several jobs).

mod attempt;
mod batch;
pub(crate) mod reactions;
mod registry;
pub mod rules;
mod store;
mod worker;

pub use reactions::event_id;
pub use registry::{Handler, Job, Look, Registry, Tick, Together, Watch};
pub use worker::{Worker, drain};

use serde_json::Value;
use std::time::Duration;
use steward_db::{Executor, Tx};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// How long a worker owns a job; when it has died by then, another takes over.
pub const LEASE: Duration = Duration::from_secs(300);

/// Which work waits for which. A mail server that stalls must not hold up
/// reactions or service levels, so the worker runs both lanes side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Work inside the database.
    Inside,
    /// Work that talks to other machines.
    Outside,
}

impl Lane {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
        }
    }
}

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
    store::insert(tx, job, Lane::Inside, now).await
}

/// As [`enqueue`], for a job that talks to another machine: it runs beside the
/// others, so that they do not wait for its answer.
///
/// # Errors
/// When the database refuses; the caller's transaction must then end.
pub async fn enqueue_outside(tx: &Tx, job: NewJob, now: Instant) -> Result<()> {
    tx.bring_outside_work();
    store::insert(tx, job, Lane::Outside, now).await
}

/// Rows that a count of jobs looks at before it stops.
pub const COUNTED: u32 = 10_000;

/// A job as administrators see it.
#[derive(Debug, Clone)]
pub struct JobView {
    /// Id.
    pub id: Uuid,
    /// The tenant, if it belongs to one.
    pub organization_id: Option<Uuid>,
    /// Handler.
    pub kind: String,
    /// `ready` (waits or runs) or `dead`.
    pub state: String,
    /// What it was given.
    pub payload: Value,
    /// Times it was tried.
    pub attempts: i32,
    /// Next try; of a dead job, when it was given up.
    pub run_at: Instant,
    /// When it was written.
    pub created_at: Instant,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// Whether a worker has it.
    pub is_running: bool,
}

/// Which jobs are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Of one tenant; of the whole deployment when absent.
    pub organization: Option<OrganizationId>,
    /// `ready` or `dead`.
    pub state: &'a str,
    /// Of one handler.
    pub kind: Option<&'a str>,
}

/// How many jobs a handler has in a state.
#[derive(Debug, Clone)]
pub struct JobCount {
    /// `ready` or `dead`.
    pub state: String,
    /// Handler.
    pub kind: String,
    /// Jobs among those that were looked at.
    pub count: i64,
}

/// How the queue of the whole deployment stands.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Jobs that wait or run, counted up to [`COUNTED`].
    pub ready: i64,
    /// Those of them whose time has come, counted up to [`COUNTED`].
    pub due: i64,
    /// Since when the longest waiting of these is due.
    pub oldest_due_at: Option<Instant>,
    /// Jobs that were given up, counted up to [`COUNTED`].
    pub dead: i64,
}

/// A page of jobs: `ready` ones by when they run, `dead` ones newest first.
/// `after` is `run_at` and id of the last row of the page before.
///
/// # Errors
/// When the database does not answer.
pub async fn list<E: Executor>(
    db: &E,
    wanted: Wanted<'_>,
    after: Option<(Instant, Uuid)>,
    limit: u32,
) -> Result<Vec<JobView>> {
    store::list(db, wanted, after, limit).await
}

/// One job; with an organization only if it belongs to it.
///
/// # Errors
/// When the database does not answer.
pub async fn find<E: Executor>(
    db: &E,
    organization: Option<OrganizationId>,
    id: Uuid,
) -> Result<Option<JobView>> {
    store::find(db, organization, id).await
}

/// Jobs by kind in one state, among the first [`COUNTED`] of it.
///
/// # Errors
/// When the database does not answer.
pub async fn counts<E: Executor>(
    db: &E,
    organization: Option<OrganizationId>,
    state: &str,
) -> Result<Vec<JobCount>> {
    store::counts(db, organization, state).await
}

/// How the queue stands at `now`.
///
/// # Errors
/// When the database does not answer.
pub async fn queue<E: Executor>(db: &E, now: Instant) -> Result<Queue> {
    Ok(Queue {
        ready: store::ready(db).await?,
        due: store::due(db, now).await?,
        oldest_due_at: store::oldest_due(db, now).await?,
        dead: store::dead(db).await?,
    })
}

/// Gives a dead job another full set of tries; false when there is no such job.
///
/// # Errors
/// When the database refuses.
pub async fn retry(
    tx: &Tx,
    organization: Option<OrganizationId>,
    id: Uuid,
    now: Instant,
) -> Result<bool> {
    tx.bring_work();
    tx.bring_outside_work();
    store::revive(tx, organization, id, now).await
}

/// Gives up to `limit` dead jobs, of one kind or of all, another full set of
/// tries, those that died first before others. Returns how many.
///
/// # Errors
/// When the database refuses.
pub async fn retry_all(
    tx: &Tx,
    organization: Option<OrganizationId>,
    kind: Option<&str>,
    limit: u32,
    now: Instant,
) -> Result<u64> {
    tx.bring_work();
    tx.bring_outside_work();
    store::revive_all(tx, organization, kind, limit, now).await
}

/// Drops a dead job; false when there is no such job.
///
/// # Errors
/// When the database refuses.
pub async fn discard(tx: &Tx, organization: Option<OrganizationId>, id: Uuid) -> Result<bool> {
    store::discard(tx, organization, id).await
}
