//! From one event to its reactions.

use super::registry::Job;
use super::{NewJob, attempt, store};
use crate::{App, clock, events};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use steward_db::Tx;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// Kind of the job that every event brings along.
pub(crate) const KIND: &str = "events.react";

/// The job that hands an event to its reactions.
pub(crate) fn job(
    organization: OrganizationId,
    event: Uuid,
    name: &'static str,
    now: Instant,
) -> NewJob {
    NewJob {
        organization_id: Some(organization),
        kind: KIND,
        payload: json!({"event_id": event, "event": name}),
        run_at: now,
        dedupe_key: None,
    }
}

/// Id of the event that a reaction was given.
///
/// # Errors
/// When the payload names none.
pub fn event_id(job: &Job) -> Result<Uuid> {
    let text = job.payload.get("event_id").and_then(|v| v.as_str());
    text.and_then(|t| t.parse().ok())
        .ok_or_else(|| Error::internal(format!("job {} names no event", job.id)))
}

/// A reaction that went wrong; it is tried again by itself.
#[derive(Debug)]
pub(super) struct Failed {
    kind: &'static str,
    event: Uuid,
    error: Error,
}

/// Hands the events of several jobs to their reactions; what came of each job, in their order.
pub(super) async fn run_all(app: &App, jobs: &[Job]) -> Vec<Result<Vec<Failed>>> {
    let done = together(app, jobs).await;
    let runs = jobs.iter().map(|job| run(app, job, &done));
    futures::future::join_all(runs).await
}

/// Kinds of reactions with events for which they are done.
type Done = BTreeSet<(&'static str, Uuid)>;

/// Runs the reactions that take several events at once. Where that fails nothing is done, so
/// that one bad event holds up only itself.
async fn together(app: &App, jobs: &[Job]) -> Done {
    let mut wanted: BTreeMap<&'static str, Vec<Uuid>> = BTreeMap::new();
    for job in jobs {
        let Some((event, name)) = event_id(job).ok().zip(event_name(job)) else {
            continue;
        };
        for kind in app.jobs.reactions(name) {
            wanted.entry(kind).or_default().push(event);
        }
    }
    let several = wanted.into_iter().filter(|(_, events)| events.len() > 1);
    let runs = several.map(|(kind, events)| async move {
        let handler = app.jobs.together(kind)?;
        let run = async {
            let found = events::find_all(&app.db, &events).await?;
            handler(app, &found, clock::now()).await
        };
        if let Err(error) = attempt::bounded(run).await {
            let error = attempt::describe(&error);
            tracing::warn!(kind, error, "a reaction is tried event by event");
            return None;
        }
        Some(events.into_iter().map(move |event| (kind, event)))
    });
    let done = futures::future::join_all(runs).await;
    done.into_iter().flatten().flatten().collect()
}

fn event_name(job: &Job) -> Option<&str> {
    job.payload.get("event").and_then(|name| name.as_str())
}

/// Runs the reactions to the event of `job` side by side, but for those that are done. Those
/// that fail do not hold up the others, nor are these run again because of them.
///
/// # Errors
/// When the job names no event, or the database does not answer.
async fn run(app: &App, job: &Job, done: &Done) -> Result<Vec<Failed>> {
    let event = event_id(job)?;
    let name = match event_name(job) {
        Some(name) => name.to_owned(),
        // Written before jobs told the name of their event.
        None => match events::find(&app.db, event).await? {
            Some(envelope) => envelope.name,
            None => return Ok(Vec::new()),
        },
    };
    let kinds = app.jobs.reactions(&name);
    let left = kinds.iter().filter(|kind| !done.contains(&(**kind, event)));
    let runs = left.map(|kind| async move {
        let reaction = Job {
            kind: (*kind).to_owned(),
            payload: json!({"event_id": event}),
            ..job.clone()
        };
        let error = attempt::call(app, &reaction).await.err()?;
        Some(Failed { kind, event, error })
    });
    let failed = futures::future::join_all(runs).await;
    Ok(failed.into_iter().flatten().collect())
}

/// Writes the job that tries a failed reaction again.
pub(super) async fn put_back(
    tx: &Tx,
    organization: Option<OrganizationId>,
    failed: &Failed,
    now: Instant,
) -> Result<()> {
    let Failed { kind, event, error } = failed;
    let again = attempt::again(1, *event, now);
    let job = NewJob {
        organization_id: organization,
        kind,
        payload: json!({"event_id": event}),
        run_at: again.unwrap_or(now),
        dedupe_key: Some(format!("{kind}:{event}")),
    };
    let text = attempt::describe(error);
    tracing::warn!(%event, kind, error = text, "reaction failed");
    store::insert_tried(tx, job, &text, now).await
}
