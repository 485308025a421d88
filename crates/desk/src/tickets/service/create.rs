//! Reporting an incident, and the one way in which tickets are made.

use super::changed::{moved, snapshot_of};
use super::{reference, view};
use crate::categories;
use crate::custom_fields;
use crate::incidents::priority;
use crate::sla;
use crate::tickets::dto::{IncidentInput, TicketView};
use crate::tickets::store::{self, Change, NewTicket, TicketRow};
use steward_db::Tx;
use steward_domain::custom_fields::model::Values;
use steward_domain::tickets::events::TicketEvent;
use steward_domain::tickets::model::{self, Kind, Level, Source, Status};
use steward_domain::tickets::rules;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

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
    let tags = rules::clean_tags(input.tags.unwrap_or_default())?;
    let texts = [
        ("description", &input.description, 65_536),
        ("category", &input.category, 200),
        ("subcategory", &input.subcategory, 200),
    ];
    for (field, text, max) in texts {
        check_length(field, text.as_deref().unwrap_or_default(), max)?;
    }
    if let Some(id) = input.ci_ids.unwrap_or_default().first() {
        let hint = format!("there is no configuration item {id}");
        return Err(Error::field("ci_ids", "unknown_value", hint));
    }
    let works_tickets = actor.may("ticket:work");
    if !works_tickets
        && (input.assignee_id.is_some() || input.team_id.is_some() || input.requester_id.is_some())
    {
        return Err(Error::forbidden("ticket:work"));
    }
    let impact = input.impact.map_or(Level::Medium, Into::into);
    let urgency = input.urgency.map_or(Level::Medium, Into::into);
    let status = if input.assignee_id.is_some() {
        Status::Assigned
    } else {
        Status::New
    };

    let tx = app.db.write("tickets.report").await?;
    for (field, id) in [
        ("requester_id", input.requester_id),
        ("requested_for_id", input.requested_for_id),
        ("assignee_id", input.assignee_id),
    ] {
        if let Some(id) = id {
            reference::person(&tx, actor, field, id).await?;
        }
    }
    if let Some(id) = input.team_id {
        reference::team(&tx, actor, id).await?;
    }
    let (category, subcategory) = match (input.category.as_deref(), input.subcategory.as_deref()) {
        (None, None) => (None, None),
        (category, subcategory) => {
            let tree = categories::tree(&tx, actor.organization_id).await?;
            tree.classify(category, subcategory)?
        }
    };
    let kind = Kind::Incident;
    let given = input.custom_fields.unwrap_or_default();
    let requester_id = input.requester_id.unwrap_or(actor.user_id.0);
    let draft = Draft {
        kind,
        title: input.title.trim().to_owned(),
        description: input.description.unwrap_or_default(),
        status,
        impact,
        urgency,
        requester_id,
        requested_for_id: input.requested_for_id.filter(|id| *id != requester_id),
        assignee_id: input.assignee_id,
        team_id: input.team_id,
        category,
        subcategory,
        tags,
        source: if works_tickets {
            Source::Api
        } else {
            Source::Portal
        },
        parent_id: None,
        custom_fields: custom_fields::fill(&tx, actor, kind.as_str(), given, true).await?,
    };
    let row = insert(&tx, actor, draft, now).await?;
    tx.commit().await?;
    view::ticket(&app.db, actor, row, now).await
}

/// What a new ticket is made of; the number and the priority follow from it.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) status: Status,
    pub(super) impact: Level,
    pub(super) urgency: Level,
    pub(super) requester_id: Uuid,
    pub(super) requested_for_id: Option<Uuid>,
    pub(super) assignee_id: Option<Uuid>,
    pub(super) team_id: Option<Uuid>,
    pub(super) category: Option<String>,
    pub(super) subcategory: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) source: Source,
    pub(super) parent_id: Option<Uuid>,
    pub(super) custom_fields: Values,
}

/// The custom fields of a ticket that is made from another one: nobody was
/// asked, so that required ones may be missing.
pub(super) async fn defaults(tx: &Tx, actor: &Actor, kind: Kind) -> Result<Values> {
    custom_fields::fill(tx, actor, kind.as_str(), Default::default(), false).await
}

/// Writes a new ticket with its number, activity, count, search row and event.
pub(super) async fn insert(
    tx: &Tx,
    actor: &Actor,
    draft: Draft,
    now: Instant,
) -> Result<TicketRow> {
    let id = clock::new_id();
    let organization = actor.organization_id;
    let matrix = priority::matrix(tx, organization).await?;
    let priority = matrix.priority(draft.impact, draft.urgency);
    let kind = draft.kind;
    let ticket = draft.ticket(id, priority.as_str());
    let names = store::names(tx, &ticket).await?;
    let mut row = ticket.row(organization, names, now);
    let people = (false, actor.person().is_some());
    let followed = sla::follow(tx, &moved(None, &row, people)?, now).await?;
    let clocks = followed.onto(&mut row);
    // Who creates waits for whoever has the number before, so it is drawn behind everything that
    // can do without.
    if tx.may_refer_ahead() {
        insert_around(tx, actor, &row, clocks, now).await?;
        insert_numbered(tx, kind, &mut row).await?;
    } else {
        insert_numbered(tx, kind, &mut row).await?;
        insert_around(tx, actor, &row, clocks, now).await?;
    }
    store::search_insert(tx, &row).await?;
    // Nobody can watch it yet.
    let ticket = snapshot_of(&row, Vec::new());
    events::publish(tx, actor, id, &TicketEvent::Created { ticket }, now).await?;
    Ok(row)
}

/// Draws the number and writes the ticket.
async fn insert_numbered(tx: &Tx, kind: Kind, row: &mut TicketRow) -> Result<()> {
    let number = store::next_number(tx, row.organization_id.into(), kind.as_str()).await?;
    row.number = model::format_number(kind, number);
    store::insert(tx, row).await
}

/// Writes what a new ticket has around it and that does not know its number.
async fn insert_around(
    tx: &Tx,
    actor: &Actor,
    row: &TicketRow,
    clocks: sla::Clocks,
    now: Instant,
) -> Result<()> {
    let people = (false, actor.person().is_some());
    sla::keep(tx, &moved(None, row, people)?, clocks, now).await?;
    let created = Change {
        field: "status".into(),
        old: None,
        new: Some(row.status.clone()),
        is_internal: false,
    };
    store::insert_activities(tx, actor, row.id, vec![created], now).await?;
    store::count_move(tx, None, row).await
}

impl Draft {
    fn ticket(self, id: Uuid, priority: &'static str) -> NewTicket {
        NewTicket {
            id,
            kind: self.kind.as_str(),
            title: self.title,
            description: self.description,
            status: self.status.as_str(),
            priority,
            impact: self.impact.as_str(),
            urgency: self.urgency.as_str(),
            requester_id: self.requester_id,
            requested_for_id: self.requested_for_id,
            assignee_id: self.assignee_id,
            team_id: self.team_id,
            category: self.category,
            subcategory: self.subcategory,
            tags: self.tags,
            source: self.source.as_str(),
            parent_id: self.parent_id,
            custom_fields: self.custom_fields,
        }
    }
}
