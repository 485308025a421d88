//! One action on many tickets, and its undo.
//!
//! Each ticket is a transaction of its own: what is refused is named and stops
//! nothing else. Undo puts back what the action changed, where nobody has
//! touched the ticket since.

use super::before::Before;
use super::edit::{self, Edit};
use super::family;
use super::undo::put_back;
use super::work::{Step, apply_assign, apply_patch, apply_step};
use crate::tickets::dto::{
    AssignInput, BulkInput, BulkOutcome, BulkResult, BulkUndone, TicketPatch,
};
use crate::tickets::store;
use std::collections::BTreeMap;
use steward_domain::tickets::rules::{self, Verb};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::reason_params;
use steward_platform::{App, clock};
use uuid::Uuid;

/// Most tickets of one action.
const MOST: u32 = 1000;

/// Runs an action on up to 1,000 tickets, or says what it would do.
pub(in crate::tickets) async fn bulk(
    app: &App,
    actor: &Actor,
    input: BulkInput,
    now: Instant,
) -> Result<BulkResult> {
    if input.assign.is_none()
        && input.patch.is_none()
        && input.step.is_none()
        && input.add_tags.is_none()
        && input.remove_tags.is_none()
    {
        let hint = "send assign, patch, add_tags, remove_tags or step";
        return Err(Error::field("assign", "required", hint));
    }
    check_texts(&input)?;
    let tickets = chosen(app, actor, &input, now).await?;
    let mut data = Vec::with_capacity(tickets.len());
    let mut undo = Vec::new();
    for key in &tickets {
        let outcome = match one(app, actor, key, &input, now).await {
            Ok(before) => {
                undo.extend(before);
                BulkOutcome::done(key.clone())
            }
            Err(error) => refused(key, &error)?,
        };
        data.push(outcome);
    }
    let done = i64::try_from(data.iter().filter(|o| o.is_done).count()).unwrap_or_default();
    let refused = i64::try_from(data.len()).unwrap_or_default() - done;
    let is_dry_run = input.dry_run == Some(true);
    let undo_id = if undo.is_empty() || is_dry_run {
        None
    } else {
        let id = clock::new_id();
        let tx = app.db.write("tickets.bulk").await?;
        let undo = serde_json::to_value(&undo).map_err(Error::internal)?;
        store::insert_bulk(&tx, actor, id, undo, now).await?;
        tx.commit().await?;
        Some(id)
    };
    Ok(BulkResult {
        data,
        done,
        refused,
        is_dry_run,
        undo_id,
    })
}

/// The tickets that were named, or that the filters choose.
async fn chosen(app: &App, actor: &Actor, input: &BulkInput, now: Instant) -> Result<Vec<String>> {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    match (&input.tickets, &input.filters) {
        (Some(tickets), None) if tickets.is_empty() || tickets.len() > most => {
            let hint = format!("name 1 to {MOST} tickets");
            Err(Error::field("tickets", "length", hint))
        }
        (Some(tickets), None) => Ok(tickets.clone()),
        (None, Some(filters)) => {
            let conditions = super::hooks::conditions(app, actor, filters, now).await?;
            let found = store::numbers(&app.db, &conditions.filter, MOST + 1).await?;
            if found.len() > most {
                let hint = format!("more than {MOST} tickets match; narrow the filters");
                return Err(Error::field("filters", "too_many", hint));
            }
            Ok(found)
        }
        _ => {
            let hint = "send either tickets or filters";
            Err(Error::field("tickets", "required", hint))
        }
    }
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.trim().is_empty())
}

/// Refuses texts and lists that no ticket could take.
fn check_texts(input: &BulkInput) -> Result<()> {
    let step = input.step.as_ref();
    let patch = input.patch.as_ref();
    let flat = |text: Option<&Option<String>>| text.cloned().flatten();
    let texts = [
        ("step.comment", step.and_then(|s| s.comment.clone()), 65_536),
        (
            "step.resolution_note",
            step.and_then(|s| s.resolution_note.clone()),
            65_536,
        ),
        (
            "assign.comment",
            input.assign.as_ref().and_then(|a| a.comment.clone()),
            65_536,
        ),
        (
            "patch.description",
            patch.and_then(|p| p.description.clone()),
            65_536,
        ),
        (
            "patch.priority_reason",
            patch.and_then(|p| p.priority_reason.clone()),
            1000,
        ),
        (
            "patch.category",
            flat(patch.and_then(|p| p.category.as_ref())),
            200,
        ),
        (
            "patch.subcategory",
            flat(patch.and_then(|p| p.subcategory.as_ref())),
            200,
        ),
    ];
    for (field, text, max) in texts {
        check_length(field, text.as_deref().unwrap_or_default(), max)?;
    }
    if let Some(title) = patch.and_then(|p| p.title.as_deref()) {
        rules::check_title(title)?;
    }
    if let Some(step) = step.filter(|step| Verb::from_word(&step.verb).is_none()) {
        return Err(unknown_verb(&step.verb));
    }
    if patch.is_some_and(|p| is_blank(p.priority_reason.as_deref())) {
        let hint = "say why the priority is set by hand";
        return Err(Error::field("patch.priority_reason", "required", hint));
    }
    let lists = [
        ("add_tags", input.add_tags.as_ref()),
        ("remove_tags", input.remove_tags.as_ref()),
        ("patch.tags", patch.and_then(|p| p.tags.as_ref())),
    ];
    for (field, list) in lists {
        if list.is_some_and(|list| list.len() > 50) {
            return Err(Error::field(field, "too_many", "use at most 50 tags"));
        }
    }
    Ok(())
}

