//! Statements of mails.

use super::dkim::Signer;
use super::{Envelope, Mail};
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// The texts of a mail while it waits.
#[derive(Debug)]
pub(super) struct Sealed {
    pub(super) text: String,
    pub(super) html: Option<String>,
}

pub(super) async fn insert(
    tx: &Tx,
    id: Uuid,
    organization: Option<OrganizationId>,
    mail: &Mail,
    body: Sealed,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO mails (id, organization_id, recipient, subject, body, created_at, thread_id, body_html)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            id,
            organization.map(|o| o.0),
            mail.to.clone(),
            mail.subject.clone(),
            body.text,
            to_db(now),
            mail.thread,
            body.html
        ],
    )
    .await
    .map(drop)
}

#[derive(Debug, FromQueryResult)]
pub(super) struct MailRow {
    pub(super) recipient: String,
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) body_html: Option<String>,
    pub(super) thread_id: Option<Uuid>,
}

pub(super) async fn unsent<E: Executor>(db: &E, id: Uuid) -> Result<Option<MailRow>> {
    let sql = "SELECT recipient, subject, body, body_html, thread_id FROM mails WHERE id = $1 AND sent_at IS NULL";
    db.optional(sql, values![id]).await
}

/// Notes what the mail server answered; with an instant, that it was given up.
pub(super) async fn mark_failed(
    tx: &Tx,
    id: Uuid,
    answer: &str,
    given_up: Option<Instant>,
) -> Result<()> {
    let sql =
        "UPDATE mails SET attempts = attempts + 1, last_error = $2, failed_at = $3 WHERE id = $1";
    tx.execute(sql, values![id, answer, given_up.map(to_db)])
        .await
        .map(drop)
}

#[derive(Debug, FromQueryResult)]
struct Owner {
    organization_id: Option<Uuid>,
}

/// Takes back that a mail was given up; returns whose it is.
pub(super) async fn reopen(tx: &Tx, id: Uuid) -> Result<Option<Option<OrganizationId>>> {
    let sql = "UPDATE mails SET failed_at = NULL WHERE id = $1 AND sent_at IS NULL AND failed_at IS NOT NULL
        RETURNING organization_id";
    let row: Option<Owner> = tx.optional(sql, values![id]).await?;
    Ok(row.map(|row| row.organization_id.map(Into::into)))
}

/// Notes that it was sent and forgets its text.
pub(super) async fn mark_sent(tx: &Tx, id: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE mails SET sent_at = $2, body = '', body_html = NULL, attempts = attempts + 1, last_error = NULL, failed_at = NULL
        WHERE id = $1";
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}

pub(super) async fn insert_envelope(
    tx: &Tx,
    organization: OrganizationId,
    mail: Uuid,
    envelope: &Envelope,
) -> Result<()> {
    let sql = "INSERT INTO mail_envelopes (mail_id, organization_id, sender_name, reply_to, ancestors, unsubscribe_url)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let values = values![
        mail,
        organization.0,
        envelope.sender_name.clone(),
        envelope.reply_to.clone(),
        serde_json::json!(envelope.ancestors),
        envelope.unsubscribe_url.clone()
    ];
    tx.execute(sql, values).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct EnvelopeRow {
    sender_name: Option<String>,
    reply_to: Option<String>,
    ancestors: serde_json::Value,
    unsubscribe_url: Option<String>,
}

/// What stands around a mail; nothing of its own when nothing was noted.
pub(super) async fn envelope<E: Executor>(db: &E, mail: Uuid) -> Result<Envelope> {
    let sql = "SELECT sender_name, reply_to, ancestors, unsubscribe_url FROM mail_envelopes WHERE mail_id = $1";
    let row: Option<EnvelopeRow> = db.optional(sql, values![mail]).await?;
    Ok(row.map_or_else(Envelope::default, |row| Envelope {
        sender_name: row.sender_name,
        reply_to: row.reply_to,
        ancestors: serde_json::from_value(row.ancestors).unwrap_or_default(),
        unsubscribe_url: row.unsubscribe_url,
    }))
}

/// Drops mails that were sent or given up, with what stands around them.
pub(super) async fn forget(tx: &Tx, ids: &[Uuid]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut around = Filter::default();
    around.and_in("mail_id", ids.iter().copied());
    let sql = format!("DELETE FROM mail_envelopes WHERE {}", around.sql());
    tx.execute(&sql, around.values()).await?;
    let mut ended = Filter::default();
    ended.and("(sent_at IS NOT NULL OR failed_at IS NOT NULL)", Vec::new());
    ended.and_in("id", ids.iter().copied());
    let sql = format!("DELETE FROM mails WHERE {}", ended.sql());
    tx.execute(&sql, ended.values()).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct SignerRow {
    id: Uuid,
    domain: String,
    selector: String,
    private_key: String,
}

/// The key that signs the mail of a domain.
pub(super) async fn signer<E: Executor>(db: &E, domain: &str) -> Result<Option<Signer>> {
    let sql =
        "SELECT id, domain, selector, private_key FROM dkim_keys WHERE domain = $1 AND is_active";
    let row: Option<SignerRow> = db.optional(sql, values![domain]).await?;
    Ok(row.map(|row| Signer {
        id: row.id,
        domain: row.domain,
        selector: row.selector,
        sealed: row.private_key,
    }))
}
