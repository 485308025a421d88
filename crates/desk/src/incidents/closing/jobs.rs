//! The job that closes.

use super::service;
use futures::FutureExt;
use futures::future::BoxFuture;
use std::time::Duration;
use steward_kernel::{Instant, Result};
use steward_platform::App;
use steward_platform::jobs::{Job, Registry, Tick};

/// Names the background work of closing.
pub(crate) fn register(registry: &mut Registry) {
    registry.handle("tickets.auto_close", close);
    registry.tick(Tick {
        name: "tickets.auto_close",
        every: Duration::from_secs(60),
        kind: "tickets.auto_close",
    });
}

fn close<'a>(app: &'a App, _: &'a Job, now: Instant) -> BoxFuture<'a, Result<()>> {
    async move { service::close_due(app, now).await.map(drop) }.boxed()
}
