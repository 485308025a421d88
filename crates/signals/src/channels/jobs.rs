//! Looking for messages whose time has come, and sending them.

use super::service;
use futures::FutureExt;
use std::time::Duration;
use steward_platform::jobs::{Registry, Watch};

/// Kind of the job that sends one message.
pub(super) const SEND: &str = "channels.send";

/// Names the look and the handler.
pub(crate) fn register(registry: &mut Registry) {
    registry.watch(Watch {
        name: "channels.look",
        every: Duration::from_secs(5),
        run: |app, now| service::send_due(app, now).boxed(),
    });
    registry.handle(SEND, |app, job, now| {
        service::deliver(app, job, now).boxed()
    });
}