/// What is the caller's fault is told by ticket; what is ours ends the request.
fn refused(key: &str, error: &Error) -> Result<BulkOutcome> {
    if error.code == ErrorCode::InternalServerError {
        return Err(Error::internal(format!(
            "bulk action failed at {key}: {}",
            error.detail
        )));
    }
    let code = serde_json::to_value(error.code).map_err(Error::internal)?;
    let code = code.as_str().map(str::to_owned);
    let ticket = key.to_owned();
    if let Some(field) = error.errors.first() {
        return Ok(BulkOutcome {
            ticket,
            is_done: false,
            reason: Some(format!("{}: {}", field.field, field.message)),
            code,
            reason_code: Some(field.code.clone()),
            reason_params: BTreeMap::from([("field".to_owned(), field.field.clone())]),
        });
    }
    let reason = error.reason.as_deref();
    Ok(BulkOutcome {
        ticket,
        is_done: false,
        reason: Some(error.detail.clone()),
        code,
        reason_code: reason.map(|reason| reason.code.to_owned()),
        reason_params: reason.map(reason_params).unwrap_or_default(),
    })
}

async fn one(
    app: &App,
    actor: &Actor,
    key: &str,
    input: &BulkInput,
    now: Instant,
) -> Result<Option<Before>> {
    let resolves = input.step.as_ref().is_some_and(|s| s.verb == "resolve");
    let mut edit = if resolves {
        family::open(app, actor, key, None, "tickets.bulk_one").await?
    } else {
        edit::open(app, actor, key, None, "tickets.bulk_one").await?
    };
    if let Some(assign) = &input.assign {
        let assign = AssignInput {
            comment: None,
            ..assign.clone()
        };
        apply_assign(&mut edit, actor, assign, now).await?;
    }
    let mut patch = input.patch.clone().unwrap_or_default();
    patch.tags = tags(&edit, input);
    if patch != TicketPatch::default() {
        apply_patch(&mut edit, actor, patch).await?;
    }
    if let Some(step) = &input.step {
        // The verb decides on what the ticket was; assigning first would hide it.
        let step = Step {
            verb: Verb::from_word(&step.verb).ok_or_else(|| unknown_verb(&step.verb))?,
            comment: step.comment.clone(),
            resolution: step.resolution_note.clone().map(|note| ("solved", note)),
        };
        check_step(&step)?;
        apply_step(&mut edit, actor, step, now).await?;
    }
    let before = Before::of(&edit.before);
    let changes = edit.before != edit.after;
    let tx = edit.save(actor, now).await?;
    // A transaction that is dropped is undone: a dry run decides exactly as
    // the action itself.
    if input.dry_run != Some(true) {
        tx.commit().await?;
    }
    Ok(changes.then_some(before))
}

fn unknown_verb(verb: &str) -> Error {
    Error::field("step.verb", "unknown_value", format!("'{verb}' is no verb"))
}

fn check_step(step: &Step) -> Result<()> {
    if rules::needs_reason(step.verb) && step.comment.is_none() {
        return Err(Error::field("step.comment", "required", "say why"));
    }
    if step.verb == Verb::Resolve && step.resolution.is_none() {
        return Err(Error::field(
            "step.resolution_note",
            "required",
            "say what was done",
        ));
    }
    Ok(())
}

/// The ticket's tags with those added and without those removed; `None` when
/// neither was asked for.
fn tags(edit: &Edit, input: &BulkInput) -> Option<Vec<String>> {
    if input.add_tags.is_none() && input.remove_tags.is_none() {
        return input.patch.as_ref().and_then(|patch| patch.tags.clone());
    }
    let removed = input.remove_tags.as_deref().unwrap_or_default();
    let mut tags = edit.before.tag_list();
    tags.retain(|tag| !removed.contains(tag));
    tags.extend(input.add_tags.iter().flatten().cloned());
    Some(tags)
}

/// Puts back what a bulk action of the same person changed.
pub(in crate::tickets) async fn undo(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<BulkUndone> {
    let tx = app.db.write("tickets.take_bulk").await?;
    let record = store::take_bulk(&tx, actor, id, now).await?;
    let record = record.ok_or_else(|| Error::not_found("bulk action", id))?;
    tx.commit().await?;
    let befores: Vec<Before> = serde_json::from_value(record).map_err(Error::internal)?;
    let mut data = Vec::with_capacity(befores.len());
    for before in befores {
        let key = before.id.to_string();
        let outcome = match put_back(app, actor, before, now).await {
            Ok(number) => BulkOutcome::done(number),
            Err(error) => refused(&key, &error)?,
        };
        data.push(outcome);
    }
    Ok(BulkUndone { data })
}
