//! The worker: takes due jobs, runs them, puts failed ones back.

use super::registry::{Job, Tick};
use super::rules::backoff;
use super::{LEASE, Lane, NewJob, enqueue, reactions, store};
use crate::{App, clock};
use futures::FutureExt;
use serde_json::json;
use std::collections::BTreeMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use steward_db::Tx;
use steward_kernel::{Error, Instant, Result};
use tokio_util::sync::CancellationToken;

/// Jobs taken at once.
const BATCH: u32 = 32;
/// Longest pause between two looks at a tick.
const LOOK: Duration = Duration::from_secs(10);
/// How often the table is looked at when nothing wakes the worker.
const POLL: Duration = Duration::from_millis(500);

/// Does background work until it is told to stop.
#[derive(Debug)]
pub struct Worker {
    app: App,
    name: String,
    stop: CancellationToken,
    /// When each tick is next looked at; the table says whether it is due.
    looks: BTreeMap<&'static str, Instant>,
}

impl Worker {
    /// A worker of `app`; cancel `stop` to end it after the jobs in hand.
    #[must_use]
    pub fn new(app: App, stop: CancellationToken) -> Self {
        let name = format!("worker-{}", clock::new_id().simple());
        Self {
            app,
            name,
            stop,
            looks: BTreeMap::new(),
        }
    }

    /// Runs until stopped. A database that does not answer is tried again.
    pub async fn run(mut self) {
        let (app, name, stop) = (self.app.clone(), self.name.clone(), self.stop.clone());
        let outside = again_and_again(
            &stop,
            async || app.db.outside_work_arrived().await,
            async || work(&app, &name, Lane::Outside, clock::now()).await,
        );
        let inside = again_and_again(
            &stop,
            async || app.db.work_arrived().await,
            async || self.turn().await,
        );
        tokio::join!(inside, outside);
    }

    async fn turn(&mut self) -> Result<usize> {
        let now = clock::now();
        for tick in self.app.jobs.ticks() {
            if self.looks.get(tick.name).is_none_or(|look| *look <= now) {
                take(&self.app, tick, now).await?;
                let pause = tick.every.min(LOOK);
                self.looks
                    .insert(tick.name, now.checked_add(pause).unwrap_or(now));
            }
        }
        let watched = self.watch(now).await;
        Ok(watched + work(&self.app, &self.name, Lane::Inside, now).await?)
    }

    /// Looks at what is due by tables of its own; what fails is tried again
    /// with the next look and holds up nothing else.
    async fn watch(&mut self, now: Instant) -> usize {
        let mut done = 0;
        for watch in self.app.jobs.watches() {
            let look = self.looks.get(watch.name);
            // A clock that was set back does not stop the looks.
            let far = now.checked_add(watch.every).unwrap_or(now);
            if look.is_some_and(|look| *look > now && *look <= far) {
                continue;
            }
            self.looks.insert(watch.name, far);
            let run = AssertUnwindSafe((watch.run)(&self.app, now)).catch_unwind();
            match run.await {
                Ok(Ok(count)) => {
                    if count > 0 {
                        self.looks.remove(watch.name);
                    }
                    done += count;
                }
                Ok(Err(error)) => {
                    tracing::warn!(watch = watch.name, error = ?error.source, detail = %error.detail, "a look failed");
                }
                Err(_) => tracing::warn!(watch = watch.name, "a look panicked"),
            }
        }
        done
    }
}

