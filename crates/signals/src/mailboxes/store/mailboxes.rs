//! Statements of mailboxes.

use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A row of `mailboxes` with the name of its team.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::mailboxes) struct MailboxRow {
    pub(in crate::mailboxes) id: Uuid,
    pub(in crate::mailboxes) organization_id: Uuid,
    pub(in crate::mailboxes) address: String,
    pub(in crate::mailboxes) sender_name: String,
    pub(in crate::mailboxes) is_enabled: bool,
    pub(in crate::mailboxes) takes_replies: bool,
    pub(in crate::mailboxes) unknown_senders: String,
    pub(in crate::mailboxes) allowed_domains: Value,
    pub(in crate::mailboxes) accepts_automatic: bool,
    pub(in crate::mailboxes) ignores_spam: bool,
    pub(in crate::mailboxes) trusted_server: Option<String>,
    pub(in crate::mailboxes) team_id: Option<Uuid>,
    pub(in crate::mailboxes) team_name: Option<String>,
    pub(in crate::mailboxes) category: Option<String>,
    pub(in crate::mailboxes) subcategory: Option<String>,
    pub(in crate::mailboxes) imap: Option<Value>,
    pub(in crate::mailboxes) imap_password: Option<String>,
    pub(in crate::mailboxes) imap_checked_at: Option<DateTime<Utc>>,
    pub(in crate::mailboxes) imap_error: Option<String>,
    pub(in crate::mailboxes) listener_until: Option<DateTime<Utc>>,
    pub(in crate::mailboxes) listens_since: Option<DateTime<Utc>>,
    pub(in crate::mailboxes) version: i64,
    pub(in crate::mailboxes) created_at: DateTime<Utc>,
    pub(in crate::mailboxes) updated_at: DateTime<Utc>,
}

impl MailboxRow {
    /// The list of domains as it was kept.
    pub(in crate::mailboxes) fn domains(&self) -> Vec<String> {
        serde_json::from_value(self.allowed_domains.clone()).unwrap_or_default()
    }
}

const COLUMNS: &str = "b.id, b.organization_id, b.address, b.sender_name, b.is_enabled, b.takes_replies,
  b.unknown_senders, b.allowed_domains, b.accepts_automatic, b.ignores_spam, b.trusted_server, b.team_id,
  m.name AS team_name, b.category, b.subcategory, b.imap, b.imap_password, b.imap_checked_at, b.imap_error, b.listener_until, b.listens_since,
  b.version, b.created_at, b.updated_at FROM mailboxes b LEFT JOIN teams m ON m.id = b.team_id";

/// Every mailbox of the organization, by address.
pub(in crate::mailboxes) async fn mailboxes<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<MailboxRow>> {
    let sql = format!("SELECT {COLUMNS} WHERE b.organization_id = $1 ORDER BY b.address");
    db.all(&sql, values![organization.0]).await
}

/// A mailbox of any organization by its address, for mail that arrives.
pub(in crate::mailboxes) async fn mailbox_by_address<E: Executor>(
    db: &E,
    address: &str,
) -> Result<Option<MailboxRow>> {
    let sql = format!("SELECT {COLUMNS} WHERE b.address = $1");
    db.optional(&sql, values![address]).await
}

/// A mailbox of any organization, for work in the background.
pub(in crate::mailboxes) async fn mailbox<E: Executor>(
    db: &E,
    id: Uuid,
) -> Result<Option<MailboxRow>> {
    let sql = format!("SELECT {COLUMNS} WHERE b.id = $1");
    db.optional(&sql, values![id]).await
}

#[derive(Debug, FromQueryResult)]
struct Address {
    address: String,
}

/// At most two addresses that mail is taken for.
pub(in crate::mailboxes) async fn two_addresses<E: Executor>(db: &E) -> Result<Vec<String>> {
    let sql = "SELECT address FROM mailboxes WHERE is_enabled ORDER BY address LIMIT 2";
    let rows: Vec<Address> = db.all(sql, values![]).await?;
    Ok(rows.into_iter().map(|row| row.address).collect())
}

pub(in crate::mailboxes) async fn insert_mailbox(
    tx: &Tx,
    row: &MailboxRow,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO mailboxes (id, organization_id, address, sender_name, is_enabled, takes_replies, unknown_senders,
           allowed_domains, accepts_automatic, ignores_spam, trusted_server, team_id, category, subcategory, imap,
           imap_password, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1, $17, $17)",
        changed(row, now),
    )
    .await
    .map(drop)
}

