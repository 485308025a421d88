//! Listening to the server of a mailbox, which says by itself when a message
//! came (RFC 2177). What it says is only a hint: a job fetches, here as when the
//! server is asked every minute.

use super::{fetch, mailboxes};
use crate::mailboxes::store::{self, Heard};
use std::time::Duration;
use steward_kernel::{Instant, Result};
use steward_platform::mail::imap::{Folder, Listening};
use steward_platform::{App, clock};
use uuid::Uuid;

/// How long a node has a mailbox for itself.
const LEASE: Duration = Duration::from_secs(90);
/// How often it says that it still has it.
const HOLD: Duration = Duration::from_secs(30);
/// How often listening is begun anew. RFC 2177 wants it within 29 minutes; routers
/// forget a silent connection sooner, and a server's own keepalive hides that.
const RENEW: Duration = Duration::from_secs(300);
/// How soon it is looked whether the job has fetched what was announced.
const SOON: Duration = Duration::from_secs(1);

/// Why a node listens to a mailbox no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mailboxes) enum End {
    /// It was changed, switched off, removed, or another node has it.
    Changed,
    /// Its server does not tell.
    Mute,
}

/// Mailboxes to which no node listens.
pub(in crate::mailboxes) async fn unheard(app: &App, now: Instant) -> Result<Vec<Heard>> {
    store::unheard(&app.db, now).await
}

fn until(now: Instant) -> Instant {
    now.checked_add(LEASE).unwrap_or(now)
}

/// Takes a mailbox for this node; false when another was faster.
pub(in crate::mailboxes) async fn take(app: &App, heard: Heard, node: Uuid) -> Result<bool> {
    let now = clock::now();
    let tx = app.db.write("mailboxes.take").await?;
    let is_taken = store::take_to_hear(&tx, heard, node, now, until(now)).await?;
    tx.commit().await?;
    Ok(is_taken)
}

/// Lets another node have a mailbox, or all that this one has.
pub(in crate::mailboxes) async fn let_go(app: &App, id: Option<Uuid>, node: Uuid) -> Result<()> {
    let tx = app.db.write("mailboxes.let_go").await?;
    store::let_go(&tx, id, node).await?;
    tx.commit().await
}

/// Listens until there is a reason not to.
///
/// # Errors
/// When the server is not reached, or the connection is lost.
pub(in crate::mailboxes) async fn listen(app: &App, heard: Heard, node: Uuid) -> Result<End> {
    let row = store::mailbox(&app.db, heard.id).await?;
    let row = row.filter(|row| row.is_enabled && row.version == heard.version);
    let Some((row, imap)) = row.and_then(|row| {
        let imap = mailboxes::settings(&row)?;
        Some((row, imap))
    }) else {
        return Ok(End::Changed);
    };
    let account = fetch::account(app, &row, &imap)?;
    let mut folder = Folder::open(&account, &imap.folder).await?;
    if !folder.can_tell().await? {
        folder.close().await;
        return Ok(End::Mute);
    }
    loop {
        let mut listening = folder.listen().await?;
        if !hear(app, heard, node, &mut listening).await? {
            return Ok(End::Changed);
        }
        folder = listening.end().await?;
    }
}

/// Hears until it is time to begin anew; false when the mailbox is this node's no more.
async fn hear(app: &App, heard: Heard, node: Uuid, listening: &mut Listening) -> Result<bool> {
    let began = clock::now();
    let renew = began.checked_add(RENEW).unwrap_or(began);
    // What came before the server listened was not told: fetched it is all the same.
    let mut news = Some(began);
    while clock::now() < renew {
        if !hint(app, heard, node, news).await? {
            return Ok(false);
        }
        let time = if news.is_some() { SOON } else { HOLD };
        if listening.came(time).await? {
            news = Some(clock::now());
        } else if let Some(at) = news
            && store::is_checked_after(&app.db, heard.id, at).await?
        {
            news = None;
        }
    }
    Ok(true)
}

/// Keeps the mailbox, and has a job fetch what was announced. While a job runs
/// that began before, this adds none, and is done again.
async fn hint(app: &App, heard: Heard, node: Uuid, news: Option<Instant>) -> Result<bool> {
    let now = clock::now();
    let tx = app.db.write("mailboxes.hear").await?;
    let is_held = store::hold(&tx, heard, node, until(now)).await?;
    if is_held {
        store::listens(&tx, heard.id, node, now).await?;
        if news.is_some() {
            fetch::enqueue(&tx, heard.id, heard.organization_id, now).await?;
        }
    }
    tx.commit().await?;
    Ok(is_held)
}
