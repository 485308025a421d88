//! From one event to one job per reaction.

use super::registry::Job;
use super::{NewJob, store};
use crate::{App, events};
use serde_json::json;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// Kind of the job that every event brings along.
pub(crate) const KIND: &str = "events.react";

/// The job that hands `event` to its reactions.
pub(crate) fn job(
    organization: steward_kernel::id::OrganizationId,
    event: Uuid,
    now: Instant,
) -> NewJob {
    NewJob {
        organization_id: Some(organization),
        kind: KIND,
        payload: json!({"event_id": event}),
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

/// Hands the events of `jobs` over: writes one job per reaction, each of which
/// fails and is retried by itself, and removes `jobs`, all in one transaction.
/// Returns what was written: this worker has it already.
pub(super) async fn fan_out(
    app: &App,
    jobs: &[&Job],
    worker: &str,
    now: Instant,
) -> Result<Vec<Job>> {
    let ids: Vec<Uuid> = jobs.iter().filter_map(|job| event_id(job).ok()).collect();
    let mut reactions = Vec::new();
    for event in events::announced(&app.db, &ids).await? {
        for kind in app.jobs.reactions(&event.name) {
            reactions.push(NewJob {
                organization_id: Some(event.organization_id.into()),
                kind,
                payload: json!({"event_id": event.id}),
                run_at: now,
                dedupe_key: Some(format!("{kind}:{}", event.id)),
            });
        }
    }
    let tx = app.db.write("jobs.fan_out").await?;
    let taken = store::insert_taken(&tx, reactions, worker, now).await?;
    store::done(&tx, jobs, worker).await?;
    tx.commit().await?;
    Ok(taken)
}
