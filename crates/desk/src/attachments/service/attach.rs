//! Attaching: every file goes to the store first, piece by piece; the rows of
//! all of them follow in one transaction. A file is a stray until its row stands.

use super::{sweep, view};
use crate::attachments::dto::AttachmentList;
use crate::attachments::store::{self, NewAttachment};
use crate::tickets::service::{Note, TicketRef, find_ticket, lock_ticket, note, visible_tickets};
use bytes::Bytes;
use std::sync::Arc;
use steward_db::{Tx, Unit};
use steward_domain::attachments::events::AttachmentEvent;
use steward_domain::attachments::media::{self, HEAD, Media, TextCheck};
use steward_domain::attachments::{policy, rules};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::files::FileWriter;
use steward_platform::http::Upload;
use steward_platform::http::upload::Part;
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// Attaches the files of a form to a ticket.
pub(in crate::attachments) async fn attach(
    app: &App,
    actor: &Actor,
    key: &str,
    upload: Upload,
    now: Instant,
) -> Result<(TicketRef, AttachmentList)> {
    let ticket = find_ticket(&app.db, actor, key).await?;
    let may = [false, true].map(policy::permission_to_add);
    if !may.iter().any(|permission| actor.may(permission)) {
        return Err(Error::forbidden(policy::permission_to_add(false)));
    }
    ticket.refuse_closed()?;
    let mut form = Form::default();
    // What announces a file is durable before the file, whatever else the
    // request writes, and no transaction waits for the sender's pieces.
    let own = Arc::<Unit>::default();
    let received = own.scope(receive(app, actor, upload, &mut form, now));
    let done = match received.await {
        Ok(()) => keep(app, actor, ticket.id, &form, now).await,
        Err(error) => Err(error),
    };
    if done.is_err() && !form.started.is_empty() {
        let tx = app.db.write("attachments.give_up").await?;
        store::condemn(&tx, &form.started).await?;
        tx.commit().await?;
        sweep::discard(app, &form.started).await;
    }
    done
}

/// What came in.
#[derive(Debug, Default)]
struct Form {
    comment_id: Option<Uuid>,
    /// Every file that the store may hold something of.
    started: Vec<Uuid>,
    files: Vec<NewAttachment>,
}

async fn receive(
    app: &App,
    actor: &Actor,
    mut upload: Upload,
    form: &mut Form,
    now: Instant,
) -> Result<()> {
    while let Some(part) = upload.next().await? {
        match part.name() {
            "file" => {
                rules::check_count(form.files.len())?;
                let id = clock::new_id();
                announce(app, actor, id, now).await?;
                form.started.push(id);
                form.files.push(store_file(app, id, part).await?);
            }
            "comment_id" if form.comment_id.is_none() => {
                let text = part.text(64).await?;
                let id = text.trim().parse();
                form.comment_id =
                    Some(id.map_err(|_| {
                        Error::field("comment_id", "invalid", "write a comment's id")
                    })?);
            }
            other => {
                let message = "the form takes file (several times) and one comment_id";
                return Err(Error::field(other, "unknown_field", message));
            }
        }
    }
    if form.files.is_empty() {
        let message = "send at least one file in the field file";
        return Err(Error::field("file", "required", message));
    }
    Ok(())
}

/// Streams one file into the store while it is typed, counted and hashed.
async fn store_file(app: &App, id: Uuid, mut part: Part<'_>) -> Result<NewAttachment> {
    let file_name = rules::clean_name(part.file_name().unwrap_or_default());
    let mut head = Vec::new();
    while head.len() < HEAD {
        let Some(piece) = part.piece().await? else {
            break;
        };
        head.extend_from_slice(&piece);
    }
    let (content_type, text) = typed(&head, &file_name)?;
    let mut writer = app.files.writer(id, app.config.files.max_attachment_bytes);
    if let Err(error) = copy(&mut writer, head.into(), &mut part, text, &file_name).await {
        writer.abort().await;
        return Err(error);
    }
    finish(writer, id, file_name, content_type).await
}

/// Stores a file that is in memory already, as [`attach`] would. It is a stray
/// until [`keep_stored`] keeps it; no transaction may be open meanwhile.
pub(crate) async fn store_bytes(
    app: &App,
    actor: &Actor,
    name: &str,
    bytes: &[u8],
    now: Instant,
) -> Result<NewAttachment> {
    let file_name = rules::clean_name(name);
    let (content_type, text) = typed(bytes.get(..HEAD).unwrap_or(bytes), &file_name)?;
    if let Some(mut check) = text
        && !(check.push(bytes) && check.finish())
    {
        return Err(refused(&file_name, "text with binary parts"));
    }
    let id = clock::new_id();
    let own = Arc::<Unit>::default();
    own.scope(announce(app, actor, id, now)).await?;
    let mut writer = app.files.writer(id, app.config.files.max_attachment_bytes);
    if let Err(error) = writer.write(bytes).await {
        writer.abort().await;
        return Err(error);
    }
    finish(writer, id, file_name, content_type).await
}

