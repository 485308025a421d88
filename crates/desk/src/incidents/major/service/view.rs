//! From rows to answers.

use super::{facts, refuse_other_kinds};
use crate::incidents::major::dto::{
    ChildCounts, MajorView, ReviewActionInput, ReviewActionView, ReviewView, UpdateView,
};
use crate::incidents::major::store::{self, Named, ReviewRow};
use crate::tickets::TicketRow;
use crate::tickets::dto::{ActionView, Reference};
use crate::tickets::service::{self as tickets, Edit};
use steward_db::{Executor, time::from_db};
use steward_domain::incidents::major;
use steward_domain::tickets::policy;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// The major incident that an incident is or was.
pub(in crate::incidents::major) async fn get(
    app: &App,
    actor: &Actor,
    key: &str,
) -> Result<MajorView> {
    let ticket = tickets::find(&app.db, actor, key).await?;
    refuse_other_kinds(&ticket, key)?;
    view(&app.db, actor, &ticket).await
}

/// Saves, commits, and shows the major incident as it is now.
pub(super) async fn finish(edit: Edit, actor: &Actor, now: Instant) -> Result<MajorView> {
    let after = edit.after.clone();
    let tx = edit.save(actor, now).await?;
    let view = view(&tx, actor, &after).await?;
    tx.commit().await?;
    Ok(view)
}

async fn view<E: Executor>(db: &E, actor: &Actor, ticket: &TicketRow) -> Result<MajorView> {
    let none = || Error::not_found("major incident", &ticket.number);
    let row = store::find(db, actor.organization_id, ticket.id)
        .await?
        .ok_or_else(none)?;
    let (open, total) = store::children(db, ticket.id).await?;
    let review = match store::review(db, ticket.id).await? {
        Some(review) => Some(review_view(db, actor, review).await?),
        None => None,
    };
    let facts = facts(actor, ticket, Some(&row))?;
    let allowed_actions = major::allowed_actions(actor, &facts)
        .into_iter()
        .map(ActionView::from)
        .collect();
    let due = (row.is_active && facts.status.is_open()).then(|| from_db(row.next_update_due_at));
    Ok(MajorView {
        id: ticket.id,
        number: ticket.number.clone(),
        is_major: ticket.is_major,
        headline: row.headline,
        commander: person(Some(row.commander_id), Some(row.commander_name)),
        cadence_minutes: row.cadence_minutes,
        declared_by: person(Some(row.declared_by), Some(row.declared_by_name)),
        declared_at: from_db(row.declared_at),
        next_update_due_at: due,
        stood_down_by: person(row.stood_down_by, row.stood_down_by_name),
        stood_down_at: row.stood_down_at.map(from_db),
        stand_down_reason: row
            .stand_down_reason
            .filter(|_| policy::sees_internal(actor)),
        children: ChildCounts { open, total },
        review_state: ticket.review_state.clone(),
        review: review.filter(|_| policy::sees_internal(actor)),
        allowed_actions,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    })
}

fn person(id: Option<Uuid>, name: Option<String>) -> Option<Reference> {
    Some(Reference {
        id: id?,
        name: name?.trim().to_owned(),
    })
}

async fn review_view<E: Executor>(db: &E, actor: &Actor, row: ReviewRow) -> Result<ReviewView> {
    let actions: Vec<ReviewActionInput> =
        serde_json::from_value(row.actions).map_err(Error::internal)?;
    let mut people: Vec<Uuid> = actions.iter().filter_map(|a| a.owner_id).collect();
    people.push(row.reviewed_by);
    let names = store::names(db, actor.organization_id, people).await?;
    let named = |id: Option<Uuid>| {
        let found = names.iter().find(|n: &&Named| Some(n.id) == id)?;
        person(id, Some(found.name.clone()))
    };
    Ok(ReviewView {
        outcome: row.outcome,
        timeline_notes: row.timeline_notes,
        root_cause: row.root_cause,
        lessons: row.lessons,
        actions: actions
            .into_iter()
            .map(|a| ReviewActionView {
                owner: named(a.owner_id),
                title: a.title,
                due_on: a.due_on,
            })
            .collect(),
        reviewed_by: named(Some(row.reviewed_by)),
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    })
}

/// A word to the stakeholders.
pub(super) fn update_view(id: Uuid, body: String, at: Instant) -> UpdateView {
    UpdateView {
        id,
        body_html: tickets::html(&body),
        body,
        created_at: at,
    }
}
