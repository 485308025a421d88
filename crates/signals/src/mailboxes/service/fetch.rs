//! Fetching mail from servers: every message is stored here before anything is
//! said about it there.

use super::{mailboxes, receive};
use crate::mailboxes::dto::mailboxes::{
    AfterFetching, ConnectionSecurity, ImapInput, MailboxCheck,
};
use crate::mailboxes::jobs::FETCH;
use crate::mailboxes::store::{self, MailboxRow, ServerUid};
use serde_json::json;
use std::time::Duration;
use steward_db::Tx;
use steward_domain::mail::model::{MAX_BYTES, Route};
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::jobs::{self, Job, NewJob};
use steward_platform::mail::imap::{Account, Folder, Secured};
use steward_platform::{App, clock, seal};
use uuid::Uuid;

/// Messages fetched in one go; what is left comes with the next.
const AT_ONCE: usize = 100;
/// Time for one go, well below the lease of a job.
const TIME: Duration = Duration::from_secs(90);

/// How long a server that tells of new mail is not asked, as a net.
const SELDOM: Duration = Duration::from_secs(300);

/// The tick: one job for each mailbox that is fetched.
pub(in crate::mailboxes) async fn poll(app: &App, now: Instant) -> Result<()> {
    let before = now.checked_sub(SELDOM).unwrap_or(now);
    let fetched = store::fetched(&app.db, before, now).await?;
    if fetched.is_empty() {
        return Ok(());
    }
    let tx = app.db.write("mailboxes.poll").await?;
    for (id, organization) in fetched {
        enqueue(&tx, id, organization, now).await?;
    }
    tx.commit().await
}

/// Writes the job that fetches what is new, unless one waits or runs.
pub(super) async fn enqueue(tx: &Tx, id: Uuid, organization: Uuid, now: Instant) -> Result<()> {
    let job = NewJob {
        organization_id: Some(organization.into()),
        kind: FETCH,
        payload: json!({"mailbox_id": id}),
        run_at: now,
        dedupe_key: Some(format!("{FETCH}:{id}")),
    };
    jobs::enqueue_outside(tx, job, now).await
}

/// The job: fetches what is new in one mailbox. What hinders it stands with
/// the mailbox; the next tick tries again.
pub(in crate::mailboxes) async fn fetch(app: &App, job: &Job, now: Instant) -> Result<()> {
    let id = job.payload.get("mailbox_id").and_then(|v| v.as_str());
    let id: Uuid = id
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Error::internal(format!("job {} names no mailbox", job.id)))?;
    let Some(mailbox) = store::mailbox(&app.db, id)
        .await?
        .filter(|row| row.is_enabled)
    else {
        return Ok(());
    };
    let Some(imap) = mailboxes::settings(&mailbox) else {
        return Ok(());
    };
    let done = from_server(app, &mailbox, &imap, now).await;
    let error = done.as_ref().err().map(|error| {
        let cause = error.source.as_ref().map(ToString::to_string);
        cause.unwrap_or_else(|| error.detail.clone())
    });
    let tx = app.db.write("mailboxes.checked").await?;
    store::checked(&tx, id, error.as_deref(), now).await?;
    tx.commit().await?;
    if let Some(error) = error {
        tracing::warn!(mailbox = %id, error, "mail cannot be fetched");
    }
    Ok(())
}

/// What is needed to sign in at the server of a mailbox.
pub(super) fn account(app: &App, row: &MailboxRow, imap: &ImapInput) -> Result<Account> {
    let sealed = row.imap_password.as_deref().unwrap_or_default();
    let password = seal::open(&app.config, &mailboxes::place(row.id), sealed)?;
    Ok(Account {
        host: imap.host.clone(),
        port: imap.port,
        secured: match imap.security {
            ConnectionSecurity::Tls => Secured::Tls,
            ConnectionSecurity::Starttls => Secured::Starttls,
            ConnectionSecurity::None => Secured::Not,
        },
        user: imap.user.clone(),
        password: String::from_utf8(password).map_err(Error::internal)?,
    })
}

async fn from_server(
    app: &App,
    mailbox: &MailboxRow,
    imap: &ImapInput,
    now: Instant,
) -> Result<()> {
    let mut folder = Folder::open(&account(app, mailbox, imap)?, &imap.folder).await?;
    let done = read(app, mailbox, imap, &mut folder, now).await;
    folder.close().await;
    done
}

async fn read(
    app: &App,
    mailbox: &MailboxRow,
    imap: &ImapInput,
    folder: &mut Folder,
    now: Instant,
) -> Result<()> {
    let validity = i64::from(folder.validity);
    let known = store::position(&app.db, mailbox.id).await?;
    // Numbered anew, or read for the first time: only what nobody has read.
    let last = known
        .filter(|(of, _)| *of == validity)
        .map(|(_, last)| last);
    let last_uid = last.and_then(|last| u32::try_from(last).ok());
    let numbers = folder.numbers(last_uid).await?;
    let end = clock::now().checked_add(TIME).unwrap_or(now);
    let mut reached = last;
    let mut is_all = true;
    for (index, uid) in numbers.iter().enumerate() {
        if index >= AT_ONCE || clock::now() > end {
            is_all = false;
            break;
        }
        if let Some(raw) = folder.message(*uid, MAX_BYTES).await? {
            let place = ServerUid {
                validity,
                uid: i64::from(*uid),
            };
            receive::keep(app, mailbox, (Route::Imap, Some(place)), &raw, now).await?;
            // It is stored: now the server may know.
            match (imap.after_fetching, &imap.move_to) {
                (AfterFetching::Move, Some(to)) => folder.move_to(*uid, to).await?,
                _ => folder.mark_seen(*uid).await?,
            }
        }
        if last.is_some() {
            reached = Some(i64::from(*uid));
            note(app, mailbox.id, validity, i64::from(*uid)).await?;
        }
    }
    if reached.is_none() && is_all {
        // All that nobody had read is here; from now on what is new counts.
        let highest = numbers.last().copied().unwrap_or(0);
        let next = folder.next.map_or(highest, |next| next.saturating_sub(1));
        note(app, mailbox.id, validity, i64::from(next.max(highest))).await?;
    }
    Ok(())
}

async fn note(app: &App, mailbox: Uuid, validity: i64, last: i64) -> Result<()> {
    let tx = app.db.write("mailboxes.position").await?;
    store::keep_position(&tx, mailbox, (validity, last)).await?;
    tx.commit().await
}

/// Tries the connection of a mailbox, and says what the server said.
pub(in crate::mailboxes) async fn check(
    app: &App,
    actor: &Actor,
    id: Uuid,
) -> Result<MailboxCheck> {
    let row = mailboxes::find(&app.db, actor, id).await?;
    let Some(imap) = mailboxes::settings(&row) else {
        let detail = "this mailbox fetches from no server";
        return Err(Error::new(
            steward_kernel::ErrorCode::ResourceConflict,
            detail,
        ));
    };
    let opened = Folder::open(&account(app, &row, &imap)?, &imap.folder).await;
    Ok(match opened {
        Ok(folder) => {
            let count = folder.count;
            folder.close().await;
            MailboxCheck {
                is_reached: true,
                messages: Some(count),
                error: None,
            }
        }
        Err(error) => MailboxCheck {
            is_reached: false,
            messages: None,
            error: Some(error.detail),
        },
    })
}
