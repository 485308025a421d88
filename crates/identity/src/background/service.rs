//! Use cases of background work.

use super::dto::{
    JobCountView, JobCounts, JobQuery, JobReference, JobState, JobView, Jobs, Retried, RetryInput,
};
use crate::users::service::require;
use steward_domain::identity::events::DirectoryEvent;
use steward_kernel::id::OrganizationId;
use steward_kernel::page::PageRequest;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::page::{self, Cursor};
use steward_platform::jobs::{self, rules::MAX_ATTEMPTS};
use steward_platform::{App, events};
use uuid::Uuid;

/// Jobs that are set going again at once.
const RETRIED_AT_ONCE: u32 = 1_000;

/// Whose jobs the actor looks after: one organization's, or everyone's.
fn reach(actor: &Actor) -> Result<Option<OrganizationId>> {
    if actor.is_operator {
        return Ok(None);
    }
    require(actor, "job:manage")?;
    Ok(Some(actor.organization_id))
}

/// A page of jobs.
pub(super) async fn list(app: &App, actor: &Actor, query: JobQuery) -> Result<Jobs> {
    let mut organization = reach(actor)?;
    if let Some(id) = query.organization_id {
        if organization.is_some_and(|own| own.0 != id) {
            return Err(Error::not_found("organization", id));
        }
        organization = Some(OrganizationId(id));
    }
    check_kind(query.kind.as_deref())?;
    let request = PageRequest::new(None, query.per_page, None)?;
    let after = query.cursor.as_deref().map(position).transpose()?;
    let wanted = jobs::Wanted {
        organization,
        state: query.state.unwrap_or(JobState::Dead).as_str(),
        kind: query.kind.as_deref(),
    };
    let mut rows = jobs::list(&app.db, wanted, after, request.per_page + 1).await?;
    let next_cursor = page::cut(&mut rows, request.per_page, |job| {
        Cursor::at(job.run_at, job.id)
    });
    Ok(Jobs {
        data: rows.into_iter().map(view).collect(),
        next_cursor,
    })
}

fn check_kind(kind: Option<&str>) -> Result<()> {
    let length = kind.map_or(1, |kind| kind.chars().count());
    if (1..=100).contains(&length) {
        return Ok(());
    }
    Err(Error::field("kind", "length", "write 1 to 100 characters"))
}

fn position(text: &str) -> Result<(Instant, Uuid)> {
    let cursor = Cursor::decode(text)?;
    let at = cursor.key.parse().ok();
    let at = at.and_then(|us| Instant::from_microsecond(us).ok());
    let unknown = || Error {
        code: ErrorCode::ResourceNotFound,
        ..Error::field("cursor", "unknown", "use next_cursor of an earlier answer")
    };
    Ok((at.ok_or_else(unknown)?, cursor.id))
}

/// What may be shown: of the payload only the ids.
fn view(job: jobs::JobView) -> JobView {
    let fields = job.payload.as_object().into_iter().flatten();
    let references = fields.filter_map(|(name, value)| {
        Some(JobReference {
            name: name.clone(),
            id: value.as_str()?.parse().ok()?,
        })
    });
    JobView {
        references: references.collect(),
        id: job.id,
        organization_id: job.organization_id,
        kind: job.kind,
        state: state(&job.state),
        is_running: job.is_running,
        attempts: job.attempts,
        max_attempts: MAX_ATTEMPTS,
        run_at: job.run_at,
        created_at: job.created_at,
        last_error: job.last_error,
    }
}

fn state(text: &str) -> JobState {
    if text == "dead" {
        JobState::Dead
    } else {
        JobState::Ready
    }
}

/// Jobs by state and kind.
pub(super) async fn counts(app: &App, actor: &Actor) -> Result<JobCounts> {
    let organization = reach(actor)?;
    let mut data = Vec::new();
    let mut is_capped = false;
    for state in [JobState::Ready, JobState::Dead] {
        let found = jobs::counts(&app.db, organization, state.as_str()).await?;
        let seen: i64 = found.iter().map(|count| count.count).sum();
        is_capped |= seen >= i64::from(jobs::COUNTED);
        data.extend(found.into_iter().map(|count| JobCountView {
            state,
            kind: count.kind,
            count: count.count,
        }));
    }
    Ok(JobCounts { data, is_capped })
}

/// One job.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<JobView> {
    let found = jobs::find(&app.db, reach(actor)?, id).await?;
    found.map(view).ok_or_else(|| Error::not_found("job", id))
}

/// Gives a dead job another full set of tries.
pub(super) async fn retry(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<JobView> {
    let organization = reach(actor)?;
    let before = get(app, actor, id).await?;
    let tx = app.db.write("jobs.retry").await?;
    if !jobs::retry(&tx, organization, id, now).await? {
        return Err(not_dead(id));
    }
    let after = jobs::find(&tx, organization, id).await?;
    let event = event("job.retried", id, before.kind);
    events::publish(&tx, actor, id, &event, now).await?;
    tx.commit().await?;
    after.map(view).ok_or_else(|| Error::not_found("job", id))
}

/// Gives dead jobs another full set of tries.
pub(super) async fn retry_all(
    app: &App,
    actor: &Actor,
    input: RetryInput,
    now: Instant,
) -> Result<Retried> {
    let organization = reach(actor)?;
    let kind = input.kind.as_deref();
    check_kind(kind)?;
    let tx = app.db.write("jobs.retry_all").await?;
    let retried = jobs::retry_all(&tx, organization, kind, RETRIED_AT_ONCE, now).await?;
    if retried > 0 {
        let of = actor.organization_id.0;
        let what = format!("{retried} {}", kind.unwrap_or("of any kind"));
        events::publish(&tx, actor, of, &event("jobs.retried", of, what), now).await?;
    }
    tx.commit().await?;
    Ok(Retried { retried })
}

/// Drops a dead job.
pub(super) async fn discard(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<()> {
    let organization = reach(actor)?;
    let before = get(app, actor, id).await?;
    let tx = app.db.write("jobs.discard").await?;
    if !jobs::discard(&tx, organization, id).await? {
        return Err(not_dead(id));
    }
    let event = event("job.discarded", id, before.kind);
    events::publish(&tx, actor, id, &event, now).await?;
    tx.commit().await
}

fn event(name: &'static str, id: Uuid, what: String) -> DirectoryEvent {
    DirectoryEvent {
        name,
        id,
        changes: vec![what],
    }
}

fn not_dead(id: Uuid) -> Error {
    Error::new(
        ErrorCode::ResourceConflict,
        format!("job {id} is not dead: it waits for its next try or runs"),
    )
}
