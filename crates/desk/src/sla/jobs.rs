//! The reconciler: looks again and again at what is due.

use super::service::act;
use futures::FutureExt;
use futures::future::BoxFuture;
use std::time::Duration;
use steward_kernel::{Instant, Result};
use steward_platform::App;
use steward_platform::jobs::{Registry, Watch};

/// Names the background work of service levels.
pub(crate) fn register(registry: &mut Registry) {
    registry.watch(Watch {
        name: "sla.act",
        every: Duration::from_millis(500),
        run: due,
    });
}

fn due(app: &App, now: Instant) -> BoxFuture<'_, Result<usize>> {
    act::act(app, now).boxed()
}
