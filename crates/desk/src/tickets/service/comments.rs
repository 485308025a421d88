//! Comments of a ticket, and their earlier texts.

use super::{edit, find};
use crate::tickets::dto::{
    CommentInput, CommentPatch, Revision, Revisions, TicketView, VisibilityInput,
};
use crate::tickets::store;
use steward_db::time::from_db;
use steward_domain::tickets::{policy, rules};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

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

/// Changes the text of an own comment; the earlier text is kept.
pub(in crate::tickets) async fn edit_comment(
    app: &App,
    actor: &Actor,
    key: &str,
    id: Uuid,
    patch: CommentPatch,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = edit::open(app, actor, key, None, "tickets.edit_comment").await?;
    let comment = visible_comment(&edit.tx, actor, edit.before.id, id).await?;
    if comment.author_id != actor.user_id.0 {
        let detail = "only the author of a comment can change it; add a comment instead";
        return Err(Error::new(ErrorCode::InsufficientPermissions, detail));
    }
    edit.refuse_closed()?;
    rules::check_body(&patch.body)?;
    if comment.body != patch.body {
        store::revise(&edit.tx, actor, clock::new_id(), &comment, &patch.body, now).await?;
        store::search_rewrite(&edit.tx, &edit.before).await?;
        if comment.visibility == "public" {
            edit.note("comment_edited", None, None);
        } else {
            edit.note_internal("comment_edited", None, None);
        }
    }
    edit.finish(actor, now).await
}

/// Earlier texts of a comment, oldest first.
pub(in crate::tickets) async fn revisions(
    app: &App,
    actor: &Actor,
    key: &str,
    id: Uuid,
) -> Result<Revisions> {
    let ticket = find(&app.db, actor, key).await?;
    let comment = visible_comment(&app.db, actor, ticket.id, id).await?;
    if comment.author_id != actor.user_id.0 && !policy::sees_internal(actor) {
        return Err(Error::forbidden("ticket:read_internal"));
    }
    let rows = store::revisions(&app.db, id).await?;
    let revision = |row: store::RevisionRow| Revision {
        body: row.body,
        replaced_at: from_db(row.replaced_at),
    };
    Ok(Revisions {
        data: rows.into_iter().map(revision).collect(),
    })
}

async fn visible_comment<E: steward_db::Executor>(
    db: &E,
    actor: &Actor,
    ticket: Uuid,
    id: Uuid,
) -> Result<store::CommentRow> {
    let found = store::comment(db, ticket, id).await?;
    found
        .filter(|c| c.visibility == "public" || policy::sees_internal(actor))
        .ok_or_else(|| Error::not_found("comment", id))
}
