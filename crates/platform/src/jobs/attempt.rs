//! One try at a job.

use super::LEASE;
use super::registry::Job;
use super::rules::backoff;
use crate::{App, clock};
use futures::FutureExt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// Runs the handler of a job.
pub(super) async fn call(app: &App, job: &Job) -> Result<()> {
    match app.jobs.handler(&job.kind) {
        // Called inside, so that one that panics before it waits is caught too.
        Some(handler) => bounded(async { handler(app, job, clock::now()).await }).await,
        None => Err(Error::internal(format!("no handler for '{}'", job.kind))),
    }
}

/// Panics and overtime are failures like any other.
pub(super) async fn bounded<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let caught = AssertUnwindSafe(work).catch_unwind();
    match tokio::time::timeout(LEASE / 2, caught).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Error::internal("the handler panicked")),
        Err(_) => Err(Error::internal("the handler took longer than its lease")),
    }
}

/// The inner cause where there is one: this text is for administrators.
pub(super) fn describe(error: &Error) -> String {
    let text = error
        .source
        .as_ref()
        .map_or_else(|| error.detail.clone(), ToString::to_string);
    text.chars().take(1000).collect()
}

/// When something that failed is tried again; never after its last try.
pub(super) fn again(attempts: i32, id: Uuid, now: Instant) -> Option<Instant> {
    let wait = backoff(attempts, id.as_bytes().last().copied().unwrap_or(0))?;
    Some(now.checked_add(wait).unwrap_or(now))
}
