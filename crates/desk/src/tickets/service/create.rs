//! Reporting an incident.

use super::view;
use crate::categories;
use crate::tickets::dto::{IncidentInput, LevelInput, TicketView};
use crate::tickets::store::{self, Change, NewTicket};
use steward_db::values;
use steward_domain::incidents::rules::PriorityMatrix;
use steward_domain::tickets::events::TicketEvent;
use steward_domain::tickets::model::{self, Kind, Level, Source, Status};
use steward_domain::tickets::{policy, rules};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock, events};

/// From the API's word to the domain's.
pub(super) fn level(input: Option<LevelInput>) -> Level {
    match input {
        Some(LevelInput::High) => Level::High,
        Some(LevelInput::Low) => Level::Low,
        Some(LevelInput::Medium) | None => Level::Medium,
    }
}

/// Reports an incident; it gets the next number of its organization.
///
/// # Errors
/// When the actor may not, the title is blank, or a person or team is unknown.
pub async fn report(
    app: &App,
    actor: &Actor,
    input: IncidentInput,
    now: Instant,
) -> Result<TicketView> {
    if !actor.may("ticket:create") {
        return Err(Error::forbidden("ticket:create"));
    }
    rules::check_title(&input.title)?;
    let tags = input.tags.unwrap_or_default();
    if tags.len() > 50 {
        return Err(Error::field("tags", "too_many", "use at most 50 tags"));
    }
    let texts = [
        ("description", &input.description, 65_536),
        ("category", &input.category, 200),
        ("subcategory", &input.subcategory, 200),
    ];
    for (field, text, max) in texts {
        check_length(field, text.as_deref().unwrap_or_default(), max)?;
    }
    for tag in &tags {
        check_length("tags", tag, 100)?;
    }
    let works_tickets = actor.may("ticket:work");
    if !works_tickets
        && (input.assignee_id.is_some() || input.team_id.is_some() || input.requester_id.is_some())
    {
        return Err(Error::forbidden("ticket:work"));
    }
    let impact = level(input.impact);
    let urgency = level(input.urgency);
    let priority = PriorityMatrix::default().priority(impact, urgency);
    let status = if input.assignee_id.is_some() {
        Status::Assigned
    } else {
        Status::New
    };

    let tx = app.db.write("tickets.report").await?;
    for (field, id) in [
        ("requester_id", input.requester_id),
        ("assignee_id", input.assignee_id),
    ] {
        if let Some(id) = id {
            let name = store::person_name(&tx, actor.organization_id, id).await?;
            name.ok_or_else(|| super::work::unknown(field, id))?;
        }
    }
    if let Some(id) = input.team_id {
        let name = store::team_name(&tx, actor.organization_id, id).await?;
        name.ok_or_else(|| super::work::unknown("team_id", id))?;
    }
    let tree = categories::tree(&tx, actor.organization_id).await?;
    let (category, subcategory) =
        tree.classify(input.category.as_deref(), input.subcategory.as_deref())?;
    let id = clock::new_id();
    let kind = Kind::Incident;
    let number = model::format_number(
        kind,
        store::next_number(&tx, actor.organization_id, kind.as_str()).await?,
    );
    let ticket = NewTicket {
        id,
        kind: kind.as_str(),
        number: number.clone(),
        title: input.title.trim().to_owned(),
        description: input.description.unwrap_or_default(),
        status: status.as_str(),
        priority: priority.as_str(),
        impact: impact.as_str(),
        urgency: urgency.as_str(),
        requester_id: input.requester_id.unwrap_or(actor.user_id.0),
        assignee_id: input.assignee_id,
        team_id: input.team_id,
        category,
        subcategory,
        tags,
        source: if works_tickets {
            Source::Api
        } else {
            Source::Portal
        }
        .as_str(),
    };
    let requester_id = ticket.requester_id.into();
    store::insert(&tx, actor.organization_id, ticket, now).await?;
    let created = Change {
        field: "status",
        old: None,
        new: Some(status.as_str().to_owned()),
    };
    store::insert_activity(&tx, clock::new_id(), actor, id, created, now).await?;
    let event = TicketEvent::Created {
        ticket_id: id.into(),
        number,
        requester_id,
    };
    events::publish(&tx, actor, id, &event, now).await?;
    let mut filter = store::visible(actor, &policy::visibility(actor));
    filter.and("t.id = ?", values![id]);
    let row = store::find(&tx, &filter).await?;
    tx.commit().await?;
    view::ticket(
        actor,
        row.ok_or_else(|| Error::internal("the new ticket cannot be read back"))?,
    )
}
