//! Use cases of attachments.

mod attach;
mod sweep;

pub(super) use attach::attach;
pub(crate) use attach::{keep_stored, store_bytes};
pub use sweep::sweep;

use super::dto::{AttachmentList, AttachmentView};
use super::store::{self, AttachmentRow};
use crate::tickets::dto::{ActionView, Reference};
use crate::tickets::service::{Note, find_ticket, lock_ticket, note, visible_tickets};
use steward_db::{Executor, Tx, time::from_db, values};
use steward_domain::attachments::events::AttachmentEvent;
use steward_domain::attachments::{media, policy};
use steward_domain::tickets::allowed::{AllowedAction, Refused};
use steward_domain::tickets::policy::sees_internal;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::files::Pieces;
use steward_platform::http::Download;
use steward_platform::http::download::Wanted;
use steward_platform::{App, events};
use uuid::Uuid;

/// Attachments of a ticket that the actor may see, oldest first.
pub(super) async fn list(app: &App, actor: &Actor, key: &str) -> Result<AttachmentList> {
    let ticket = find_ticket(&app.db, actor, key).await?;
    let mut filter = visible_tickets(actor);
    filter.and("x.ticket_id = ?", values![ticket.id]);
    let rows = store::find(&app.db, &filter, sees_internal(actor)).await?;
    Ok(AttachmentList {
        data: rows.into_iter().map(|row| view(actor, row)).collect(),
    })
}

/// One attachment.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<AttachmentView> {
    Ok(view(actor, find(&app.db, actor, id).await?))
}

/// An attachment's bytes, or what the client wants of them.
pub(super) async fn download(
    app: &App,
    actor: &Actor,
    id: Uuid,
    wanted: impl FnOnce(&str, u64) -> Wanted,
) -> Result<Download<Pieces>> {
    let row = find(&app.db, actor, id).await?;
    let size = u64::try_from(row.size_bytes).map_err(Error::internal)?;
    let etag = format!("\"{}\"", row.sha256);
    let wanted = wanted(&etag, size);
    let pieces = match &wanted {
        Wanted::Nothing => None,
        Wanted::Whole => Some(app.files.read(id, None).await?),
        Wanted::Part(range) => Some(app.files.read(id, Some(range.clone())).await?),
    };
    Ok(Download {
        file_name: row.file_name,
        content_type: row.content_type,
        etag,
        size,
        wanted,
        pieces,
    })
}

/// Removes an attachment: its row with the change, its file after it.
pub(super) async fn delete(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<()> {
    let tx = app.db.write("attachments.delete").await?;
    let row = find(&tx, actor, id).await?;
    let ticket = lock_ticket(&tx, actor, &row.ticket_id.to_string()).await?;
    let is_internal = row.is_internal();
    if !policy::may_delete(actor, row.uploader_id.into(), is_internal) {
        return Err(Error::forbidden("attachment:delete"));
    }
    ticket.refuse_closed()?;
    if !store::remove(&tx, actor, id).await? {
        return Err(Error::not_found("attachment", id));
    }
    store::insert_stray(&tx, actor, id, true, now).await?;
    let gone = Note {
        field: "attachment",
        old: Some(&row.file_name),
        new: None,
        is_internal,
    };
    note(&tx, actor, &ticket, &[gone], now).await?;
    let event = AttachmentEvent::Removed {
        ticket_id: ticket.id.into(),
        number: ticket.number,
        attachment_id: id,
        is_public: !is_internal,
    };
    events::publish(&tx, actor, ticket.id, &event, now).await?;
    tx.commit().await?;
    sweep::discard(app, &[id]).await;
    Ok(())
}

/// Attachments follow their ticket into the one it is merged into.
pub(crate) async fn follow_merge(tx: &Tx, from: Uuid, into: Uuid) -> Result<()> {
    store::move_all(tx, from, into).await
}

/// Attachments go back with their ticket when a merge is taken back.
pub(crate) async fn follow_unmerge(tx: &Tx, origin: Uuid, holder: Uuid) -> Result<()> {
    store::return_all(tx, origin, holder).await
}

/// Finds what the actor may see, through the ticket's predicate; anything else is not found.
async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<AttachmentRow> {
    let mut filter = visible_tickets(actor);
    filter.and("x.id = ?", values![id]);
    let rows = store::find(db, &filter, sees_internal(actor)).await?;
    rows.into_iter()
        .next()
        .ok_or_else(|| Error::not_found("attachment", id))
}

fn view(actor: &Actor, row: AttachmentRow) -> AttachmentView {
    let is_internal = row.is_internal();
    let may_delete = policy::may_delete(actor, row.uploader_id.into(), is_internal);
    AttachmentView {
        id: row.id,
        ticket_id: row.ticket_id,
        comment_id: row.comment_id,
        is_picture: media::is_picture(&row.content_type),
        file_name: row.file_name,
        content_type: row.content_type,
        size_bytes: row.size_bytes,
        sha256: row.sha256,
        is_internal,
        download_path: format!("/api/v1/attachments/{}/download", row.id),
        uploader: Reference {
            id: row.uploader_id,
            name: row.uploader_name.trim().to_owned(),
        },
        allowed_actions: vec![ActionView::from(AllowedAction::new(
            "delete",
            (!may_delete).then(|| Refused::lacking("attachment:delete")),
        ))],
        created_at: from_db(row.created_at),
    }
}
