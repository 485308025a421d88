//! Throwing away heartbeats that are long over.

use super::service;
use futures::FutureExt;
use futures::future::BoxFuture;
use std::time::Duration;
use steward_kernel::{Instant, Result};
use steward_platform::App;
use steward_platform::jobs::{Job, Registry, Tick};

const KIND: &str = "presence.sweep";

/// Registers the sweep.
pub(super) fn register(registry: &mut Registry) {
    registry.handle(KIND, sweep);
    registry.tick(Tick {
        name: KIND,
        every: Duration::from_secs(600),
        kind: KIND,
    });
}

fn sweep<'a>(app: &'a App, _: &'a Job, now: Instant) -> BoxFuture<'a, Result<()>> {
    service::sweep(app, now).boxed()
}
