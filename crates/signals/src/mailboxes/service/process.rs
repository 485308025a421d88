//! Working on a message: what it is, who wrote it, what it becomes.

use super::matching::{self, Found};
use crate::deliveries;
use crate::mailboxes::store::{self, MailRow, MailboxRow, Settled};
use futures::TryStreamExt;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use steward_db::{Opening, Tx, Unit};
use steward_domain::mail::bounce::{self, Bounce};
use steward_domain::mail::classify::{self, Habits, Ignored};
use steward_domain::mail::markdown::markdown;
use steward_domain::mail::message::Message;
use steward_domain::mail::model::{MAX_FILES, MAX_TEXT, MatchedBy, Outcome};
use steward_domain::mail::{fold, thread};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::App;
use steward_platform::jobs::Job;
use steward_platform::jobs::rules::MAX_ATTEMPTS;
use steward_platform::letters::{Enclosure, Letter};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Messages that are held in memory at once: each may be large.
static ROOM: Semaphore = Semaphore::const_new(4);

/// The job: works on one message, unless it has ended. What hinders it is
/// tried again; at last the ledger says what it was.
pub(in crate::mailboxes) async fn process(app: &App, job: &Job, now: Instant) -> Result<()> {
    let id = job.payload.get("inbound_mail_id").and_then(|v| v.as_str());
    let id: Uuid = id
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Error::internal(format!("job {} names no message", job.id)))?;
    let Some(row) = store::mail(&app.db, id).await? else {
        return Ok(());
    };
    if row.state != Outcome::Received.as_str() {
        return Ok(());
    }
    let room = ROOM.acquire().await.map_err(Error::internal)?;
    let done = work(app, &row, now).await;
    drop(room);
    match done {
        Err(error) if job.attempts >= MAX_ATTEMPTS => {
            let cause = error.source.as_ref().map(ToString::to_string);
            let detail = cause.unwrap_or_else(|| error.detail.clone());
            end(app, &row, failed("given_up", detail), now).await
        }
        done => done,
    }
}

fn failed(reason: &'static str, detail: String) -> Settled {
    Settled {
        state: Outcome::Failed.as_str(),
        reason: Some(reason),
        detail: Some(detail.chars().take(1_000).collect()),
        ..Settled::default()
    }
}

async fn end(app: &App, row: &MailRow, settled: Settled, now: Instant) -> Result<()> {
    let tx = app.db.write("mailboxes.settle").await?;
    store::settle(&tx, row.id, &settled, now).await?;
    tx.commit().await
}

/// Ends a notice that a mail of ours came back, and what that mail was to tell.
async fn bounced(
    app: &App,
    row: &MailRow,
    mut settled: Settled,
    bounce: &Bounce,
    now: Instant,
) -> Result<()> {
    let tx = app.db.write("mailboxes.bounced").await?;
    let organization = OrganizationId(row.organization_id);
    if bounce.is_final {
        deliveries::came_back(&tx, organization, bounce.mail_id, &bounce.diagnostic, now).await?;
    }
    settled.detail = Some(format!("mail {}: {}", bounce.mail_id, bounce.diagnostic));
    store::settle(&tx, row.id, &settled, now).await?;
    tx.commit().await
}

