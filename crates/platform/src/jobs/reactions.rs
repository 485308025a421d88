//! From one event to its reactions.

use super::registry::Job;
use super::{NewJob, attempt, store};
use crate::{App, events};
use serde_json::json;
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

/// Runs the reactions to the event of `job` side by side. Those that fail do
/// not hold up the others, nor are these run again because of them.
///
/// # Errors
/// When the job names no event, or the database does not answer.
pub(super) async fn run(app: &App, job: &Job) -> Result<Vec<Failed>> {
    let event = event_id(job)?;
    let name = match job.payload.get("event").and_then(|name| name.as_str()) {
        Some(name) => name.to_owned(),
        // Written before jobs told the name of their event.
        None => match events::find(&app.db, event).await? {
            Some(envelope) => envelope.name,
            None => return Ok(Vec::new()),
        },
    };
    let kinds = app.jobs.reactions(&name);
    let runs = kinds.iter().map(|kind| async move {
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
