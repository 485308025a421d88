//! Mail out: a row and a job in the transaction that causes it, sent by the worker.
//!
//! Invariants: a mail exists if and only if its transaction committed; its texts
//! are sealed while it waits and forgotten once sent; it is sent at least once,
//! with one Message-ID however often. Without a mail server it becomes a file.
//! Deliberately absent: templates, preferences, what is done with mail that comes in.

pub mod dkim;
mod envelope;
pub mod imap;
mod store;
mod transport;

pub use envelope::{Envelope, surround};
pub use transport::{Around, Mailer};

use crate::jobs::{self, Job, NewJob, Registry};
use crate::{App, clock, config::Config, seal};
use serde_json::json;
use steward_db::Tx;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// Kind of the job that sends one mail.
pub const SEND: &str = "mail.send";

/// A mail in plain text, and perhaps in HTML.
#[derive(Debug, Clone)]
pub struct Mail {
    /// E-mail address of the recipient.
    pub to: String,
    /// Subject, one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as a page.
    pub html: Option<String>,
    /// What it is about: mails about one thing are one conversation.
    pub thread: Option<Uuid>,
}

fn place(id: Uuid) -> String {
    format!("mails.body/{id}")
}

fn place_of_html(id: Uuid) -> String {
    format!("mails.body_html/{id}")
}

/// Writes a mail into the transaction; the worker sends it after the commit.
///
/// # Errors
/// When the database refuses; the caller's transaction must then end.
pub async fn enqueue(
    tx: &Tx,
    config: &Config,
    organization: Option<OrganizationId>,
    mail: Mail,
    now: Instant,
) -> Result<Uuid> {
    let id = clock::new_id();
    let body = seal::seal(config, &place(id), mail.text.as_bytes())?;
    let html = mail.html.as_ref();
    let html = html.map(|html| seal::seal(config, &place_of_html(id), html.as_bytes()));
    let sealed = store::Sealed {
        text: body,
        html: html.transpose()?,
    };
    store::insert(tx, id, organization, &mail, sealed, now).await?;
    let job = NewJob {
        organization_id: organization,
        kind: SEND,
        payload: json!({"mail_id": id}),
        run_at: now,
        dedupe_key: None,
    };
    jobs::enqueue_outside(tx, job, now).await?;
    Ok(id)
}

/// Adds the handler that sends mail.
pub fn register(registry: &mut Registry) {
    registry.handle(SEND, |app, job, now| Box::pin(send(app, job, now)));
}

async fn send(app: &App, job: &Job, now: Instant) -> Result<()> {
    let id = job.payload.get("mail_id").and_then(|v| v.as_str());
    let id: Uuid = id
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Error::internal(format!("job {} names no mail", job.id)))?;
    let Some(row) = store::unsent(&app.db, id).await? else {
        return Ok(());
    };
    let text = seal::open(&app.config, &place(id), &row.body)?;
    let html = row.body_html.as_deref();
    let html = html.map(|html| seal::open(&app.config, &place_of_html(id), html));
    let html = html.transpose()?.map(String::from_utf8).transpose();
    let mail = Mail {
        to: row.recipient,
        subject: row.subject,
        text: String::from_utf8(text).map_err(Error::internal)?,
        html: html.map_err(Error::internal)?,
        thread: row.thread_id,
    };
    let around = Around {
        envelope: store::envelope(&app.db, id).await?,
        signer: signer(app).await?,
    };
    let delivered = app.mailer.deliver(&app.config, id, &mail, &around).await;
    let tx = app.db.write("mail.sent").await?;
    match &delivered {
        Ok(()) => store::mark_sent(&tx, id, now).await?,
        Err(error) => {
            let is_last = jobs::rules::backoff(job.attempts, 0).is_none();
            let answer = error.source.as_ref().map(ToString::to_string);
            let answer = answer.unwrap_or_else(|| error.detail.clone());
            let answer: String = answer.chars().take(1000).collect();
            store::mark_failed(&tx, id, &answer, is_last.then_some(now)).await?;
        }
    }
    tx.commit().await?;
    delivered
}

/// What signs the deployment's mail, if something does.
async fn signer(app: &App) -> Result<Option<dkim::Signer>> {
    let address = app.mailer.sender_address(&app.config);
    match address
        .as_deref()
        .and_then(|address| address.rsplit_once('@'))
    {
        Some((_, domain)) => store::signer(&app.db, domain).await,
        None => Ok(None),
    }
}

/// Drops mails that have ended, with what stands around them.
///
/// # Errors
/// When the database refuses; the caller's transaction must then end.
pub async fn forget(tx: &Tx, ids: &[Uuid]) -> Result<()> {
    store::forget(tx, ids).await
}

/// Tries a mail that was given up once more; false when there is no such mail.
///
/// # Errors
/// When the database refuses; the caller's transaction must then end.
pub async fn send_again(tx: &Tx, id: Uuid, now: Instant) -> Result<bool> {
    let Some(organization) = store::reopen(tx, id).await? else {
        return Ok(false);
    };
    let job = NewJob {
        organization_id: organization,
        kind: SEND,
        payload: json!({"mail_id": id}),
        run_at: now,
        dedupe_key: None,
    };
    jobs::enqueue_outside(tx, job, now).await.map(|()| true)
}