async fn work(app: &App, row: &MailRow, now: Instant) -> Result<()> {
    let Some(mailbox) = store::mailbox(&app.db, row.mailbox_id).await? else {
        let detail = format!("the mailbox {} was deleted", row.mailbox_address);
        return end(app, row, failed("no_mailbox", detail), now).await;
    };
    let message = match read(app, row).await? {
        Ok(message) => message,
        Err(detail) => return end(app, row, failed("unreadable", detail), now).await,
    };
    let known = described(&message);
    let ignored = |reason: Ignored| Settled {
        state: Outcome::Ignored.as_str(),
        reason: Some(reason.as_str()),
        ..known.clone()
    };
    let refused = |reason: &'static str, detail: Option<String>| Settled {
        state: Outcome::Refused.as_str(),
        reason: Some(reason),
        detail,
        ..known.clone()
    };
    if let Some(reason) = kind(app, &mailbox, &message).await? {
        let settled = ignored(reason);
        return match bounce::read(&message).filter(|_| reason == Ignored::Bounce) {
            Some(bounce) => bounced(app, row, settled, &bounce, now).await,
            None => end(app, row, settled, now).await,
        };
    }
    if let Some(fingerprint) = &known.fingerprint
        && store::twin(&app.db, mailbox.id, fingerprint)
            .await?
            .is_some()
    {
        return end(app, row, ignored(Ignored::Duplicate), now).await;
    }
    let trusted = mailbox.trusted_server.as_deref().filter(|t| !t.is_empty());
    if trusted.is_some_and(|trusted| !classify::is_authenticated(&message, trusted)) {
        return end(app, row, refused("not_authenticated", None), now).await;
    }
    let Some(from) = &message.from else {
        return end(app, row, refused("no_sender", None), now).await;
    };
    let (actor, is_new) = match matching::sender(app, &mailbox, from, now).await? {
        Found::Person { actor, is_new } => (actor, is_new),
        Found::Nobody(reason) => return end(app, row, refused(reason, None), now).await,
    };
    let matched = matching::ticket(app, &actor, &message).await?;
    let known = Settled {
        sender_id: Some(actor.user_id.0),
        reason: is_new.then_some("requester_added"),
        ..known.clone()
    };
    match hand_over(app, row, &mailbox, (&actor, &message, matched, &known), now).await {
        Err(error) if error.code == ErrorCode::InsufficientPermissions => {
            end(app, row, refused("not_allowed", Some(error.detail)), now).await
        }
        // Two copies of one message: the other one acted, this one is looked at again.
        Err(error) if error.code == ErrorCode::ResourceConflict => Err(error),
        Err(error) if error.code.status() < 500 => {
            let settled = Settled {
                sender_id: known.sender_id,
                ..failed("not_accepted", explained(&error))
            };
            end(app, row, merged(known, settled), now).await
        }
        done => done,
    }
}

/// How it ended, with what is known of the message.
fn merged(known: Settled, ended: Settled) -> Settled {
    Settled {
        state: ended.state,
        reason: ended.reason,
        detail: ended.detail,
        ..known
    }
}

fn explained(error: &Error) -> String {
    let fields = error
        .errors
        .iter()
        .map(|e| format!("{}: {}", e.field, e.message));
    let fields: Vec<String> = fields.collect();
    if fields.is_empty() {
        error.detail.clone()
    } else {
        fields.join("; ")
    }
}

/// The message; the reason when it cannot be read whatever is tried.
async fn read(app: &App, row: &MailRow) -> Result<std::result::Result<Message, String>> {
    let pieces = app.files.read(row.id, None).await?;
    let read: std::io::Result<Vec<_>> = pieces.try_collect().await;
    let raw = read.map_err(Error::internal)?.concat();
    // Off the async threads, where a fault of the parser ends nothing else.
    let parsed = tokio::task::spawn_blocking(move || Message::read(&raw)).await;
    Ok(parsed.map_err(|fault| format!("it cannot be read: {fault}")))
}

/// What the ledger says of any message.
fn described(message: &Message) -> Settled {
    let from = message.from.clone().unwrap_or_default();
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    Settled {
        sender: Some(short(&from.address, 320)),
        sender_name: from.name.map(|name| short(&name, 200)),
        subject: Some(short(&message.subject, 500)),
        message_id: message.message_id.as_deref().map(|id| short(id, 998)),
        fingerprint: fingerprint(message),
        ..Settled::default()
    }
}

