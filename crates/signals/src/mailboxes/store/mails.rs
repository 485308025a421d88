//! Statements of the ledger.

use super::MailboxRow;
use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_domain::mail::model::Route;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A line of the ledger.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::mailboxes) struct MailRow {
    pub(in crate::mailboxes) id: Uuid,
    pub(in crate::mailboxes) organization_id: Uuid,
    pub(in crate::mailboxes) mailbox_id: Uuid,
    pub(in crate::mailboxes) mailbox_address: String,
    pub(in crate::mailboxes) route: String,
    pub(in crate::mailboxes) state: String,
    pub(in crate::mailboxes) reason: Option<String>,
    pub(in crate::mailboxes) detail: Option<String>,
    pub(in crate::mailboxes) matched_by: Option<String>,
    pub(in crate::mailboxes) effect: Option<String>,
    pub(in crate::mailboxes) ticket_id: Option<Uuid>,
    pub(in crate::mailboxes) number: Option<String>,
    pub(in crate::mailboxes) comment_id: Option<Uuid>,
    pub(in crate::mailboxes) sender: Option<String>,
    pub(in crate::mailboxes) sender_name: Option<String>,
    pub(in crate::mailboxes) subject: Option<String>,
    pub(in crate::mailboxes) message_id: Option<String>,
    pub(in crate::mailboxes) size_bytes: i64,
    pub(in crate::mailboxes) sha256: String,
    pub(in crate::mailboxes) refused_files: Option<Value>,
    pub(in crate::mailboxes) raw_removed_at: Option<DateTime<Utc>>,
    pub(in crate::mailboxes) received_at: DateTime<Utc>,
    pub(in crate::mailboxes) settled_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "i.id, i.organization_id, i.mailbox_id, i.mailbox_address, i.route, i.state, i.reason, i.detail,
  i.matched_by, i.effect, i.ticket_id, t.number, i.comment_id, i.sender, i.sender_name, i.subject, i.message_id,
  i.size_bytes, i.sha256, i.refused_files, i.raw_removed_at, i.received_at, i.settled_at
  FROM inbound_mails i LEFT JOIN tickets t ON t.id = i.ticket_id";

/// Lines under a filter over `inbound_mails i`, newest first.
pub(in crate::mailboxes) async fn mails<E: Executor>(
    db: &E,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<MailRow>> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE {} ORDER BY i.received_at DESC, i.id DESC LIMIT {limit}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

/// One line, for work in the background.
pub(in crate::mailboxes) async fn mail<E: Executor>(db: &E, id: Uuid) -> Result<Option<MailRow>> {
    let sql = format!("SELECT {COLUMNS} WHERE i.id = $1");
    db.optional(&sql, values![id]).await
}

/// A message on a server.
#[derive(Debug, Clone, Copy)]
pub(in crate::mailboxes) struct ServerUid {
    pub(in crate::mailboxes) validity: i64,
    pub(in crate::mailboxes) uid: i64,
}

/// Announces a message whose bytes are being stored. False when the server's
/// message is there already.
pub(in crate::mailboxes) async fn announce(
    tx: &Tx,
    id: Uuid,
    mailbox: &MailboxRow,
    (route, uid): (Route, Option<ServerUid>),
    now: Instant,
) -> Result<bool> {
    if let Some(uid) = uid {
        // What a crash left of the same message is no message.
        let sql = "DELETE FROM inbound_mails WHERE mailbox_id = $1 AND imap_uid_validity = $2 AND imap_uid = $3
            AND state = 'arriving'";
        tx.execute(sql, values![mailbox.id, uid.validity, uid.uid])
            .await?;
    }
    let sql = "INSERT INTO inbound_mails (id, organization_id, mailbox_id, mailbox_address, route, state, size_bytes,
          sha256, imap_uid_validity, imap_uid, received_at)
        VALUES ($1, $2, $3, $4, $5, 'arriving', 0, '', $6, $7, $8)
        ON CONFLICT (mailbox_id, imap_uid_validity, imap_uid) DO NOTHING";
    let values = values![
        id,
        mailbox.organization_id,
        mailbox.id,
        mailbox.address.clone(),
        route.as_str(),
        uid.map(|uid| uid.validity),
        uid.map(|uid| uid.uid),
        to_db(now)
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Says that a message is stored whole; false when it was swept meanwhile.
pub(in crate::mailboxes) async fn arrived(
    tx: &Tx,
    id: Uuid,
    (size, sha256): (i64, &str),
) -> Result<bool> {
    let sql = "UPDATE inbound_mails SET state = 'received', size_bytes = $2, sha256 = $3
        WHERE id = $1 AND state = 'arriving'";
    Ok(tx.execute(sql, values![id, size, sha256]).await? == 1)
}

/// What is known of a message, and how it ended.
#[derive(Debug, Default, Clone)]
pub(in crate::mailboxes) struct Settled {
    pub(in crate::mailboxes) state: &'static str,
    pub(in crate::mailboxes) reason: Option<&'static str>,
    pub(in crate::mailboxes) detail: Option<String>,
    pub(in crate::mailboxes) matched_by: Option<&'static str>,
    pub(in crate::mailboxes) effect: Option<&'static str>,
    pub(in crate::mailboxes) ticket_id: Option<Uuid>,
    pub(in crate::mailboxes) comment_id: Option<Uuid>,
    pub(in crate::mailboxes) sender_id: Option<Uuid>,
    pub(in crate::mailboxes) sender: Option<String>,
    pub(in crate::mailboxes) sender_name: Option<String>,
    pub(in crate::mailboxes) subject: Option<String>,
    pub(in crate::mailboxes) message_id: Option<String>,
    pub(in crate::mailboxes) fingerprint: Option<String>,
    pub(in crate::mailboxes) refused_files: Vec<String>,
}

/// Ends a message that waits; false when it does not wait any more.
pub(in crate::mailboxes) async fn settle(
    tx: &Tx,
    id: Uuid,
    settled: &Settled,
    now: Instant,
) -> Result<bool> {
    let refused =
        (!settled.refused_files.is_empty()).then(|| serde_json::json!(settled.refused_files));
    let sql = "UPDATE inbound_mails SET state = $2, reason = $3, detail = $4, matched_by = $5, effect = $6,
          ticket_id = $7, comment_id = $8, sender_id = $9, sender = $10, sender_name = $11, subject = $12,
          message_id = $13, fingerprint = $14, refused_files = $15, settled_at = $16
        WHERE id = $1 AND state = 'received'";
    let values = values![
        id,
        settled.state,
        settled.reason,
        settled.detail.clone(),
        settled.matched_by,
        settled.effect,
        settled.ticket_id,
        settled.comment_id,
        settled.sender_id,
        settled.sender.clone(),
        settled.sender_name.clone(),
        settled.subject.clone(),
        settled.message_id.clone(),
        settled.fingerprint.clone(),
        refused,
        to_db(now)
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Takes a message that waits, until the transaction ends; false when it does
/// not wait any more.
pub(in crate::mailboxes) async fn take(tx: &Tx, id: Uuid) -> Result<bool> {
    let sql =
        "UPDATE inbound_mails SET attempts = attempts + 1 WHERE id = $1 AND state = 'received'";
    Ok(tx.execute(sql, values![id]).await? == 1)
}

/// Lets a message that did nothing wait again; false when it did something, or
/// is not there any more.
pub(in crate::mailboxes) async fn reopen(tx: &Tx, id: Uuid) -> Result<bool> {
    let sql = "UPDATE inbound_mails SET state = 'received', reason = NULL, detail = NULL, settled_at = NULL
        WHERE id = $1 AND state IN ('received', 'ignored', 'refused', 'failed') AND raw_state = 'kept'";
    Ok(tx.execute(sql, values![id]).await? == 1)
}

#[derive(Debug, FromQueryResult)]
struct Stale {
    id: Uuid,
}

/// Messages that were announced before an instant and never arrived whole.
pub(in crate::mailboxes) async fn stale<E: Executor>(
    db: &E,
    before: Instant,
    limit: u32,
) -> Result<Vec<Uuid>> {
    let sql = format!(
        "SELECT id FROM inbound_mails WHERE state = 'arriving' AND received_at < $1 ORDER BY received_at LIMIT {limit}"
    );
    let rows: Vec<Stale> = db.all(&sql, values![to_db(before)]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Forgets a message that never arrived whole.
pub(in crate::mailboxes) async fn forget(tx: &Tx, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM inbound_mails WHERE id = $1 AND state = 'arriving'";
    tx.execute(sql, values![id]).await.map(drop)
}

/// Says of up to `limit` messages that ended before an instant that they go.
pub(in crate::mailboxes) async fn let_raw_go(
    tx: &Tx,
    organization: OrganizationId,
    before: Instant,
    limit: u32,
    now: Instant,
) -> Result<()> {
    let sql = format!(
        "UPDATE inbound_mails SET raw_state = 'going', raw_removed_at = $3
         WHERE raw_state = 'kept' AND settled_at < $2 AND id IN (SELECT id FROM inbound_mails
           WHERE organization_id = $1 AND settled_at < $2 AND raw_state <> 'removed' AND raw_state = 'kept'
           ORDER BY settled_at, id LIMIT {limit})"
    );
    tx.execute(&sql, values![organization.0, to_db(before), to_db(now)])
        .await
        .map(drop)
}

/// Messages whose files are to be removed.
pub(in crate::mailboxes) async fn raw_going<E: Executor>(
    db: &E,
    organization: OrganizationId,
    limit: u32,
) -> Result<Vec<Uuid>> {
    // The first condition is that of the index.
    let sql = format!(
        "SELECT id FROM inbound_mails WHERE raw_state <> 'removed' AND organization_id = $1 AND raw_state = 'going'
         ORDER BY settled_at, id LIMIT {limit}"
    );
    let rows: Vec<Stale> = db.all(&sql, values![organization.0]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Notes that the files of messages are removed.
pub(in crate::mailboxes) async fn raw_gone(tx: &Tx, ids: &[Uuid]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut filter = Filter::default();
    filter.and("raw_state = 'going'", Vec::new());
    filter.and_in("id", ids.iter().copied());
    let sql = format!(
        "UPDATE inbound_mails SET raw_state = 'removed' WHERE {}",
        filter.sql()
    );
    tx.execute(&sql, filter.values()).await.map(drop)
}
