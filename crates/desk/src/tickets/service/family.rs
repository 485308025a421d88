//! Child incidents are resolved with their parent, and put back with it.
//!
//! A few at once in the parent's own transaction; where there are more, a job
//! goes on until none is left.

use super::before::{self, Before};
use super::edit::{self, Edit};
use crate::tickets::store::{self, TicketRow};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use steward_db::{Tx, time::to_db};
use steward_domain::tickets::model::{Kind, Status};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, PermissionSet, Result};
use steward_platform::App;
use steward_platform::jobs::{self, Job, NewJob};
use uuid::Uuid;

/// Children resolved in one transaction.
const BATCH: u32 = 200;

/// Kind of the job that goes on resolving.
pub(in crate::tickets) const RESOLVE: &str = "incidents.resolve_children";
/// Kind of the job that goes on putting back.
pub(in crate::tickets) const PUT_BACK: &str = "incidents.put_back_children";

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
    lock_open(&tx, seen.id).await?;
    edit::load(tx, actor, key, if_match).await
}

async fn lock_open(tx: &Tx, parent: Uuid) -> Result<()> {
    let children = store::open_child_incidents(tx, parent, BATCH).await?;
    lock(tx, parent, children).await
}

/// Locks a parent and the children that were resolved by the actor's change to `version`.
pub(super) async fn lock_resolved(
    tx: &Tx,
    actor: &Actor,
    parent: Uuid,
    version: i64,
) -> Result<()> {
    let children = store::undos_of_children(tx, actor, (parent, version), BATCH).await?;
    lock(tx, parent, children.into_iter().map(|(id, _)| id).collect()).await
}

async fn lock(tx: &Tx, parent: Uuid, mut family: Vec<Uuid>) -> Result<()> {
    family.push(parent);
    family.sort_unstable();
    for id in family {
        store::lock(tx, id).await?;
    }
    Ok(())
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
            kind: RESOLVE,
            payload: json!({"ticket_id": parent.id, "actor_id": actor.user_id.0}),
            run_at: now,
            dedupe_key: None,
        };
        jobs::enqueue(&tx, job, now).await?;
    }
    Ok(tx)
}

/// Puts back the children that were resolved by the actor's change of their parent to `version`
/// and that nobody has touched since.
pub(super) async fn put_back_children(
    mut tx: Tx,
    actor: &Actor,
    parent: Uuid,
    version: i64,
    now: Instant,
) -> Result<Tx> {
    let limit = BATCH.saturating_add(1);
    let children = store::undos_of_children(&tx, actor, (parent, version), limit).await?;
    let batch = usize::try_from(BATCH).unwrap_or(usize::MAX);
    let is_more = children.len() > batch;
    for (child, before) in children.into_iter().take(batch) {
        store::drop_undo(&tx, child).await?;
        let before = serde_json::from_value(before).map_err(Error::internal)?;
        tx = put_back_child(tx, actor, before, now).await?;
    }
    if is_more {
        let payload = json!({"ticket_id": parent, "version": version, "actor_id": actor.user_id.0});
        let job = NewJob {
            organization_id: Some(actor.organization_id),
            kind: PUT_BACK,
            payload,
            run_at: now,
            dedupe_key: None,
        };
        jobs::enqueue(&tx, job, now).await?;
    }
    Ok(tx)
}

/// Puts back what a change of its parent replaced in a ticket that nobody has touched since; one
/// that somebody has stays as it is. Returns the transaction.
async fn put_back_child(tx: Tx, actor: &Actor, before: Before, now: Instant) -> Result<Tx> {
    let (id, version) = (before.id, before.version);
    let mut edit = edit::take(tx, actor.organization_id, id).await?;
    if edit.before.version != version {
        return Ok(edit.tx);
    }
    // A child may have children of its own.
    let children = put_back_children(edit.tx, actor, id, version, now);
    edit.tx = Box::pin(children).await?;
    before::restore(edit, actor, before)
        .await?
        .save(actor, now)
        .await
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
    before::keep(&edit, actor, Some((parent.id, parent.version)), now).await?;
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
        let (ticket, actor) = named(job)?;
        let tx = app.db.write(RESOLVE).await?;
        lock_open(&tx, ticket).await?;
        let parent = store::by_id(&tx, actor.organization_id, ticket).await?;
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

/// Goes on where a transaction left children to be put back.
pub(in crate::tickets) fn go_on_putting_back<'a>(
    app: &'a App,
    job: &'a Job,
    now: Instant,
) -> BoxFuture<'a, Result<()>> {
    async move {
        let (ticket, actor) = named(job)?;
        let version = job.payload.get("version").and_then(Value::as_i64);
        let version =
            version.ok_or_else(|| Error::internal(format!("job {} names no version", job.id)))?;
        let tx = app.db.write(PUT_BACK).await?;
        lock_resolved(&tx, &actor, ticket, version).await?;
        put_back_children(tx, &actor, ticket, version, now)
            .await?
            .commit()
            .await
    }
    .boxed()
}

/// The parent that a job is about, and whose change it goes on with.
fn named(job: &Job) -> Result<(Uuid, Actor)> {
    let id = |name: &str| -> Result<Uuid> {
        let text = job.payload.get(name).and_then(Value::as_str);
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
    Ok((id("ticket_id")?, actor))
}