/// The same for copies of one message, whatever way they came; none for one
/// that has neither id nor date, of which two may be alike by chance.
fn fingerprint(message: &Message) -> Option<String> {
    let id = message.message_id.as_deref();
    let date = message.value("date");
    id.or(date)?;
    let mut hash = Sha256::new();
    let from = message.from.as_ref().map(|from| from.address.as_str());
    for part in [id, date, from, Some(&message.subject), Some(&message.text)] {
        hash.update(part.unwrap_or_default());
        hash.update([0]);
    }
    let digest = hash.finalize();
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Why nobody needs to see it, if so.
async fn kind(app: &App, mailbox: &MailboxRow, message: &Message) -> Result<Option<Ignored>> {
    let organization = OrganizationId(mailbox.organization_id);
    let rows = store::mailboxes(&app.db, organization).await?;
    let mut own: Vec<String> = rows.into_iter().map(|row| row.address).collect();
    own.extend(app.mailer.sender_address(&app.config));
    let habits = Habits {
        own: &own,
        accepts_automatic: mailbox.accepts_automatic,
        ignores_spam: mailbox.ignores_spam,
    };
    Ok(classify::classify(message, habits))
}

/// Takes the message in the transaction in which the desk acts.
struct Claim(Uuid);

#[async_trait::async_trait]
impl Opening for Claim {
    async fn opened(&self, tx: &Tx) -> Result<()> {
        if store::take(tx, self.0).await? {
            return Ok(());
        }
        let detail = format!("message {} has ended meanwhile", self.0);
        Err(Error::new(ErrorCode::ResourceConflict, detail))
    }
}

type Matched<'a> = (
    &'a Actor,
    &'a Message,
    Option<(Uuid, MatchedBy)>,
    &'a Settled,
);

/// Lets the desk act and ends the message, in one transaction.
async fn hand_over(
    app: &App,
    row: &MailRow,
    mailbox: &MailboxRow,
    (actor, message, matched, known): Matched<'_>,
    now: Instant,
) -> Result<()> {
    let take = app
        .jobs
        .letters()
        .ok_or_else(|| Error::internal("nothing takes letters"))?;
    let (letter, left_out) = letter(mailbox, message, matched.map(|(ticket, _)| ticket));
    let unit = Arc::<Unit>::default();
    unit.open(Arc::new(Claim(row.id)));
    let taken = unit.scope(take(app, actor, letter, now)).await?;
    let Some(tx) = unit.take().await? else {
        return Err(Error::internal("the desk wrote nothing"));
    };
    let is_comment = taken.comment_id.is_some();
    let outcome = if is_comment {
        Outcome::CommentAdded
    } else {
        Outcome::TicketCreated
    };
    let is_matched = is_comment || taken.effect.is_some();
    let settled = Settled {
        state: outcome.as_str(),
        matched_by: matched.filter(|_| is_matched).map(|(_, by)| by.as_str()),
        effect: taken.effect,
        ticket_id: Some(taken.ticket_id),
        comment_id: taken.comment_id,
        refused_files: taken.refused.into_iter().chain(left_out).collect(),
        ..known.clone()
    };
    store::settle(&tx, row.id, &settled, now).await?;
    tx.commit().await
}

/// The letter, and the names of files that are left out.
fn letter(mailbox: &MailboxRow, message: &Message, ticket: Option<Uuid>) -> (Letter, Vec<String>) {
    let folded = fold::fold(&message.text);
    let mut enclosures: Vec<Enclosure> = Vec::new();
    // What is too long for a text is kept as a file.
    let text = markdown(&message.text);
    if text.chars().count() > MAX_TEXT {
        enclosures.push(Enclosure {
            name: "message.txt".to_owned(),
            bytes: message.text.clone().into_bytes(),
        });
    }
    let room = MAX_FILES.saturating_sub(enclosures.len());
    let files = message.files.iter().take(room);
    enclosures.extend(files.map(|file| Enclosure {
        name: file.name.clone(),
        bytes: file.bytes.clone(),
    }));
    let left_out = message.files.iter().skip(room);
    let left_out = left_out.map(|file| format!("{}: more than {MAX_FILES} files", file.name));
    let letter = Letter {
        ticket,
        title: thread::title(&message.subject),
        text: bounded(&text),
        reply: filled(bounded(&markdown(&folded.reply))),
        quoted: bounded(&folded.quoted),
        signature: bounded(&folded.signature),
        enclosures,
        team_id: mailbox.team_id,
        category: mailbox.category.clone(),
        subcategory: mailbox.subcategory.clone(),
    };
    (letter, left_out.collect())
}

fn bounded(text: &str) -> String {
    if text.chars().count() <= MAX_TEXT {
        return text.to_owned();
    }
    let text: String = text.chars().take(MAX_TEXT).collect();
    format!("{text}\n\n[…]")
}

/// A comment cannot be blank; mail can.
fn filled(text: String) -> String {
    if text.trim().is_empty() {
        "(no text)".to_owned()
    } else {
        text
    }
}
