//! From rows to answers.

use crate::custom_fields;
use crate::desk_settings;
use crate::sla;
use crate::tickets::dto::{
    ActionView, RatingView, Reference, TicketReference, TicketRowView, TicketView,
};
use crate::tickets::store::{ListRow, TicketRow};
use steward_db::{Executor, time::from_db};
use steward_domain::desk_settings::Settings;
use steward_domain::incidents::escalation;
use steward_domain::incidents::major::{self, ReviewState};
use steward_domain::tickets::allowed::AllowedAction;
use steward_domain::tickets::model::Kind;
use steward_domain::tickets::policy::sees_internal;
use steward_domain::tickets::rating;
use steward_domain::tickets::rules::{self, Facts};
use steward_kernel::{Actor, Error, Instant, Result};
use uuid::Uuid;

fn reference(id: Option<Uuid>, name: Option<String>) -> Option<Reference> {
    Some(Reference {
        id: id?,
        name: name?.trim().to_owned(),
    })
}

fn ticket_reference(
    id: Option<Uuid>,
    number: Option<String>,
    title: Option<String>,
) -> Option<TicketReference> {
    Some(TicketReference {
        id: id?,
        number: number?,
        title: title?,
    })
}

/// What the lifecycle's rules need to know of a ticket.
pub(super) async fn facts<E: Executor>(
    db: &E,
    actor: &Actor,
    row: &TicketRow,
    now: Instant,
) -> Result<Facts> {
    known(actor, row, &settings(db, actor, row).await?, now)
}

fn is_requester(actor: &Actor, row: &TicketRow) -> bool {
    let me = actor.user_id.0;
    row.requester_id == me || row.requested_for_id == Some(me)
}

/// The desk's settings, as far as they matter: only a requester's rights on
/// what is resolved depend on them.
async fn settings<E: Executor>(db: &E, actor: &Actor, row: &TicketRow) -> Result<Settings> {
    if is_requester(actor, row) && row.resolved_at.is_some() {
        desk_settings::settings(db, actor.organization_id).await
    } else {
        Ok(Settings::default())
    }
}

fn known(actor: &Actor, row: &TicketRow, settings: &Settings, now: Instant) -> Result<Facts> {
    let status = row
        .status
        .parse()
        .map_err(|_| Error::internal(format!("ticket {} has status {}", row.id, row.status)))?;
    Ok(Facts {
        status,
        is_requester: is_requester(actor, row),
        has_assignee: row.assignee_id.is_some(),
        is_major: row.is_major,
        is_review_pending: row.review_state.as_deref() == Some(ReviewState::Pending.as_str()),
        is_reopen_late: settings.is_reopen_late(row.resolved_at.map(from_db), now),
    })
}

/// What the rule of ratings needs to know of a ticket.
pub(super) async fn rating_facts<E: Executor>(
    db: &E,
    actor: &Actor,
    row: &TicketRow,
    now: Instant,
) -> Result<rating::Facts> {
    let settings = settings(db, actor, row).await?;
    Ok(of_rating(
        &known(actor, row, &settings, now)?,
        row,
        &settings,
    ))
}

fn of_rating(facts: &Facts, row: &TicketRow, settings: &Settings) -> rating::Facts {
    rating::Facts {
        status: facts.status,
        is_requester: facts.is_requester,
        has_survey: settings.has_survey,
        resolved_at: row.resolved_at.map(from_db),
        rated_at: row.rated_at.map(from_db),
    }
}

/// A row of a queue.
pub(super) fn row(actor: &Actor, row: ListRow, now: Instant) -> TicketRowView {
    TicketRowView {
        sla: sla::chips(&row.sla, sees_internal(actor), now),
        id: row.id,
        number: row.number,
        kind: row.kind,
        title: row.title,
        status: row.status,
        priority: row.priority,
        requester: Reference {
            id: row.requester_id,
            name: row.requester_name.trim().to_owned(),
        },
        assignee: reference(row.assignee_id, row.assignee_name),
        team: reference(row.team_id, row.team_name),
        external_reference: row.external_reference,
        is_major: row.is_major,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    }
}

/// Whether the actor may make a major incident of it; of other kinds nobody can.
fn declare_major(actor: &Actor, facts: &Facts, row: &TicketRow) -> Option<AllowedAction> {
    let incident = major::Facts {
        status: facts.status,
        is_major: facts.is_major,
        is_commander: false,
    };
    (row.kind == Kind::Incident.as_str())
        .then(|| major::allowed(actor, &incident, major::Command::Declare))
}

/// The whole ticket with what the actor may do now.
pub(super) async fn ticket<E: Executor>(
    db: &E,
    actor: &Actor,
    row: TicketRow,
    now: Instant,
) -> Result<TicketView> {
    let settings = settings(db, actor, &row).await?;
    let facts = known(actor, &row, &settings, now)?;
    let rating = of_rating(&facts, &row, &settings);
    let rate = AllowedAction::new("rate", rating::may_rate(&rating, now).err());
    let level = u8::try_from(row.escalation_level).unwrap_or(u8::MAX);
    let allowed_actions = rules::allowed_actions(actor, &facts)
        .into_iter()
        .chain([escalation::allowed(actor, facts.status, level), rate])
        .chain(declare_major(actor, &facts, &row))
        .map(ActionView::from)
        .collect();
    let tags = row.tag_list();
    let custom_fields = custom_fields::view(db, actor, &row.kind, &row.values()).await?;
    Ok(TicketView {
        sla: sla::chips(&row.sla, sees_internal(actor), now),
        description_html: super::html(&row.description),
        id: row.id,
        number: row.number,
        kind: row.kind,
        title: row.title,
        description: row.description,
        status: row.status,
        priority: row.priority,
        priority_is_manual: row.priority_reason.is_some(),
        priority_reason: row.priority_reason.filter(|_| sees_internal(actor)),
        impact: row.impact,
        urgency: row.urgency,
        requester: Reference {
            id: row.requester_id,
            name: row.requester_name.trim().to_owned(),
        },
        requested_for: reference(row.requested_for_id, row.requested_for_name),
        assignee: reference(row.assignee_id, row.assignee_name),
        team: reference(row.team_id, row.team_name),
        category: row.category,
        subcategory: row.subcategory,
        tags,
        custom_fields,
        source: row.source,
        escalation_level: row.escalation_level,
        is_major: row.is_major,
        review_state: row.review_state,
        hold_reason: row.hold_reason,
        resolution_code: row.resolution_code,
        resolution_note: row.resolution_note,
        parent: ticket_reference(row.parent_id, row.parent_number, row.parent_title),
        merged_into: ticket_reference(
            row.merged_into_id,
            row.merged_into_number,
            row.merged_into_title,
        ),
        reopened_count: row.reopened_count,
        reassignment_count: row.reassignment_count,
        external_source: row.external_source,
        external_reference: row.external_reference,
        first_response_at: row.first_response_at.map(from_db),
        resolved_at: row.resolved_at.map(from_db),
        closed_at: row.closed_at.map(from_db),
        rating: row
            .rating_score
            .zip(row.rated_at)
            .map(|(score, at)| RatingView {
                score,
                comment: row.rating_comment,
                rated_at: from_db(at),
            }),
        allowed_actions,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    })
}
