//! The worker: looks for what is due, again and again.

use super::batch::{BATCH, Hands};
use super::registry::Tick;
use super::{Lane, NewJob, enqueue, store};
use crate::{App, clock};
use futures::FutureExt;
use serde_json::json;
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use steward_kernel::{Instant, Result};
use tokio_util::sync::CancellationToken;

/// Longest pause between two looks at a tick.
const LOOK: Duration = Duration::from_secs(10);
/// How often the table is looked at when nothing wakes the worker.
const POLL: Duration = Duration::from_millis(500);

/// Pause before a turn, so that what comes in a burst is done together: a turn costs a
/// transaction, however many jobs it takes.
const GATHER: Duration = Duration::from_millis(25);

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
        let (app, stop) = (self.app.clone(), self.stop.clone());
        let mut inside = Hands::new(&self.name, Lane::Inside);
        let mut outside = Hands::new(&self.name, Lane::Outside);
        let outside_work = again_and_again(
            &stop,
            async || app.db.outside_work_arrived().await,
            async || outside.turn(&app, clock::now()).await,
        );
        let inside_work = again_and_again(
            &stop,
            async || app.db.work_arrived().await,
            async || self.turn(&mut inside).await,
        );
        tokio::join!(inside_work, outside_work);
        inside.finish(&app).await;
        outside.finish(&app).await;
    }

    async fn turn(&mut self, hands: &mut Hands) -> Result<usize> {
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
        Ok(watched + hands.turn(&self.app, now).await?)
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

/// Turns until told to stop: at once after a turn that had its hands full, shortly after one
/// that found something, else when something arrived or a while has passed.
async fn again_and_again(
    stop: &CancellationToken,
    arrived: impl AsyncFn(),
    mut turn: impl AsyncFnMut() -> Result<usize>,
) {
    while !stop.is_cancelled() {
        let count = turn().await.unwrap_or_else(|error| {
            tracing::warn!(error = ?error.source, detail = %error.detail, "background work cannot be read");
            0
        });
        if u32::try_from(count).is_ok_and(|count| count < BATCH) {
            let pause = async {
                if count == 0 {
                    tokio::select! {
                        () = arrived() => {}
                        () = tokio::time::sleep(POLL) => {}
                    }
                }
                tokio::time::sleep(GATHER).await;
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = pause => {}
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

/// Runs everything that is due at `now`, and what that brings, until nothing
/// is left: for commands and tests. Returns how many jobs ran.
///
/// # Errors
/// When the database does not answer.
pub async fn drain(app: &App) -> Result<usize> {
    let mut inside = Hands::new("drain", Lane::Inside);
    let mut outside = Hands::new("drain", Lane::Outside);
    let mut ran = 0;
    loop {
        let count = inside.turn(app, clock::now()).await? + outside.turn(app, clock::now()).await?;
        if count == 0 {
            return Ok(ran);
        }
        ran += count;
    }
}
