//! Working a ticket: verbs of the lifecycle, comments, field changes.

use super::create::level;
use super::{find, view};
use crate::tickets::dto::{AssignInput, CommentInput, TicketPatch, TicketView, VisibilityInput};
use crate::tickets::store::{self, Change, TicketRow};
use steward_db::{Tx, time::to_db};
use steward_domain::incidents::rules::PriorityMatrix;
use steward_domain::tickets::events::TicketEvent;
use steward_domain::tickets::model::{Level, Status};
use steward_domain::tickets::rules::{self, Verb};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// A verb of the lifecycle with what it brings along.
#[derive(Debug)]
pub(in crate::tickets) struct Step {
    pub(in crate::tickets) verb: Verb,
    pub(in crate::tickets) comment: Option<String>,
    pub(in crate::tickets) resolution: Option<(&'static str, String)>,
}

/// A body names a person or team that the organization does not have.
pub(super) fn unknown(field: &str, id: Uuid) -> Error {
    Error::field(
        field,
        "unknown_value",
        format!("{id} was not found in your organization"),
    )
}

/// A ticket under change: what was loaded, and what it becomes.
struct Edit {
    tx: Tx,
    before: TicketRow,
    after: TicketRow,
}

async fn open(
    app: &App,
    actor: &Actor,
    key: &str,
    if_match: Option<i64>,
    name: &'static str,
) -> Result<Edit> {
    let tx = app.db.write(name).await?;
    let seen = find(&tx, actor, key).await?;
    store::lock(&tx, seen.id).await?;
    // Read again behind the lock: another writer may have been faster.
    let before = find(&tx, actor, &seen.id.to_string()).await?;
    if if_match.is_some_and(|version| version != before.version) {
        let detail = format!(
            "{} is at version {} by now; load it again and repeat your change",
            before.number, before.version
        );
        return Err(Error::new(ErrorCode::PreconditionFailed, detail));
    }
    Ok(Edit {
        tx,
        after: before.clone(),
        before,
    })
}

impl Edit {
    /// Saves, writes one activity per changed field and the event, commits.
    async fn finish(self, app: &App, actor: &Actor, now: Instant) -> Result<TicketView> {
        let Self { tx, before, after } = self;
        if !store::save(&tx, &after, now).await? {
            return Err(Error::internal("a locked ticket changed under the lock"));
        }
        let changes = changes(&before, &after);
        for change in changes {
            store::insert_activity(&tx, clock::new_id(), actor, before.id, change, now).await?;
        }
        let ticket_id = before.id.into();
        let number = before.number.clone();
        let event = if before.status == after.status {
            TicketEvent::Changed { ticket_id, number }
        } else {
            TicketEvent::StatusChanged {
                ticket_id,
                number,
                from: before.status,
                to: after.status,
            }
        };
        events::publish(&tx, actor, before.id, &event, now).await?;
        tx.commit().await?;
        view::ticket(actor, find(&app.db, actor, &before.id.to_string()).await?)
    }
}

fn changes(before: &TicketRow, after: &TicketRow) -> Vec<Change> {
    let text = |s: &String| Some(s.clone());
    let fields = [
        ("title", text(&before.title), text(&after.title)),
        (
            "description",
            text(&before.description),
            text(&after.description),
        ),
        ("impact", text(&before.impact), text(&after.impact)),
        ("urgency", text(&before.urgency), text(&after.urgency)),
        ("priority", text(&before.priority), text(&after.priority)),
        ("team", before.team_name.clone(), after.team_name.clone()),
        (
            "assignee",
            before.assignee_name.clone(),
            after.assignee_name.clone(),
        ),
        ("status", text(&before.status), text(&after.status)),
        (
            "hold_reason",
            before.hold_reason.clone(),
            after.hold_reason.clone(),
        ),
        (
            "resolution_code",
            before.resolution_code.clone(),
            after.resolution_code.clone(),
        ),
        (
            "resolution_note",
            before.resolution_note.clone(),
            after.resolution_note.clone(),
        ),
    ];
    fields
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| Change { field, old, new })
        .collect()
}

/// Runs a verb of the lifecycle.
pub(in crate::tickets) async fn step(
    app: &App,
    actor: &Actor,
    key: &str,
    step: Step,
    if_match: Option<i64>,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = open(app, actor, key, if_match, "tickets.step").await?;
    let target = rules::transition(actor, &view::facts(actor, &edit.before)?, step.verb)?;
    if let Some(comment) = &step.comment {
        rules::check_body(comment)?;
    }
    let after = &mut edit.after;
    after.status = target.as_str().to_owned();
    after.hold_reason = step.comment.clone().filter(|_| target == Status::OnHold);
    match step.verb {
        Verb::Resolve => {
            after.resolved_at = Some(to_db(now));
            after.resolution_code = step.resolution.as_ref().map(|(code, _)| (*code).to_owned());
            after.resolution_note = step.resolution.map(|(_, note)| note);
        }
        Verb::Confirm | Verb::Close => after.closed_at = Some(to_db(now)),
        Verb::Reopen => {
            after.reopened_count = after.reopened_count.saturating_add(1);
            after.resolved_at = None;
            after.closed_at = None;
        }
        Verb::Start if after.assignee_id.is_none() => {
            after.assignee_id = Some(actor.user_id.0);
            after.assignee_name =
                store::person_name(&edit.tx, actor.organization_id, actor.user_id.0).await?;
        }
        _ => {}
    }
    if let Some(body) = step.comment {
        say(&mut edit, actor, &body, VisibilityInput::Public, now).await?;
    }
    edit.finish(app, actor, now).await
}

