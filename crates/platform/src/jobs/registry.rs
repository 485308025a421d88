//! Which code runs which job. Built once by the server's wiring.

use crate::App;
use crate::letters::Take;
use futures::future::BoxFuture;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Envelope, Instant, Result};
use uuid::Uuid;

/// A claimed job.
#[derive(Debug, Clone)]
pub struct Job {
    /// Id.
    pub id: Uuid,
    /// The tenant, if it belongs to one.
    pub organization_id: Option<OrganizationId>,
    /// Handler's name.
    pub kind: String,
    /// What it was given.
    pub payload: Value,
    /// Number of this try, from 1.
    pub attempts: i32,
}

/// Runs a job: `fn(app, job, now)`. An error means: try again later.
pub type Handler = for<'a> fn(&'a App, &'a Job, Instant) -> BoxFuture<'a, Result<()>>;

/// Reacts to several events at once: `fn(app, events, now)`. An error means that nothing
/// may have been done: each is then tried by itself.
pub type Together = for<'a> fn(&'a App, &'a [Envelope], Instant) -> BoxFuture<'a, Result<()>>;

/// Housekeeping that is due again and again.
#[derive(Debug, Clone, Copy)]
pub struct Tick {
    /// Name; one tick runs once per interval in the whole deployment.
    pub name: &'static str,
    /// Interval.
    pub every: Duration,
    /// Handler that runs.
    pub kind: &'static str,
}

/// Looks for what is due and does it: `fn(app, now)`. Returns how much was.
pub type Look = for<'a> fn(&'a App, Instant) -> BoxFuture<'a, Result<usize>>;

/// Something whose due instants stand in a table of its own. Every node looks;
/// what it finds it must take in the transaction that does it.
#[derive(Debug, Clone, Copy)]
pub struct Watch {
    /// Name, for the log.
    pub name: &'static str,
    /// Pause between two looks.
    pub every: Duration,
    /// One indexed query when nothing is due.
    pub run: Look,
}

/// Handlers by kind of job, reactions by name of event, ticks.
#[derive(Debug, Default)]
pub struct Registry {
    handlers: BTreeMap<&'static str, Handler>,
    together: BTreeMap<&'static str, Together>,
    reactions: BTreeMap<&'static str, Vec<&'static str>>,
    ticks: Vec<Tick>,
    watches: Vec<Watch>,
    letters: Option<Take>,
}

impl Registry {
    /// Names the handler of a kind of job.
    pub fn handle(&mut self, kind: &'static str, handler: Handler) {
        self.handlers.insert(kind, handler);
    }

    /// Names what does a kind of reaction for several events at once, which costs less than one
    /// after the other. It must do the same as the handler of the kind.
    pub fn handle_together(&mut self, kind: &'static str, together: Together) {
        self.together.insert(kind, together);
    }

    /// Runs `kind` with `{"event_id": …}` for each event called `event`.
    pub fn react(&mut self, event: &'static str, kind: &'static str) {
        self.reactions.entry(event).or_default().push(kind);
    }

    /// Runs `tick.kind` every `tick.every`.
    pub fn tick(&mut self, tick: Tick) {
        self.ticks.push(tick);
    }

    /// Looks for what is due every `watch.every`.
    pub fn watch(&mut self, watch: Watch) {
        self.watches.push(watch);
    }

    /// Names what takes letters.
    pub fn take_letters(&mut self, take: Take) {
        self.letters = Some(take);
    }

    /// What takes letters, if a module does.
    #[must_use]
    pub const fn letters(&self) -> Option<Take> {
        self.letters
    }

    pub(super) fn watches(&self) -> &[Watch] {
        &self.watches
    }

    pub(super) fn handler(&self, kind: &str) -> Option<Handler> {
        self.handlers.get(kind).copied()
    }

    pub(super) fn together(&self, kind: &str) -> Option<Together> {
        self.together.get(kind).copied()
    }

    pub(crate) fn reactions(&self, event: &str) -> &[&'static str] {
        self.reactions.get(event).map_or(&[], Vec::as_slice)
    }

    pub(super) fn ticks(&self) -> &[Tick] {
        &self.ticks
    }
}
