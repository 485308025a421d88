//! Statements of jobs and ticks.

mod administration;

pub(super) use administration::{
    counts, dead, discard, due, find, list, oldest_due, ready, revive, revive_all,
};

use super::registry::Job;
use super::{LEASE, Lane, NewJob};
use crate::clock;
use steward_db::{Engine, Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

fn lease_end(now: Instant) -> Instant {
    now.checked_add(LEASE).unwrap_or(now)
}

/// Writes a job, unless another one has its key.
pub(super) async fn insert(tx: &Tx, job: NewJob, lane: Lane, now: Instant) -> Result<()> {
    write(tx, job, lane, None, now).await
}

/// Writes a job for inside whose first try has failed, unless another one has its key.
pub(super) async fn insert_tried(tx: &Tx, job: NewJob, error: &str, now: Instant) -> Result<()> {
    write(tx, job, Lane::Inside, Some(error), now).await
}

async fn write(tx: &Tx, job: NewJob, lane: Lane, error: Option<&str>, now: Instant) -> Result<()> {
    let sql = "INSERT INTO jobs
          (id, organization_id, kind, payload, lane, state, run_at, attempts, dedupe_key, last_error, created_at)
        VALUES ($1, $2, $3, $4, $5, 'ready', $6, $7, $8, $9, $10) ON CONFLICT (dedupe_key) DO NOTHING";
    let values = values![
        clock::new_id(),
        job.organization_id.map(|o| o.0),
        job.kind,
        job.payload,
        lane.as_str(),
        to_db(job.run_at),
        i32::from(error.is_some()),
        job.dedupe_key,
        error.map(str::to_owned),
        to_db(now)
    ];
    tx.execute(sql, values).await.map(drop)
}

const CLAIMED: &str = "id, organization_id, kind, payload, attempts";

#[derive(Debug, FromQueryResult)]
struct ClaimedRow {
    id: Uuid,
    organization_id: Option<Uuid>,
    kind: String,
    payload: serde_json::Value,
    attempts: i32,
}

#[derive(Debug, FromQueryResult)]
struct Due {
    #[expect(dead_code, reason = "only its presence counts")]
    id: Uuid,
}

/// Whether any job of a lane is due, without taking a lock.
pub(super) async fn is_due<E: Executor>(db: &E, lane: Lane, now: Instant) -> Result<bool> {
    let sql = "SELECT id FROM jobs WHERE lane = $1 AND state = 'ready' AND run_at <= $2 LIMIT 1";
    let due: Option<Due> = db.optional(sql, values![lane.as_str(), to_db(now)]).await?;
    Ok(due.is_some())
}

/// Takes up to `limit` due jobs of a lane for [`LEASE`]. A taken job stays `ready`, only
/// its `run_at` lies behind the lease: when the worker dies it comes due again.
///
/// Dialect fork: PostgreSQL skips rows that another worker is taking; SQLite's
/// writer is alone.
pub(super) async fn claim(
    tx: &Tx,
    worker: &str,
    lane: Lane,
    limit: u32,
    now: Instant,
) -> Result<Vec<Job>> {
    let skip = match tx.engine() {
        Engine::Postgres => "FOR UPDATE SKIP LOCKED",
        Engine::Sqlite => "",
    };
    let sql = format!(
        "UPDATE jobs SET run_at = $1, locked_by = $2, attempts = attempts + 1 WHERE id IN
           (SELECT id FROM jobs WHERE lane = $4 AND state = 'ready' AND run_at <= $3
            ORDER BY run_at, id LIMIT {limit} {skip})
         RETURNING {CLAIMED}"
    );
    let values = values![to_db(lease_end(now)), worker, to_db(now), lane.as_str()];
    Ok(in_order(tx.all(&sql, values).await?))
}

/// Oldest first.
fn in_order(rows: Vec<ClaimedRow>) -> Vec<Job> {
    let job = |row: ClaimedRow| Job {
        id: row.id,
        organization_id: row.organization_id.map(OrganizationId),
        kind: row.kind,
        payload: row.payload,
        attempts: row.attempts,
    };
    let mut jobs: Vec<Job> = rows.into_iter().map(job).collect();
    jobs.sort_by_key(|j| j.id);
    jobs
}

/// Removes jobs that are done, as far as they are still this worker's try.
pub(super) async fn done(tx: &Tx, jobs: &[&Job], worker: &str) -> Result<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    let mut filter = Filter::default();
    filter.and("locked_by = ?", values![worker]);
    // Filled up to a power of two, so that few different statements are prepared.
    let size = jobs.len().next_power_of_two();
    let tries = vec!["id = ? AND attempts = ?"; size].join(" OR ");
    let filled = jobs.iter().chain(jobs.last().into_iter().cycle());
    let values = filled
        .take(size)
        .flat_map(|job| values![job.id, job.attempts]);
    filter.and(&tries, values.collect());
    let sql = format!("DELETE FROM jobs WHERE {}", filter.sql());
    tx.execute(&sql, filter.values()).await.map(drop)
}

/// Puts a job back until `again`, or among the dead, if it is still this worker's try.
pub(super) async fn failed(
    tx: &Tx,
    job: &Job,
    worker: &str,
    error: &str,
    again: Option<Instant>,
    now: Instant,
) -> Result<()> {
    let state = if again.is_some() { "ready" } else { "dead" };
    let sql = "UPDATE jobs SET state = $4, run_at = $5, locked_by = NULL, last_error = $6
        WHERE id = $1 AND locked_by = $2 AND attempts = $3";
    let values = values![
        job.id,
        worker,
        job.attempts,
        state,
        to_db(again.unwrap_or(now)),
        error
    ];
    tx.execute(sql, values).await.map(drop)
}

/// Adds a tick that is due now, unless the deployment has it already.
pub(super) async fn ensure_tick(tx: &Tx, name: &str, now: Instant) -> Result<()> {
    let sql = "INSERT INTO ticks (name, next_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    tx.execute(sql, values![name, to_db(now)]).await.map(drop)
}

/// Moves a due tick to `next`; only one node succeeds.
pub(super) async fn take_tick(tx: &Tx, name: &str, next: Instant, now: Instant) -> Result<bool> {
    let sql = "UPDATE ticks SET next_at = $2 WHERE name = $1 AND next_at <= $3";
    Ok(tx
        .execute(sql, values![name, to_db(next), to_db(now)])
        .await?
        == 1)
}