/// Gives the ticket to a person, a team or both.
pub(in crate::tickets) async fn assign(
    app: &App,
    actor: &Actor,
    key: &str,
    input: AssignInput,
    if_match: Option<i64>,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = open(app, actor, key, if_match, "tickets.assign").await?;
    let target = rules::transition(actor, &view::facts(actor, &edit.before)?, Verb::Assign)?;
    if input.assignee_id.is_none() && input.team_id.is_none() {
        return Err(Error::field(
            "assignee_id",
            "required",
            "send assignee_id, team_id or both",
        ));
    }
    let organization = actor.organization_id;
    if let Some(id) = input.assignee_id {
        let name = store::person_name(&edit.tx, organization, id)
            .await?
            .ok_or_else(|| unknown("assignee_id", id))?;
        edit.after.assignee_id = Some(id);
        edit.after.assignee_name = Some(name);
        edit.after.status = target.as_str().to_owned();
    }
    if let Some(id) = input.team_id {
        let name = store::team_name(&edit.tx, organization, id)
            .await?
            .ok_or_else(|| unknown("team_id", id))?;
        if edit.before.team_id.is_some_and(|team| team != id) {
            edit.after.reassignment_count = edit.after.reassignment_count.saturating_add(1);
        }
        edit.after.team_id = Some(id);
        edit.after.team_name = Some(name);
    }
    if let Some(body) = input.comment {
        rules::check_body(&body)?;
        say(&mut edit, actor, &body, VisibilityInput::Public, now).await?;
    }
    edit.finish(app, actor, now).await
}

/// Adds a comment.
pub(in crate::tickets) async fn comment(
    app: &App,
    actor: &Actor,
    key: &str,
    input: CommentInput,
    now: Instant,
) -> Result<TicketView> {
    // Opened first: what the actor may not see is not found, whatever else is wrong.
    let mut edit = open(app, actor, key, None, "tickets.comment").await?;
    let permission = match input.visibility {
        VisibilityInput::Public => "ticket:comment",
        VisibilityInput::Internal => "ticket:comment_internal",
    };
    if !actor.may(permission) {
        return Err(Error::forbidden(permission));
    }
    rules::check_body(&input.body)?;
    refuse_closed(&edit.before)?;
    say(&mut edit, actor, &input.body, input.visibility, now).await?;
    edit.finish(app, actor, now).await
}

/// Changes fields; impact and urgency decide the priority.
pub(in crate::tickets) async fn update(
    app: &App,
    actor: &Actor,
    key: &str,
    patch: TicketPatch,
    if_match: Option<i64>,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = open(app, actor, key, if_match, "tickets.update").await?;
    if !actor.may("ticket:update") {
        return Err(Error::forbidden("ticket:update"));
    }
    refuse_closed(&edit.before)?;
    let after = &mut edit.after;
    if let Some(title) = patch.title {
        rules::check_title(&title)?;
        after.title = title.trim().to_owned();
    }
    if let Some(description) = patch.description {
        check_length("description", &description, 65_536)?;
        after.description = description;
    }
    if patch.impact.is_some() || patch.urgency.is_some() {
        let impact = patch
            .impact
            .map_or_else(|| stored(&after.impact), |i| Ok(level(Some(i))))?;
        let urgency = patch
            .urgency
            .map_or_else(|| stored(&after.urgency), |u| Ok(level(Some(u))))?;
        after.impact = impact.as_str().to_owned();
        after.urgency = urgency.as_str().to_owned();
        after.priority = PriorityMatrix::default()
            .priority(impact, urgency)
            .as_str()
            .to_owned();
    }
    edit.finish(app, actor, now).await
}

fn stored(text: &str) -> Result<Level> {
    text.parse()
        .map_err(|_| Error::internal(format!("'{text}' is no level")))
}

fn refuse_closed(row: &TicketRow) -> Result<()> {
    if row.status == Status::Closed.as_str() {
        let detail = format!(
            "{} is closed; report a new ticket that refers to it, or ask a manager to reopen it",
            row.number
        );
        return Err(Error::new(ErrorCode::TicketAlreadyClosed, detail));
    }
    Ok(())
}

/// Writes a comment; the first public one by someone who works tickets is the first response.
async fn say(
    edit: &mut Edit,
    actor: &Actor,
    body: &str,
    visibility: VisibilityInput,
    now: Instant,
) -> Result<()> {
    let id = clock::new_id();
    let is_public = visibility == VisibilityInput::Public;
    let word = if is_public { "public" } else { "internal" };
    store::insert_comment(&edit.tx, id, actor, edit.before.id, word, body, now).await?;
    let answers =
        is_public && actor.may("ticket:work") && actor.user_id.0 != edit.before.requester_id;
    if answers && edit.after.first_response_at.is_none() {
        edit.after.first_response_at = Some(to_db(now));
    }
    let event = TicketEvent::Commented {
        ticket_id: edit.before.id.into(),
        number: edit.before.number.clone(),
        comment_id: id.into(),
        is_public,
    };
    events::publish(&edit.tx, actor, edit.before.id, &event, now).await
}
