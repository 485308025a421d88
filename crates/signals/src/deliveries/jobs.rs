//! Looking for mail whose time has come.

use super::service;
use futures::FutureExt;
use std::time::Duration;
use steward_platform::jobs::{Registry, Watch};

/// Names the look.
pub(crate) fn register(registry: &mut Registry) {
    registry.watch(Watch {
        name: "deliveries.send",
        every: Duration::from_secs(5),
        run: |app, now| service::send_due(app, now).boxed(),
    });
}
