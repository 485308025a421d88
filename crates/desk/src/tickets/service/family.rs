//! Child incidents are resolved with their parent.
//!
//! A few at once in the parent's own transaction; where there are more, a job
//! goes on until none is open.

use super::edit::{self, Edit};
use crate::tickets::store::{self, TicketRow};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::json;
use steward_db::{Tx, time::to_db};
use steward_domain::tickets::model::{Kind, Status};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, PermissionSet, Result};
use steward_platform::App;
use steward_platform::jobs::{self, Job, NewJob};
use uuid::Uuid;

/// Children resolved in one transaction.
const BATCH: u32 = 200;

/// Kind of the job that goes on.
pub(in crate::tickets) const KIND: &str = "incidents.resolve_children";

/// As [`edit::open`], but locks the children before: they are locked in the
/// order of the ids, parent included, as merging does, so that the two cannot
/// wait for each other.
pub(super) async fn open(
    app: &App,
    actor: &Actor,
    key: &str,
    if_match: Option<i64>,
    name: &'static str,
) -> Result<Edit> {
    let tx = app.db.write(name).await?;
    let seen = super::find(&tx, actor, key).await?;
    let mut family = store::open_child_incidents(&tx, seen.id, BATCH).await?;
    family.push(seen.id);
    family.sort_unstable();
    for id in family {
        store::lock(&tx, id).await?;
    }
    edit::load(tx, actor, key, if_match).await
}

/// Resolves the open child incidents of an incident that has been resolved.
pub(super) async fn resolve_children(
    mut tx: Tx,
    actor: &Actor,
    parent: &TicketRow,
    now: Instant,
) -> Result<Tx> {
    if parent.kind != Kind::Incident.as_str() {
        return Ok(tx);
    }
    let children = store::open_child_incidents(&tx, parent.id, BATCH.saturating_add(1)).await?;
    let batch = usize::try_from(BATCH).unwrap_or(usize::MAX);
    let organization = parent.organization_id.into();
    for child in children.iter().take(batch) {
        tx = resolve(tx, actor, organization, parent, *child, now).await?;
    }
    if children.len() > batch {
        let job = NewJob {
            organization_id: Some(organization),
            kind: KIND,
            payload: json!({"ticket_id": parent.id, "actor_id": actor.user_id.0}),
            run_at: now,
            dedupe_key: None,
        };
        jobs::enqueue(&tx, job, now).await?;
    }
    Ok(tx)
}

async fn resolve(
    tx: Tx,
    actor: &Actor,
    organization: OrganizationId,
    parent: &TicketRow,
    child: Uuid,
    now: Instant,
) -> Result<Tx> {
    let mut edit = edit::take(tx, organization, child).await?;
    let is_open = |status: Status| status.is_open();
    if !edit.before.status.parse().is_ok_and(is_open) {
        return Ok(edit.tx);
    }
    let note = parent.resolution_note.as_deref().unwrap_or_default();
    edit.after.status = Status::Resolved.as_str().to_owned();
    edit.after.hold_reason = None;
    edit.after.resolved_at = Some(to_db(now));
    edit.after
        .resolution_code
        .clone_from(&parent.resolution_code);
    edit.after.resolution_note = Some(format!("Resolved with {}: {note}", parent.number));
    // A child may have children of its own.
    Box::pin(edit.save(actor, now)).await
}

/// Goes on where a transaction left children open.
pub(in crate::tickets) fn go_on<'a>(
    app: &'a App,
    job: &'a Job,
    now: Instant,
) -> BoxFuture<'a, Result<()>> {
    async move {
        let id = |name: &str| -> Result<Uuid> {
            let text = job.payload.get(name).and_then(|v| v.as_str());
            text.and_then(|t| t.parse().ok())
                .ok_or_else(|| Error::internal(format!("job {} names no {name}", job.id)))
        };
        let organization = job
            .organization_id
            .ok_or_else(|| Error::internal(format!("job {} has no organization", job.id)))?;
        let actor = Actor {
            user_id: id("actor_id")?.into(),
            permissions: PermissionSet::default(),
            ..Actor::system(organization)
        };
        let tx = app.db.write("incidents.resolve_children").await?;
        let parent = store::by_id(&tx, organization, id("ticket_id")?).await?;
        let Some(parent) = parent.filter(|p| p.status == Status::Resolved.as_str()) else {
            return Ok(());
        };
        resolve_children(tx, &actor, &parent, now)
            .await?
            .commit()
            .await
    }
    .boxed()
}