/// Keeps files of [`store_bytes`] on a ticket, or on a comment of the actor's own.
pub(crate) async fn keep_stored(
    app: &App,
    actor: &Actor,
    ticket: Uuid,
    comment_id: Option<Uuid>,
    files: Vec<NewAttachment>,
    now: Instant,
) -> Result<()> {
    let form = Form {
        comment_id,
        started: Vec::new(),
        files,
    };
    keep(app, actor, ticket, &form, now).await.map(drop)
}

async fn announce(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<()> {
    let tx = app.db.write("attachments.announce").await?;
    store::insert_stray(&tx, actor, id, false, now).await?;
    tx.commit().await
}

/// The type of a file by its beginning; of a text, what checks the rest.
fn typed(head: &[u8], file_name: &str) -> Result<(&'static str, Option<TextCheck>)> {
    if head.is_empty() {
        let message = format!("{file_name} is empty");
        return Err(Error::field("file", "empty", message));
    }
    match media::media(head, file_name) {
        Media::Binary(mime) => Ok((mime, None)),
        Media::Text(mime) => Ok((mime, Some(TextCheck::default()))),
        Media::Refused(seen) => Err(refused(file_name, seen)),
    }
}

async fn finish(
    writer: FileWriter,
    id: Uuid,
    file_name: String,
    content_type: &'static str,
) -> Result<NewAttachment> {
    let stored = writer.finish().await?;
    Ok(NewAttachment {
        id,
        file_name,
        content_type,
        size_bytes: i64::try_from(stored.size).map_err(Error::internal)?,
        sha256: stored.sha256,
    })
}

async fn copy(
    writer: &mut FileWriter,
    head: Bytes,
    part: &mut Part<'_>,
    mut text: Option<TextCheck>,
    file_name: &str,
) -> Result<()> {
    let mut next = Some(head);
    while let Some(piece) = next {
        if text.as_mut().is_some_and(|check| !check.push(&piece)) {
            return Err(refused(file_name, "text with binary parts"));
        }
        writer.write(&piece).await?;
        next = part.piece().await?;
    }
    if text.is_some_and(|check| !check.finish()) {
        return Err(refused(file_name, "text that ends within a character"));
    }
    Ok(())
}

fn refused(file_name: &str, seen: &str) -> Error {
    let detail = format!(
        "{file_name} is {seen}; pictures, documents, archives, recordings and UTF-8 text are taken"
    );
    Error::new(ErrorCode::InvalidFileType, detail)
}

/// Writes the rows, the timeline and the events of files that are stored.
async fn keep(
    app: &App,
    actor: &Actor,
    ticket: Uuid,
    form: &Form,
    now: Instant,
) -> Result<(TicketRef, AttachmentList)> {
    let tx = app.db.write("attachments.attach").await?;
    let ticket = lock_ticket(&tx, actor, &ticket.to_string()).await?;
    ticket.refuse_closed()?;
    let is_internal = check_comment(&tx, actor, ticket.id, form.comment_id).await?;
    let count = store::count(&tx, ticket.id).await?;
    rules::check_room(&ticket.number, count, form.files.len())?;
    for file in &form.files {
        if !store::claim_stray(&tx, file.id).await? {
            return Err(Error::internal(format!("file {} was swept", file.id)));
        }
        store::insert(&tx, actor, ticket.id, form.comment_id, file, now).await?;
        let event = AttachmentEvent::Added {
            ticket_id: ticket.id.into(),
            number: ticket.number.clone(),
            attachment_id: file.id,
            is_public: !is_internal,
        };
        events::publish(&tx, actor, ticket.id, &event, now).await?;
    }
    let notes: Vec<Note<'_>> = form
        .files
        .iter()
        .map(|file| Note {
            field: "attachment",
            old: None,
            new: Some(&file.file_name),
            is_internal,
        })
        .collect();
    note(&tx, actor, &ticket, &notes, now).await?;
    let mut filter = visible_tickets(actor);
    filter.and_in("x.id", form.files.iter().map(|file| file.id));
    let rows = store::find(&tx, &filter, true).await?;
    let after = lock_ticket(&tx, actor, &ticket.id.to_string()).await?;
    tx.commit().await?;
    let data = rows.into_iter().map(|row| view(actor, row)).collect();
    Ok((after, AttachmentList { data }))
}

/// Whether the files become internal: as internal as the comment they belong
/// to, which must be the actor's own.
async fn check_comment(
    tx: &Tx,
    actor: &Actor,
    ticket: Uuid,
    comment: Option<Uuid>,
) -> Result<bool> {
    let mut is_internal = false;
    if let Some(id) = comment {
        let unknown = || {
            let message = format!("{id} is no comment of yours on this ticket");
            Error::field("comment_id", "unknown_value", message)
        };
        let found = store::comment(tx, ticket, id).await?.ok_or_else(unknown)?;
        if found.author_id != actor.user_id.0 {
            return Err(unknown());
        }
        is_internal = found.visibility != "public";
    }
    let permission = policy::permission_to_add(is_internal);
    if !actor.may(permission) {
        return Err(Error::forbidden(permission));
    }
    Ok(is_internal)
}
