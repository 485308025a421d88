//! Working a ticket: verbs of the lifecycle, comments, field changes.

use super::create::level;
use super::{edit, family, strategy, undo, view};
use crate::categories;
use crate::custom_fields;
use crate::incidents::priority;
use crate::tickets::dto::{AssignInput, CommentInput, TicketPatch, TicketView, VisibilityInput};
use crate::tickets::store::{self, TicketRow};
use steward_db::{Tx, time::to_db};
use steward_domain::incidents::rules::{Prioritized, Reprioritize, reprioritize};
use steward_domain::tickets::model::Status;
use steward_domain::tickets::rules::{self, Verb};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// A verb of the lifecycle with what it brings along.
#[derive(Debug, Clone)]
pub struct Step {
    /// The verb.
    pub verb: Verb,
    /// A public comment; the reason where one is needed.
    pub comment: Option<String>,
    /// Code and note, for [`Verb::Resolve`].
    pub resolution: Option<(&'static str, String)>,
}

/// A body names a person or team that the organization does not have.
pub(super) fn unknown(field: &str, id: Uuid) -> Error {
    let message = format!("{id} was not found in your organization");
    Error {
        code: ErrorCode::ResourceNotFound,
        ..Error::field(field, "unknown_value", message)
    }
}

/// Runs a verb of the lifecycle.
///
/// # Errors
/// When the ticket is not seen, changed since, or the verb is refused.
pub async fn step(
    app: &App,
    actor: &Actor,
    key: &str,
    step: Step,
    if_match: Option<i64>,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = if step.verb == Verb::Resolve {
        family::open(app, actor, key, if_match, "tickets.resolve").await?
    } else {
        edit::open(app, actor, key, if_match, "tickets.step").await?
    };
    apply_step(&mut edit, actor, step, now).await?;
    undo::finish(edit, actor, now).await
}

/// A verb of the lifecycle on a ticket that is loaded.
pub(super) async fn apply_step(
    edit: &mut edit::Edit,
    actor: &Actor,
    step: Step,
    now: Instant,
) -> Result<()> {
    let target = rules::transition(
        actor,
        &view::facts(&edit.tx, actor, &edit.before, now).await?,
        step.verb,
    )?;
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
        edit.say(actor, &body, VisibilityInput::Public, now).await?;
    }
    Ok(())
}

/// Gives the ticket to a person, a team or both.
///
/// # Errors
/// When the ticket is not seen, changed since, or person or team are unknown.
pub async fn assign(
    app: &App,
    actor: &Actor,
    key: &str,
    input: AssignInput,
    if_match: Option<i64>,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = edit::open(app, actor, key, if_match, "tickets.assign").await?;
    apply_assign(&mut edit, actor, input, now).await?;
    undo::finish(edit, actor, now).await
}

/// Assignment of a ticket that is loaded.
pub(super) async fn apply_assign(
    edit: &mut edit::Edit,
    actor: &Actor,
    input: AssignInput,
    now: Instant,
) -> Result<()> {
    let target = rules::transition(
        actor,
        &view::facts(&edit.tx, actor, &edit.before, now).await?,
        Verb::Assign,
    )?;
    strategy::check(&input)?;
    if let Some(id) = input.assignee_id {
        edit.after.assignee_name = Some(person(&edit.tx, actor, "assignee_id", id).await?);
        edit.after.assignee_id = Some(id);
        edit.after.status = target.as_str().to_owned();
    }
    if let Some(id) = input.team_id {
        edit.after.team_name = Some(team(&edit.tx, actor, id).await?);
        edit.after.team_id = Some(id);
    }
    if input.assignee_id.is_none() {
        let wish = input.strategy.map(Into::into);
        strategy::apply(edit, actor, wish, target, now).await?;
    }
    if let Some(body) = input.comment {
        edit.say(actor, &body, VisibilityInput::Public, now).await?;
    }
    Ok(())
}

/// Name of an active person of the organization.
pub(crate) async fn person(tx: &Tx, actor: &Actor, field: &str, id: Uuid) -> Result<String> {
    store::person_name(tx, actor.organization_id, id)
        .await?
        .ok_or_else(|| unknown(field, id))
}

/// Name of a team of the organization.
pub(crate) async fn team(tx: &Tx, actor: &Actor, id: Uuid) -> Result<String> {
    store::team_name(tx, actor.organization_id, id)
        .await?
        .ok_or_else(|| unknown("team_id", id))
}

