//! Working on what arrived, and forgetting what never arrived whole.

use super::service;
use futures::FutureExt;
use std::time::Duration;
use steward_platform::jobs::{Registry, Tick};

/// Kind of the job that works on one message.
pub(super) const PROCESS: &str = "mailboxes.process";
/// Kind of the job that fetches what is new in one mailbox.
pub(super) const FETCH: &str = "mailboxes.fetch";
const POLL: &str = "mailboxes.poll";
const SWEEP: &str = "mailboxes.sweep";

/// Names the handlers.
pub(crate) fn register(registry: &mut Registry) {
    registry.handle(PROCESS, |app, job, now| {
        service::process(app, job, now).boxed()
    });
    registry.handle(SWEEP, |app, _, now| service::sweep(app, now).boxed());
    registry.handle(FETCH, |app, job, now| service::fetch(app, job, now).boxed());
    registry.handle(POLL, |app, _, now| service::poll(app, now).boxed());
    registry.tick(Tick {
        name: POLL,
        every: Duration::from_secs(60),
        kind: POLL,
    });
    registry.tick(Tick {
        name: SWEEP,
        every: Duration::from_secs(3600),
        kind: SWEEP,
    });
}
