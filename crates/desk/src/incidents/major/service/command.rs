//! Declaring, changing, standing down, telling the stakeholders.

use super::view::{self, update_view};
use super::{Open, open, open_major};
use crate::incidents::major::dto::{
    DeclareInput, MajorPatch, MajorView, StandDownInput, UpdateInput, UpdateView,
};
use crate::incidents::major::store::{self, Declaration};
use crate::tickets::service as tickets;
use steward_db::time::{from_db, to_db};
use steward_domain::incidents::events::IncidentEvent;
use steward_domain::incidents::major::{self, Command, ReviewState};
use steward_domain::tickets::rules::check_title;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

fn check_headline(headline: &str) -> Result<String> {
    check_title(headline)
        .map_err(|_| Error::field("headline", "length", "write 1 to 500 characters"))?;
    Ok(headline.trim().to_owned())
}

/// Makes an incident a major one.
pub(in crate::incidents::major) async fn declare(
    app: &App,
    actor: &Actor,
    key: &str,
    input: DeclareInput,
    now: Instant,
) -> Result<MajorView> {
    let Open { mut edit, .. } = open(app, actor, key, Command::Declare, "major.declare").await?;
    let cadence = major::check_cadence(input.cadence_minutes.unwrap_or(major::DEFAULT_CADENCE))?;
    let headline = match input.headline {
        Some(text) => check_headline(&text)?,
        None => edit.before.title.clone(),
    };
    let commander_id = input.commander_id.unwrap_or(actor.user_id.0);
    let name = tickets::person(&edit.tx, actor, "commander_id", commander_id).await?;
    let declaration = Declaration {
        ticket_id: edit.before.id,
        headline: headline.clone(),
        commander_id,
        cadence_minutes: i32::try_from(cadence).map_err(Error::internal)?,
        declared_by: actor.user_id.0,
        next_update_due_at: major::next_update_due(now, cadence),
    };
    store::declare(&edit.tx, actor.organization_id, &declaration, now).await?;
    edit.after.is_major = true;
    edit.after.review_state = Some(ReviewState::Pending.as_str().to_owned());
    edit.note("commander", None, Some(name.trim().to_owned()));
    edit.note("cadence_minutes", None, Some(cadence.to_string()));
    let event = IncidentEvent::MajorDeclared {
        ticket_id: edit.before.id.into(),
        number: edit.before.number.clone(),
        headline,
        commander_id: commander_id.into(),
    };
    events::publish(&edit.tx, actor, edit.before.id, &event, now).await?;
    view::finish(edit, actor, now).await
}

/// Changes commander, cadence or headline.
pub(in crate::incidents::major) async fn change(
    app: &App,
    actor: &Actor,
    key: &str,
    patch: MajorPatch,
    if_match: Option<i64>,
    now: Instant,
) -> Result<MajorView> {
    let (mut edit, mut row) =
        open_major(app, actor, key, Command::Change, if_match, "major.change").await?;
    if let Some(headline) = patch.headline {
        let headline = check_headline(&headline)?;
        if headline != row.headline {
            edit.note("headline", Some(row.headline), Some(headline.clone()));
        }
        row.headline = headline;
    }
    if let Some(id) = patch.commander_id.filter(|id| *id != row.commander_id) {
        let name = tickets::person(&edit.tx, actor, "commander_id", id).await?;
        let old = row.commander_name.trim().to_owned();
        edit.note("commander", Some(old), Some(name.trim().to_owned()));
        row.commander_id = id;
    }
    if let Some(cadence) = patch.cadence_minutes {
        let cadence = major::check_cadence(cadence)?;
        let new = i32::try_from(cadence).map_err(Error::internal)?;
        if new != row.cadence_minutes {
            let old = row.cadence_minutes.to_string();
            edit.note("cadence_minutes", Some(old), Some(cadence.to_string()));
            // From the last word to the stakeholders, which is one old cadence before the due.
            let old = u32::try_from(row.cadence_minutes).map_err(Error::internal)?;
            let due = from_db(row.next_update_due_at);
            row.next_update_due_at = to_db(major::moved_due(due, old, cadence));
        }
        row.cadence_minutes = new;
    }
    store::save(&edit.tx, edit.before.id, &row, now).await?;
    let event = IncidentEvent::MajorChanged {
        ticket_id: edit.before.id.into(),
        number: edit.before.number.clone(),
        commander_id: row.commander_id.into(),
    };
    events::publish(&edit.tx, actor, edit.before.id, &event, now).await?;
    view::finish(edit, actor, now).await
}

/// It is no major incident after all.
pub(in crate::incidents::major) async fn stand_down(
    app: &App,
    actor: &Actor,
    key: &str,
    input: StandDownInput,
    if_match: Option<i64>,
    now: Instant,
) -> Result<()> {
    let (mut edit, mut row) = open_major(
        app,
        actor,
        key,
        Command::StandDown,
        if_match,
        "major.stand_down",
    )
    .await?;
    if input.reason.trim().is_empty() {
        return Err(Error::field("reason", "required", "say why"));
    }
    check_length("reason", &input.reason, 1000)?;
    row.is_active = false;
    row.stood_down_by = Some(actor.user_id.0);
    row.stood_down_at = Some(to_db(now));
    row.stand_down_reason = Some(input.reason.clone());
    store::save(&edit.tx, edit.before.id, &row, now).await?;
    edit.after.is_major = false;
    edit.after.review_state = None;
    edit.note_internal("stand_down_reason", None, Some(input.reason));
    let event = IncidentEvent::MajorStoodDown {
        ticket_id: edit.before.id.into(),
        number: edit.before.number.clone(),
        commander_id: row.commander_id.into(),
    };
    events::publish(&edit.tx, actor, edit.before.id, &event, now).await?;
    edit.save(actor, now).await?.commit().await
}

/// Tells the stakeholders. Answers the incident's id, the major incident's
/// version and the update.
pub(in crate::incidents::major) async fn post_update(
    app: &App,
    actor: &Actor,
    key: &str,
    input: UpdateInput,
    now: Instant,
) -> Result<(Uuid, i64, UpdateView)> {
    let (mut edit, mut row) =
        open_major(app, actor, key, Command::Update, None, "major.post_update").await?;
    if input.body.trim().is_empty() || input.body.chars().count() > 5000 {
        return Err(Error::field(
            "body",
            "length",
            "write 1 to 5,000 characters",
        ));
    }
    let (id, ticket_id) = (clock::new_id(), edit.before.id);
    let organization = actor.organization_id;
    let author = actor.user_id.0;
    store::insert_update(
        &edit.tx,
        organization,
        id,
        ticket_id,
        author,
        &input.body,
        now,
    )
    .await?;
    let cadence = u32::try_from(row.cadence_minutes).map_err(Error::internal)?;
    row.next_update_due_at = to_db(major::next_update_due(now, cadence));
    store::save(&edit.tx, ticket_id, &row, now).await?;
    edit.note("stakeholder_update", None, Some(input.body.clone()));
    let event = IncidentEvent::MajorUpdated {
        ticket_id: ticket_id.into(),
        number: edit.before.number.clone(),
        update_id: id,
    };
    events::publish(&edit.tx, actor, ticket_id, &event, now).await?;
    edit.save(actor, now).await?.commit().await?;
    Ok((ticket_id, row.version + 1, update_view(id, input.body, now)))
}