/// Saves what people may change; another server or folder is read from its start.
pub(in crate::mailboxes) async fn save_mailbox(
    tx: &Tx,
    row: &MailboxRow,
    is_elsewhere: bool,
    now: Instant,
) -> Result<()> {
    let forget = if is_elsewhere {
        ", imap_uid_validity = NULL, imap_last_uid = NULL, imap_checked_at = NULL, imap_error = NULL"
    } else {
        ""
    };
    let sql = format!(
        "UPDATE mailboxes SET address = $3, sender_name = $4, is_enabled = $5, takes_replies = $6, unknown_senders = $7,
           allowed_domains = $8, accepts_automatic = $9, ignores_spam = $10, trusted_server = $11, team_id = $12,
           category = $13, subcategory = $14, imap = $15, imap_password = $16, version = version + 1,
           updated_at = $17{forget}
         WHERE id = $1 AND organization_id = $2"
    );
    tx.execute(&sql, changed(row, now)).await.map(drop)
}

fn changed(row: &MailboxRow, now: Instant) -> Vec<steward_db::Value> {
    values![
        row.id,
        row.organization_id,
        row.address.clone(),
        row.sender_name.clone(),
        row.is_enabled,
        row.takes_replies,
        row.unknown_senders.clone(),
        row.allowed_domains.clone(),
        row.accepts_automatic,
        row.ignores_spam,
        row.trusted_server.clone(),
        row.team_id,
        row.category.clone(),
        row.subcategory.clone(),
        row.imap.clone(),
        row.imap_password.clone(),
        to_db(now)
    ]
}

/// Lets only one mailbox of the organization take replies.
pub(in crate::mailboxes) async fn replies_go_to(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
) -> Result<()> {
    let sql = "UPDATE mailboxes SET takes_replies = (id = $2), version = version + 1
        WHERE organization_id = $1 AND takes_replies <> (id = $2)";
    tx.execute(sql, values![organization.0, id]).await.map(drop)
}

pub(in crate::mailboxes) async fn delete_mailbox(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
) -> Result<()> {
    let sql = "DELETE FROM mailboxes WHERE id = $1 AND organization_id = $2";
    tx.execute(sql, values![id, organization.0]).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct Name {
    name: String,
}

/// The name of a team of the organization.
pub(in crate::mailboxes) async fn team_name<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<String>> {
    let sql = "SELECT name FROM teams WHERE id = $1 AND organization_id = $2";
    let row: Option<Name> = db.optional(sql, values![id, organization.0]).await?;
    Ok(row.map(|row| row.name))
}

#[derive(Debug, FromQueryResult)]
struct Fetched {
    id: Uuid,
    organization_id: Uuid,
}

/// Every mailbox that is to be fetched from a server, with its organization. One
/// whose server tells of new mail is left out unless it was asked before `before`.
pub(in crate::mailboxes) async fn fetched<E: Executor>(
    db: &E,
    before: Instant,
    now: Instant,
) -> Result<Vec<(Uuid, Uuid)>> {
    let sql = "SELECT id, organization_id FROM mailboxes WHERE is_enabled AND imap IS NOT NULL
          AND (listens_since IS NULL OR listener_until < $1 OR imap_checked_at IS NULL OR imap_checked_at < $2)
        ORDER BY id LIMIT 1000";
    let rows: Vec<Fetched> = db.all(sql, values![to_db(now), to_db(before)]).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.organization_id))
        .collect())
}

#[derive(Debug, FromQueryResult)]
struct Position {
    imap_uid_validity: Option<i64>,
    imap_last_uid: Option<i64>,
}

/// How far the folder of a mailbox was read: its numbering and the last number.
pub(in crate::mailboxes) async fn position<E: Executor>(
    db: &E,
    id: Uuid,
) -> Result<Option<(i64, i64)>> {
    let sql = "SELECT imap_uid_validity, imap_last_uid FROM mailboxes WHERE id = $1";
    let row: Option<Position> = db.optional(sql, values![id]).await?;
    Ok(row.and_then(|row| row.imap_uid_validity.zip(row.imap_last_uid)))
}

/// Notes how far the folder of a mailbox was read.
pub(in crate::mailboxes) async fn keep_position(
    tx: &Tx,
    id: Uuid,
    (validity, last): (i64, i64),
) -> Result<()> {
    let sql = "UPDATE mailboxes SET imap_uid_validity = $2, imap_last_uid = $3 WHERE id = $1";
    tx.execute(sql, values![id, validity, last]).await.map(drop)
}

/// Notes that a server was asked, and what hindered it.
pub(in crate::mailboxes) async fn checked(
    tx: &Tx,
    id: Uuid,
    error: Option<&str>,
    now: Instant,
) -> Result<()> {
    let sql = "UPDATE mailboxes SET imap_checked_at = $2, imap_error = $3 WHERE id = $1";
    tx.execute(sql, values![id, to_db(now), error])
        .await
        .map(drop)
}
