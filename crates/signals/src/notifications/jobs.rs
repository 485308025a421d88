//! Reactions to events of tickets.

use super::service;
use futures::FutureExt;
use futures::future::BoxFuture;
use steward_kernel::{Instant, Result};
use steward_platform::App;
use steward_platform::jobs::{Job, Registry, event_id};

const NOTIFY: &str = "notifications.notify";

/// Names the handlers and what wakes them.
pub(crate) fn register(registry: &mut Registry) {
    registry.handle(NOTIFY, notify);
    registry.react("ticket.created", NOTIFY);
    registry.react("ticket.updated", NOTIFY);
}

fn notify<'a>(app: &'a App, job: &'a Job, now: Instant) -> BoxFuture<'a, Result<()>> {
    async move { service::notify(app, event_id(job)?, now).await }.boxed()
}
