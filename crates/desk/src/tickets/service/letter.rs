//! Tickets that are opened and answered by mail.

use super::create::{Draft, defaults, insert};
use super::edit::{self, Edit};
use super::work::apply_step;
use super::{Step, view};
use crate::categories;
use crate::tickets::dto::VisibilityInput;
use crate::tickets::store::{self, TicketRow};
use steward_db::Tx;
use steward_domain::tickets::model::{Kind, Level, LinkKind, Source, Status};
use steward_domain::tickets::rules::{self, Answered, Verb};
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::letters::Letter;
use steward_platform::{App, clock};
use uuid::Uuid;

/// What a letter became.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) ticket_id: Uuid,
    pub(crate) comment_id: Option<Uuid>,
    /// `resumed`, `reopened`, `follow_up`.
    pub(crate) effect: Option<&'static str>,
}

/// Opens an incident of whoever wrote the letter.
pub(crate) async fn open_by_letter(
    app: &App,
    actor: &Actor,
    letter: &Letter,
    now: Instant,
) -> Result<Entry> {
    let tx = app.db.write("letters.open").await?;
    let row = report(&tx, actor, letter, now).await?;
    tx.commit().await?;
    Ok(Entry {
        ticket_id: row.id,
        comment_id: None,
        effect: None,
    })
}

async fn report(tx: &Tx, actor: &Actor, letter: &Letter, now: Instant) -> Result<TicketRow> {
    if !actor.may("ticket:create") {
        return Err(Error::forbidden("ticket:create"));
    }
    rules::check_title(&letter.title)?;
    let tree = categories::tree(tx, actor.organization_id).await?;
    // The mailbox's choices may be gone by now: the letter counts more.
    let sorted = tree.classify(letter.category.as_deref(), letter.subcategory.as_deref());
    let (category, subcategory) = sorted.unwrap_or_default();
    let team_id = match letter.team_id {
        Some(id) => store::team_name(tx, actor.organization_id, id)
            .await?
            .map(|_| id),
        None => None,
    };
    let draft = Draft {
        kind: Kind::Incident,
        title: letter.title.trim().to_owned(),
        description: letter.text.clone(),
        status: Status::New,
        impact: Level::Medium,
        urgency: Level::Medium,
        requester_id: actor.user_id.0,
        requested_for_id: None,
        assignee_id: None,
        team_id,
        category,
        subcategory,
        tags: Vec::new(),
        source: Source::Email,
        parent_id: None,
        custom_fields: defaults(tx, actor, Kind::Incident).await?,
    };
    insert(tx, actor, draft, now).await
}

/// Adds a letter to a ticket that its writer sees, and does what an answer
/// does; one to a closed ticket opens another that refers to it.
pub(crate) async fn answer(
    app: &App,
    actor: &Actor,
    ticket: Uuid,
    letter: &Letter,
    now: Instant,
) -> Result<Entry> {
    let mut edit = edit::open(app, actor, &ticket.to_string(), None, "letters.answer").await?;
    let facts = view::facts(&edit.tx, actor, &edit.before, now).await?;
    let answered = rules::answered(actor, &facts);
    if answered == Answered::FollowUp {
        return follow_up(edit, actor, letter, now).await;
    }
    if !actor.may("ticket:comment") {
        return Err(Error::forbidden("ticket:comment"));
    }
    let comment = edit
        .say(actor, &letter.reply, VisibilityInput::Public, now)
        .await?;
    if !letter.quoted.is_empty() || !letter.signature.is_empty() {
        let beside = (letter.quoted.as_str(), letter.signature.as_str());
        store::insert_fold(&edit.tx, actor.organization_id, comment, beside).await?;
    }
    let effect = match answered {
        Answered::Resumes => {
            edit.after.status = Status::InProgress.as_str().to_owned();
            edit.after.hold_reason = None;
            Some("resumed")
        }
        Answered::Reopens => {
            let step = Step {
                verb: Verb::Reopen,
                comment: None,
                resolution: None,
            };
            apply_step(&mut edit, actor, step, now).await?;
            Some("reopened")
        }
        Answered::Stays | Answered::FollowUp => None,
    };
    let ticket_id = edit.before.id;
    edit.save(actor, now).await?.commit().await?;
    Ok(Entry {
        ticket_id,
        comment_id: Some(comment),
        effect,
    })
}

async fn follow_up(mut edit: Edit, actor: &Actor, letter: &Letter, now: Instant) -> Result<Entry> {
    let row = report(&edit.tx, actor, letter, now).await?;
    let ends = (row.id, edit.before.id);
    let kind = LinkKind::RelatesTo.as_str();
    store::link(&edit.tx, actor, clock::new_id(), kind, ends, now).await?;
    edit.note_internal("link", None, Some(format!("{kind} {}", row.number)));
    edit.save(actor, now).await?.commit().await?;
    Ok(Entry {
        ticket_id: row.id,
        comment_id: None,
        effect: Some("follow_up"),
    })
}