/// Adds a comment.
///
/// # Errors
/// When the ticket is not seen, is closed, or the text is blank or too long.
pub async fn comment(
    app: &App,
    actor: &Actor,
    key: &str,
    input: CommentInput,
    now: Instant,
) -> Result<TicketView> {
    // Opened first: what the actor may not see is not found, whatever else is wrong.
    let mut edit = edit::open(app, actor, key, None, "tickets.comment").await?;
    let permission = match input.visibility {
        VisibilityInput::Public => "ticket:comment",
        VisibilityInput::Internal => "ticket:comment_internal",
    };
    if !actor.may(permission) {
        return Err(Error::forbidden(permission));
    }
    edit.refuse_closed()?;
    edit.say(actor, &input.body, input.visibility, now).await?;
    edit.finish(actor, now).await
}

/// Changes fields; impact and urgency decide the priority.
///
/// # Errors
/// When the ticket is not seen, changed since, closed, or a value is refused.
pub async fn update(
    app: &App,
    actor: &Actor,
    key: &str,
    patch: TicketPatch,
    if_match: Option<i64>,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = edit::open(app, actor, key, if_match, "tickets.update").await?;
    apply_patch(&mut edit, actor, patch).await?;
    undo::finish(edit, actor, now).await
}

/// Field changes of a ticket that is loaded.
pub(super) async fn apply_patch(
    edit: &mut edit::Edit,
    actor: &Actor,
    patch: TicketPatch,
) -> Result<()> {
    if !actor.may("ticket:update") {
        return Err(Error::forbidden("ticket:update"));
    }
    edit.refuse_closed()?;
    if let Some(id) = patch.requester_id {
        edit.after.requester_name = person(&edit.tx, actor, "requester_id", id).await?;
        edit.after.requester_id = id;
    }
    if let Some(id) = patch.requested_for_id {
        edit.after.requested_for_name = match id {
            Some(id) => Some(person(&edit.tx, actor, "requested_for_id", id).await?),
            None => None,
        };
        edit.after.requested_for_id = id;
    }
    if let Some(parent) = patch.parent {
        super::relations::set_parent(edit, actor, parent.as_deref()).await?;
    }
    if let Some(values) = patch.custom_fields {
        let before = edit.before.values();
        let kind = &edit.before.kind;
        let values = custom_fields::merge(&edit.tx, actor, kind, &before, values).await?;
        edit.after.custom_fields = serde_json::Value::Object(values);
    }
    let after = &mut edit.after;
    if let Some(title) = patch.title {
        rules::check_title(&title)?;
        after.title = title.trim().to_owned();
    }
    if let Some(description) = patch.description {
        check_length("description", &description, 65_536)?;
        after.description = description;
    }
    if let Some(category) = patch.category {
        check_length("category", category.as_deref().unwrap_or_default(), 200)?;
        after.category = category;
    }
    if let Some(subcategory) = patch.subcategory {
        let text = subcategory.as_deref().unwrap_or_default();
        check_length("subcategory", text, 200)?;
        after.subcategory = subcategory;
    }
    let sorted_in = |row: &TicketRow| (row.category.clone(), row.subcategory.clone());
    if sorted_in(&edit.before) != sorted_in(after) {
        let tree = categories::tree(&edit.tx, actor.organization_id).await?;
        (after.category, after.subcategory) =
            tree.classify(after.category.as_deref(), after.subcategory.as_deref())?;
    }
    if let Some(tags) = patch.tags {
        after.tags = serde_json::json!(rules::clean_tags(tags)?);
    }
    let wish = Reprioritize {
        impact: patch.impact.map(|i| level(Some(i))),
        urgency: patch.urgency.map(|u| level(Some(u))),
        priority: patch.priority.map(|p| p.map(Into::into)),
        reason: patch.priority_reason,
    };
    if wish != Reprioritize::default() {
        let matrix = priority::matrix(&edit.tx, actor.organization_id).await?;
        let decided = reprioritize(&matrix, &prioritized(&edit.before)?, wish)?;
        let after = &mut edit.after;
        after.impact = decided.impact.as_str().to_owned();
        after.urgency = decided.urgency.as_str().to_owned();
        after.priority = decided.priority.as_str().to_owned();
        after.priority_reason = decided.manual_reason;
    }
    Ok(())
}

fn prioritized(row: &TicketRow) -> Result<Prioritized> {
    let level = |text: &str| text.parse().map_err(Error::internal);
    Ok(Prioritized {
        impact: level(&row.impact)?,
        urgency: level(&row.urgency)?,
        priority: row.priority.parse().map_err(Error::internal)?,
        manual_reason: row.priority_reason.clone(),
    })
}