/// Turns until told to stop, at once after a turn that found something, else
/// when something arrived or a while has passed.
async fn again_and_again(
    stop: &CancellationToken,
    arrived: impl AsyncFn(),
    mut turn: impl AsyncFnMut() -> Result<usize>,
) {
    while !stop.is_cancelled() {
        let worked = match turn().await {
            Ok(count) => count > 0,
            Err(error) => {
                tracing::warn!(error = ?error.source, detail = %error.detail, "background work cannot be read");
                false
            }
        };
        if !worked {
            tokio::select! {
                () = stop.cancelled() => {}
                () = arrived() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }
}

/// Writes the job of a tick if it is due; of several nodes one succeeds.
async fn take(app: &App, tick: &Tick, now: Instant) -> Result<()> {
    let next = now.checked_add(tick.every).unwrap_or(now);
    let tx = app.db.write("jobs.tick").await?;
    store::ensure_tick(&tx, tick.name, now).await?;
    if store::take_tick(&tx, tick.name, next, now).await? {
        let job = NewJob {
            organization_id: None,
            kind: tick.kind,
            payload: json!({}),
            run_at: now,
            dedupe_key: Some(format!("tick:{}", tick.name)),
        };
        enqueue(&tx, job, now).await?;
    }
    tx.commit().await
}

/// Takes one batch of due jobs of a lane and runs them side by side. Returns how many.
async fn work(app: &App, worker: &str, lane: Lane, now: Instant) -> Result<usize> {
    if !store::is_due(&app.db, lane, now).await? {
        return Ok(0);
    }
    let tx = app.db.write("jobs.claim").await?;
    let jobs = store::claim(&tx, worker, lane, BATCH, now).await?;
    tx.commit().await?;
    let (events, others): (Vec<&Job>, Vec<&Job>) =
        jobs.iter().partition(|job| job.kind == reactions::KIND);
    let handed_over = match events.as_slice() {
        [] => Ok(Vec::new()),
        events => bounded(reactions::fan_out(app, events, worker, now)).await,
    };
    let (reactions, not_handed_over) = match handed_over {
        Ok(reactions) => (reactions, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let all: Vec<&Job> = others.into_iter().chain(&reactions).collect();
    let runs = all.iter().map(|job| async move { run(app, job).await });
    let outcomes = futures::future::join_all(runs).await;
    let failed = not_handed_over
        .iter()
        .flat_map(|error| events.iter().map(move |job| (*job, error)));
    finish(app, worker, &all, &outcomes, failed.collect()).await?;
    Ok(jobs.len())
}

/// Removes what was done and puts back what failed.
async fn finish(
    app: &App,
    worker: &str,
    jobs: &[&Job],
    outcomes: &[Result<()>],
    mut failed: Vec<(&Job, &Error)>,
) -> Result<()> {
    let mut done = Vec::with_capacity(jobs.len());
    for (job, outcome) in jobs.iter().zip(outcomes) {
        match outcome {
            Ok(()) => done.push(*job),
            Err(error) => failed.push((job, error)),
        }
    }
    if done.is_empty() && failed.is_empty() {
        return Ok(());
    }
    let now = clock::now();
    let tx = app.db.write("jobs.finish").await?;
    for (job, error) in failed {
        put_back(&tx, job, worker, error, now).await?;
    }
    store::done(&tx, &done, worker).await?;
    tx.commit().await
}

async fn put_back(tx: &Tx, job: &Job, worker: &str, error: &Error, now: Instant) -> Result<()> {
    let wait = backoff(job.attempts, job.id.as_bytes().last().copied().unwrap_or(0));
    let again = wait.map(|wait| now.checked_add(wait).unwrap_or(now));
    let text = describe(error);
    tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts, error = text, "job failed");
    store::failed(tx, job, worker, &text, again, now).await
}

async fn run(app: &App, job: &Job) -> Result<()> {
    match app.jobs.handler(&job.kind) {
        // Called inside, so that one that panics before it waits is caught too.
        Some(handler) => bounded(async { handler(app, job, clock::now()).await }).await,
        None => Err(Error::internal(format!("no handler for '{}'", job.kind))),
    }
}

/// Panics and overtime are failures like any other.
async fn bounded<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let caught = AssertUnwindSafe(work).catch_unwind();
    match tokio::time::timeout(LEASE / 2, caught).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Error::internal("the handler panicked")),
        Err(_) => Err(Error::internal("the handler took longer than its lease")),
    }
}

/// The inner cause where there is one: this text is for administrators.
fn describe(error: &Error) -> String {
    let text = error
        .source
        .as_ref()
        .map_or_else(|| error.detail.clone(), ToString::to_string);
    text.chars().take(1000).collect()
}

/// Runs everything that is due at `now`, and what that brings, until nothing
/// is left: for commands and tests. Returns how many jobs ran.
///
/// # Errors
/// When the database does not answer.
pub async fn drain(app: &App) -> Result<usize> {
    let mut ran = 0;
    loop {
        let inside = work(app, "drain", Lane::Inside, clock::now()).await?;
        let count = inside + work(app, "drain", Lane::Outside, clock::now()).await?;
        if count == 0 {
            return Ok(ran);
        }
        ran += count;
    }
}
