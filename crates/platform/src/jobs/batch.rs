//! Batches of jobs: claimed, run side by side, written down with the next claim.

use super::registry::Job;
use super::{Lane, attempt, reactions, store};
use crate::{App, clock};
use steward_db::Tx;
use steward_kernel::{Error, Instant, Result};

/// Jobs taken at once.
pub(super) const BATCH: u32 = 32;

/// One lane in the hands of a worker.
#[derive(Debug)]
pub(super) struct Hands {
    worker: String,
    lane: Lane,
    /// What the last batch came to; written down with the next claim.
    ended: Vec<Ended>,
}

#[derive(Debug)]
struct Ended {
    job: Job,
    outcome: Outcome,
}

/// What came of a job.
#[derive(Debug)]
enum Outcome {
    Done,
    /// An event was handed over; these of its reactions went wrong.
    HandedOver(Vec<reactions::Failed>),
    Failed(Error),
}

impl Hands {
    pub(super) fn new(worker: &str, lane: Lane) -> Self {
        Self {
            worker: worker.to_owned(),
            lane,
            ended: Vec::new(),
        }
    }

    /// Writes down what the last batch came to, takes the next one in the same
    /// transaction, and runs its jobs side by side. Returns how many.
    pub(super) async fn turn(&mut self, app: &App, now: Instant) -> Result<usize> {
        let is_due = store::is_due(&app.db, self.lane, now).await?;
        if !is_due && self.ended.is_empty() {
            return Ok(0);
        }
        let ended = std::mem::take(&mut self.ended);
        let tx = app.db.write("jobs.turn").await?;
        write_down(&tx, &self.worker, &ended, clock::now()).await?;
        let jobs = if is_due {
            store::claim(&tx, &self.worker, self.lane, BATCH, now).await?
        } else {
            Vec::new()
        };
        tx.commit().await?;
        self.ended = run_all(app, jobs).await;
        Ok(self.ended.len())
    }

    /// Writes down what is left of the last batch, before the worker ends.
    pub(super) async fn finish(self, app: &App) {
        if self.ended.is_empty() {
            return;
        }
        let written = async {
            let tx = app.db.write("jobs.finish").await?;
            write_down(&tx, &self.worker, &self.ended, clock::now()).await?;
            tx.commit().await
        };
        if let Err(error) = written.await {
            tracing::warn!(error = ?error.source, detail = %error.detail, "finished jobs will run once more");
        }
    }
}

/// Removes what was done and puts back what failed.
async fn write_down(tx: &Tx, worker: &str, ended: &[Ended], now: Instant) -> Result<()> {
    let mut done = Vec::with_capacity(ended.len());
    for Ended { job, outcome } in ended {
        match outcome {
            Outcome::Done => done.push(job),
            Outcome::HandedOver(failed) => {
                done.push(job);
                for failed in failed {
                    reactions::put_back(tx, job.organization_id, failed, now).await?;
                }
            }
            Outcome::Failed(error) => put_back(tx, job, worker, error, now).await?,
        }
    }
    store::done(tx, &done, worker).await
}

async fn put_back(tx: &Tx, job: &Job, worker: &str, error: &Error, now: Instant) -> Result<()> {
    let text = attempt::describe(error);
    tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts, error = text, "job failed");
    let again = attempt::again(job.attempts, job.id, now);
    store::failed(tx, job, worker, &text, again, now).await
}

async fn run_all(app: &App, jobs: Vec<Job>) -> Vec<Ended> {
    let is_event = |job: &Job| job.kind == reactions::KIND;
    let (events, others): (Vec<Job>, Vec<Job>) = jobs.into_iter().partition(is_event);
    let runs = others.into_iter().map(|job| async move {
        let done = attempt::call(app, &job).await;
        ended(job, done.map(|()| Outcome::Done))
    });
    let runs = futures::future::join_all(runs);
    let (handed, mut all) = tokio::join!(reactions::run_all(app, &events), runs);
    let handed = events.into_iter().zip(handed);
    all.extend(handed.map(|(job, failed)| ended(job, failed.map(Outcome::HandedOver))));
    all
}

fn ended(job: Job, outcome: Result<Outcome>) -> Ended {
    let outcome = outcome.unwrap_or_else(Outcome::Failed);
    Ended { job, outcome }
}
