//! Reading the ledger, and having a message worked on again.

use super::{receive, require};
use crate::mailboxes::dto::mails::{InboundMailDetail, InboundMailView, InboundMails, MailQuery};
use crate::mailboxes::store::{self, MailRow};
use futures::TryStreamExt;
use steward_db::time::{from_db, to_db};
use steward_db::{Filter, values};
use steward_domain::mail::fold;
use steward_domain::mail::message::Message;
use steward_kernel::page::PageRequest;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::App;
use steward_platform::files::Pieces;
use steward_platform::http::Download;
use steward_platform::http::download::Wanted;
use steward_platform::http::page::{self, Cursor};
use uuid::Uuid;

/// Messages of the actor's organization that arrived whole, over `inbound_mails i`.
fn reach(actor: &Actor) -> Result<Filter> {
    require(actor)?;
    let mut filter = Filter::default();
    let organization = values![actor.organization_id.0];
    filter.and("i.organization_id = ?", organization);
    Ok(filter)
}

/// A page of the ledger, newest first.
pub(in crate::mailboxes) async fn list(
    app: &App,
    actor: &Actor,
    query: MailQuery,
) -> Result<InboundMails> {
    let mut filter = reach(actor)?;
    let request = PageRequest::new(None, query.per_page, None)?;
    match query.state {
        Some(state) => filter.and("i.state = ?", values![state.as_str()]),
        None => filter.and("i.state <> 'arriving'", values![]),
    }
    if let Some(mailbox) = query.mailbox_id {
        filter.and("i.mailbox_id = ?", values![mailbox]);
    }
    if let Some(ticket) = query.ticket_id {
        filter.and("i.ticket_id = ?", values![ticket]);
    }
    if let Some(sender) = query.sender {
        check_length("sender", &sender, 320)?;
        filter.and("i.sender = ?", values![sender.trim().to_lowercase()]);
    }
    if let Some(cursor) = &query.cursor {
        let (at, id) = Cursor::decode_at(cursor)?;
        filter.and("(i.received_at, i.id) < (?, ?)", values![to_db(at), id]);
    }
    let mut rows = store::mails(&app.db, &filter, request.per_page + 1).await?;
    let next_cursor = page::cut(&mut rows, request.per_page, |row| {
        Cursor::at(from_db(row.received_at), row.id)
    });
    Ok(InboundMails {
        data: rows.into_iter().map(InboundMailView::from).collect(),
        next_cursor,
    })
}

async fn find(app: &App, actor: &Actor, id: Uuid) -> Result<MailRow> {
    let mut filter = reach(actor)?;
    filter.and("i.id = ? AND i.state <> 'arriving'", values![id]);
    let rows = store::mails(&app.db, &filter, 1).await?;
    rows.into_iter()
        .next()
        .ok_or_else(|| Error::not_found("inbound mail", id))
}

/// One message with its headers and its text.
pub(in crate::mailboxes) async fn get(
    app: &App,
    actor: &Actor,
    id: Uuid,
) -> Result<InboundMailDetail> {
    let row = find(app, actor, id).await?;
    if row.raw_removed_at.is_some() {
        return Ok(InboundMailDetail::removed(row.into()));
    }
    let pieces = app.files.read(id, None).await?;
    let read: std::io::Result<Vec<_>> = pieces.try_collect().await;
    let raw = read.map_err(Error::internal)?.concat();
    let read = tokio::task::spawn_blocking(move || {
        let message = Message::read(&raw);
        let folded = fold::fold(&message.text);
        (message, folded)
    });
    let (message, folded) = read.await.unwrap_or_default();
    Ok(InboundMailDetail::new(row.into(), message, folded))
}

/// Says of a message that it is not there any more.
fn removed(row: &MailRow) -> Option<String> {
    let at = from_db(row.raw_removed_at?).strftime("%Y-%m-%d");
    let id = row.id;
    Some(format!(
        "message {id} was removed on {at}, because it was older than the organization keeps them"
    ))
}

/// The message as it came.
pub(in crate::mailboxes) async fn raw(
    app: &App,
    actor: &Actor,
    id: Uuid,
    wanted: impl FnOnce(&str, u64) -> Wanted,
) -> Result<Download<Pieces>> {
    let row = find(app, actor, id).await?;
    if let Some(gone) = removed(&row) {
        return Err(Error::new(ErrorCode::ResourceNotFound, gone));
    }
    // Of one that was too large, only the beginning was kept.
    let is_cut = row.reason.as_deref() == Some("too_large");
    let size = u64::try_from(row.size_bytes).map_err(Error::internal)?;
    let size = if is_cut { size.min(64 * 1024) } else { size };
    let etag = format!("\"{}\"", row.sha256);
    let wanted = wanted(&etag, size);
    let pieces = match &wanted {
        Wanted::Nothing => None,
        Wanted::Whole => Some(app.files.read(id, None).await?),
        Wanted::Part(range) => Some(app.files.read(id, Some(range.clone())).await?),
    };
    Ok(Download {
        file_name: format!("{id}.eml"),
        content_type: "message/rfc822".to_owned(),
        etag,
        size,
        wanted,
        pieces,
    })
}

/// Has a message worked on again that did nothing so far.
pub(in crate::mailboxes) async fn process(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<InboundMailView> {
    let row = find(app, actor, id).await?;
    let tx = app.db.write("mailboxes.process_again").await?;
    let is_cut = row.reason.as_deref() == Some("too_large");
    let hindrance = match removed(&row) {
        Some(gone) => Some(format!("{gone}; ask its sender to send it again")),
        None if is_cut => Some(format!(
            "message {id} is too large; only its beginning was kept"
        )),
        None if store::reopen(&tx, id).await? => None,
        None => Some(format!(
            "message {id} did what it asks for; it is not done twice"
        )),
    };
    if let Some(detail) = hindrance {
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    receive::enqueue(&tx, actor.organization_id, id, now).await?;
    tx.commit().await?;
    Ok(find(app, actor, id).await?.into())
}
