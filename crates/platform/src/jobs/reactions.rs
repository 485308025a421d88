//! From one event to one job per reaction.

use super::registry::Job;
use super::{NewJob, enqueue};
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

/// Writes one job per reaction; each fails and is retried by itself.
pub(super) async fn fan_out(app: &App, job: &Job, now: Instant) -> Result<()> {
    let id = event_id(job)?;
    let Some(event) = events::find(&app.db, id).await? else {
        return Ok(());
    };
    let kinds = app.jobs.reactions(&event.name);
    if kinds.is_empty() {
        return Ok(());
    }
    let tx = app.db.write("jobs.fan_out").await?;
    for kind in kinds {
        let reaction = NewJob {
            organization_id: Some(event.organization_id),
            kind,
            payload: json!({"event_id": id}),
            run_at: now,
            dedupe_key: Some(format!("{kind}:{id}")),
        };
        enqueue(&tx, reaction, now).await?;
    }
    tx.commit().await
}
