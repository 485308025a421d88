//! Taking a message in: stored whole and durable before anything is done.

use crate::mailboxes::jobs::PROCESS;
use crate::mailboxes::store::{self, MailboxRow, ServerUid, Settled};
use serde_json::json;
use std::time::Duration;
use steward_domain::mail::message::Message;
use steward_domain::mail::model::{MAX_BYTES, Outcome, Route};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, ErrorCode, Instant, Result};
use steward_platform::jobs::{self, NewJob};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Kept of a message that is too large.
const HEAD: usize = 64 * 1024;
/// What never arrived whole is forgotten after this.
const PATIENCE: Duration = Duration::from_secs(24 * 3600);

/// What became of a message that was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// It is stored and will be worked on.
    Stored(Uuid),
    /// It is too large: the ledger says so, with its beginning.
    TooLarge(Uuid),
    /// No mailbox has the address.
    NoMailbox,
    /// The mailbox takes no mail at the moment.
    Disabled,
}

/// Takes a message for a mailbox; without an address for the one that its
/// headers name, or the only one there is. When this returns [`Arrival::Stored`],
/// the message is durable.
///
/// # Errors
/// When database or store do not take it; it should be handed over again then.
pub async fn receive(
    app: &App,
    address: Option<&str>,
    raw: &[u8],
    now: Instant,
) -> Result<Arrival> {
    let Some(mailbox) = find(app, address, raw).await? else {
        return Ok(Arrival::NoMailbox);
    };
    if !mailbox.is_enabled {
        return Ok(Arrival::Disabled);
    }
    let arrival = keep(app, &mailbox, (Route::Command, None), raw, now).await?;
    arrival.ok_or_else(|| Error::internal("a message by command has no number of a server"))
}

async fn find(app: &App, address: Option<&str>, raw: &[u8]) -> Result<Option<MailboxRow>> {
    if let Some(address) = address {
        return by_address(app, &address.trim().to_lowercase()).await;
    }
    // Only the headers are read here, and only to know whose mail it is.
    let head = raw.get(..HEAD).unwrap_or(raw);
    for address in recipients(&Message::read_headers(head)) {
        let found = by_address(app, &address).await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    match store::two_addresses(&app.db).await?.as_slice() {
        [only] => store::mailbox_by_address(&app.db, only).await,
        _ => Ok(None),
    }
}

/// The mailbox of an address, else of the address without what follows a plus
/// (RFC 5233), as mail that comes back has it.
async fn by_address(app: &App, address: &str) -> Result<Option<MailboxRow>> {
    let found = store::mailbox_by_address(&app.db, address).await?;
    let plain = || {
        let (local, domain) = address.rsplit_once('@')?;
        let (local, _) = local.split_once('+')?;
        Some(format!("{local}@{domain}"))
    };
    match plain().filter(|_| found.is_none()) {
        Some(plain) => store::mailbox_by_address(&app.db, &plain).await,
        None => Ok(found),
    }
}

/// Addresses that a message was for, those that servers note first.
fn recipients(message: &Message) -> Vec<String> {
    const HEADERS: [&str; 6] = [
        "delivered-to",
        "x-original-to",
        "envelope-to",
        "x-envelope-to",
        "to",
        "cc",
    ];
    let values = HEADERS.iter().flat_map(|name| message.values(name));
    let is_break = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"');
    let words = values.flat_map(|value| value.split(is_break));
    let addresses = words
        .filter(|word| word.contains('@'))
        .map(str::to_lowercase);
    addresses.take(50).collect()
}

/// Stores a message and enters it into the ledger; none when the server's
/// message is there already.
pub(super) async fn keep(
    app: &App,
    mailbox: &MailboxRow,
    origin: (Route, Option<ServerUid>),
    raw: &[u8],
    now: Instant,
) -> Result<Option<Arrival>> {
    let id = clock::new_id();
    let is_large = raw.len() > MAX_BYTES;
    let kept = if is_large {
        raw.get(..HEAD).unwrap_or(raw)
    } else {
        raw
    };
    // The line stands before the bytes, so that a crash leaves none unknown.
    let tx = app.db.write("mailboxes.announce").await?;
    let is_new = store::announce(&tx, id, mailbox, origin, now).await?;
    tx.commit().await?;
    if !is_new {
        return Ok(None);
    }
    let mut writer = app
        .files
        .writer(id, u64::try_from(MAX_BYTES).map_err(Error::internal)?);
    if let Err(error) = writer.write(kept).await {
        writer.abort().await;
        return Err(error);
    }
    let stored = writer.finish().await?;
    let size = i64::try_from(raw.len()).map_err(Error::internal)?;
    let tx = app.db.write("mailboxes.receive").await?;
    if !store::arrived(&tx, id, (size, &stored.sha256)).await? {
        let detail = format!("message {id} took too long to arrive");
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let arrival = if is_large {
        store::settle(&tx, id, &too_large(kept), now).await?;
        Arrival::TooLarge(id)
    } else {
        enqueue(&tx, mailbox.organization_id.into(), id, now).await?;
        Arrival::Stored(id)
    };
    tx.commit().await?;
    Ok(Some(arrival))
}

fn too_large(head: &[u8]) -> Settled {
    let message = Message::read_headers(head);
    let from = message.from.clone().unwrap_or_default();
    Settled {
        state: Outcome::Refused.as_str(),
        reason: Some("too_large"),
        detail: Some(format!(
            "a message may have at most {MAX_BYTES} bytes; its beginning is kept"
        )),
        sender: Some(from.address),
        sender_name: from.name,
        subject: Some(message.subject),
        message_id: message.message_id,
        ..Settled::default()
    }
}

/// Writes the job that works on a message.
pub(super) async fn enqueue(
    tx: &steward_db::Tx,
    organization: OrganizationId,
    id: Uuid,
    now: Instant,
) -> Result<()> {
    let job = NewJob {
        organization_id: Some(organization),
        kind: PROCESS,
        payload: json!({"inbound_mail_id": id}),
        run_at: now,
        dedupe_key: Some(format!("{PROCESS}:{id}")),
    };
    jobs::enqueue_outside(tx, job, now).await
}

/// Forgets messages that never arrived whole: who handed them over was not
/// told that they had, and has handed them over again.
pub(in crate::mailboxes) async fn sweep(app: &App, now: Instant) -> Result<()> {
    let before = now.checked_sub(PATIENCE).unwrap_or(now);
    for id in store::stale(&app.db, before, 500).await? {
        app.files.delete(id).await?;
        let tx = app.db.write("mailboxes.sweep").await?;
        store::forget(&tx, id).await?;
        tx.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_from_what_servers_note_before_what_people_write() {
        let raw =
            b"To: Desk <Desk@Example.com>, b@example.com\r\nDelivered-To: help@example.com\r\n\r\n";
        let found = recipients(&Message::read_headers(raw));
        assert_eq!(
            found,
            ["help@example.com", "desk@example.com", "b@example.com"]
        );
    }
}
