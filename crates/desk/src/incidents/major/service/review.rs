//! The post-incident review.

use super::{open_major, view};
use crate::incidents::major::dto::{MajorView, ReviewActionInput, ReviewInput};
use crate::incidents::major::store::{self, NewReview};
use crate::tickets::service as tickets;
use steward_domain::incidents::events::IncidentEvent;
use steward_domain::incidents::major::{Command, ReviewState};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, events};

/// Most things that a review says will be done.
const MOST_ACTIONS: usize = 50;

/// Writes the review; the incident may close then.
pub(in crate::incidents::major) async fn review(
    app: &App,
    actor: &Actor,
    key: &str,
    input: ReviewInput,
    if_match: Option<i64>,
    now: Instant,
) -> Result<MajorView> {
    let (mut edit, row) =
        open_major(app, actor, key, Command::Review, if_match, "major.review").await?;
    let timeline_notes = input.timeline_notes.unwrap_or_default();
    for (field, text) in [
        ("outcome", &input.outcome),
        ("root_cause", &input.root_cause),
        ("lessons", &input.lessons),
    ] {
        if text.trim().is_empty() {
            return Err(Error::field(field, "required", "a review needs it"));
        }
        check_length(field, text, 10_000)?;
    }
    check_length("timeline_notes", &timeline_notes, 20_000)?;
    let actions = input.actions.unwrap_or_default();
    check_actions(&edit.tx, actor, &actions).await?;
    let new = NewReview {
        outcome: input.outcome,
        timeline_notes,
        root_cause: input.root_cause,
        lessons: input.lessons,
        actions: serde_json::to_value(&actions).map_err(Error::internal)?,
    };
    let ticket_id = edit.before.id;
    let organization = actor.organization_id;
    store::save_review(&edit.tx, organization, ticket_id, actor.user_id.0, new, now).await?;
    store::save(&edit.tx, ticket_id, &row, now).await?;
    edit.after.review_state = Some(ReviewState::Completed.as_str().to_owned());
    edit.note_internal("review", None, Some("written".to_owned()));
    let event = IncidentEvent::MajorReviewed {
        ticket_id: ticket_id.into(),
        number: edit.before.number.clone(),
        commander_id: row.commander_id.into(),
    };
    events::publish(&edit.tx, actor, ticket_id, &event, now).await?;
    view::finish(edit, actor, now).await
}

async fn check_actions(
    tx: &steward_db::Tx,
    actor: &Actor,
    actions: &[ReviewActionInput],
) -> Result<()> {
    if actions.len() > MOST_ACTIONS {
        let message = format!("name at most {MOST_ACTIONS} actions");
        return Err(Error::field("actions", "too_many", message));
    }
    for action in actions {
        if action.title.trim().is_empty() || action.title.chars().count() > 500 {
            let message = "write 1 to 500 characters";
            return Err(Error::field("actions.title", "length", message));
        }
        if let Some(owner) = action.owner_id {
            tickets::person(tx, actor, "actions.owner_id", owner).await?;
        }
    }
    Ok(())
}
