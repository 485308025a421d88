//! Forgetting what was sent long ago.

use super::service;
use futures::FutureExt;
use futures::future::BoxFuture;
use std::time::Duration;
use steward_kernel::{Instant, Result};
use steward_platform::App;
use steward_platform::jobs::{Job, Registry, Tick};

const FORGET: &str = "webhooks.forget";

/// Names the handler and when it runs.
pub(crate) fn register(registry: &mut Registry) {
    registry.handle(FORGET, forget);
    registry.tick(Tick {
        name: FORGET,
        every: Duration::from_secs(3600),
        kind: FORGET,
    });
}

fn forget<'a>(app: &'a App, _: &'a Job, now: Instant) -> BoxFuture<'a, Result<()>> {
    async move { service::forget(app, now).await }.boxed()
}
