//! Removing what is too old, once a day.

use super::service;
use futures::FutureExt;
use std::time::Duration;
use steward_platform::jobs::{Registry, Tick};

/// Kind of the job that removes what is too old of one organization.
pub(super) const CLEAN: &str = "retention.clean";
const DAILY: &str = "retention.daily";

/// Names the handlers and when they run.
pub(crate) fn register(registry: &mut Registry) {
    registry.handle(DAILY, |app, _, now| service::daily(app, now).boxed());
    registry.handle(CLEAN, |app, job, now| service::clean(app, job, now).boxed());
    registry.tick(Tick {
        name: DAILY,
        every: Duration::from_secs(24 * 3600),
        kind: DAILY,
    });
}
