//! Reactions to events of tickets.

use super::service;
use futures::FutureExt;
use futures::future::BoxFuture;
use steward_kernel::{Envelope, Instant, Result};
use steward_platform::App;
use steward_platform::jobs::{Job, Registry, event_id};

const NOTIFY: &str = "notifications.notify";
const TELL_NAMED: &str = "notifications.tell_named";

/// Names the handlers and what wakes them.
pub(crate) fn register(registry: &mut Registry) {
    registry.handle(NOTIFY, notify);
    registry.handle_together(NOTIFY, notify_all);
    registry.react("ticket.created", NOTIFY);
    registry.react("ticket.updated", NOTIFY);
    registry.handle(TELL_NAMED, tell_named);
    for event in [
        "ticket.escalated",
        "sla.threshold_reached",
        "sla.breached",
        "sla.reminded",
    ] {
        registry.react(event, TELL_NAMED);
    }
}

fn tell_named<'a>(app: &'a App, job: &'a Job, now: Instant) -> BoxFuture<'a, Result<()>> {
    async move { service::tell_named(app, event_id(job)?, now).await }.boxed()
}

fn notify_all<'a>(app: &'a App, events: &'a [Envelope], now: Instant) -> BoxFuture<'a, Result<()>> {
    async move { service::notify_all(app, events, now).await }.boxed()
}

fn notify<'a>(app: &'a App, job: &'a Job, now: Instant) -> BoxFuture<'a, Result<()>> {
    async move { service::notify(app, event_id(job)?, now).await }.boxed()
}
