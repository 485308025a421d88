//! Tasks below a ticket.

use super::create::{Draft, defaults, insert};
use super::{edit, find, reference, view};
use crate::tickets::dto::{TaskInput, Tasks, TicketRowView, TicketView};
use crate::tickets::store;
use steward_db::values;
use steward_domain::tickets::model::{Kind, Level, Source, Status};
use steward_domain::tickets::{policy, rules};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock};

/// Tasks of a ticket that the actor sees, oldest first.
pub(in crate::tickets) async fn tasks(app: &App, actor: &Actor, key: &str) -> Result<Tasks> {
    let ticket = find(&app.db, actor, key).await?;
    let mut filter = store::visible(actor, &policy::visibility(actor));
    filter.and("t.parent_id = ?", values![ticket.id]);
    filter.and("t.kind = 'task'", values![]);
    let rows = store::rows(&app.db, &filter, store::BY_CREATION, None, 500, 0).await?;
    let data: Vec<TicketRowView> = rows
        .into_iter()
        .map(|row| view::row(actor, row, clock::now()))
        .collect();
    Ok(Tasks { data })
}

/// Adds a task below a ticket.
pub(in crate::tickets) async fn add_task(
    app: &App,
    actor: &Actor,
    key: &str,
    input: TaskInput,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = edit::open(app, actor, key, None, "tickets.add_task").await?;
    if !actor.may("ticket:work") {
        return Err(Error::forbidden("ticket:work"));
    }
    edit.refuse_closed()?;
    rules::check_title(&input.title)?;
    check_length(
        "description",
        input.description.as_deref().unwrap_or_default(),
        65_536,
    )?;
    if let Some(id) = input.assignee_id {
        reference::person(&edit.tx, actor, "assignee_id", id).await?;
    }
    if let Some(id) = input.team_id {
        reference::team(&edit.tx, actor, id).await?;
    }
    let level = |text: &str| text.parse::<Level>().unwrap_or(Level::Medium);
    let draft = Draft {
        kind: Kind::Task,
        title: input.title.trim().to_owned(),
        description: input.description.unwrap_or_default(),
        status: if input.assignee_id.is_some() {
            Status::Assigned
        } else {
            Status::New
        },
        impact: level(&edit.before.impact),
        urgency: level(&edit.before.urgency),
        requester_id: actor.user_id.0,
        requested_for_id: None,
        assignee_id: input.assignee_id,
        team_id: input.team_id.or(edit.before.team_id),
        category: edit.before.category.clone(),
        subcategory: edit.before.subcategory.clone(),
        tags: Vec::new(),
        source: Source::Api,
        parent_id: Some(edit.before.id),
        custom_fields: defaults(&edit.tx, actor, Kind::Task).await?,
    };
    let task = insert(&edit.tx, actor, draft, now).await?;
    edit.note_internal(
        "task",
        None,
        Some(format!("{} {}", task.number, task.title)),
    );
    edit.save(actor, now).await?.commit().await?;
    view::ticket(&app.db, actor, task, now).await
}
