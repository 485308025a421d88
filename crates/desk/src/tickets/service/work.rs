//! Working a ticket: verbs of the lifecycle, assignment, field changes.

use super::reference::{person, team};
use super::{before, edit, family, parent, strategy, view};
use crate::categories;
use crate::custom_fields;
use crate::incidents::priority;
use crate::tickets::dto::{AssignInput, TicketPatch, TicketView, VisibilityInput};
use crate::tickets::store::{self, TicketRow};
use steward_db::time::to_db;
use steward_domain::incidents::rules::{Prioritized, Reprioritize, reprioritize};
use steward_domain::tickets::model::Status;
use steward_domain::tickets::rules::{self, Verb};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;

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
    before::finish(edit, actor, now).await
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
    before::finish(edit, actor, now).await
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
    before::finish(edit, actor, now).await
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
        parent::set(edit, actor, parent.as_deref()).await?;
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
        impact: patch.impact.map(Into::into),
        urgency: patch.urgency.map(Into::into),
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
