//! What is asked to find out who wrote, and about which ticket.

use steward_db::{Executor, FromQueryResult, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// Someone who has an address.
#[derive(Debug, FromQueryResult)]
pub(in crate::mailboxes) struct PersonRow {
    pub(in crate::mailboxes) id: Uuid,
    pub(in crate::mailboxes) organization_id: Uuid,
    pub(in crate::mailboxes) is_active: bool,
}

/// Whoever has an address, in any organization.
pub(in crate::mailboxes) async fn person<E: Executor>(
    db: &E,
    address: &str,
) -> Result<Option<PersonRow>> {
    let sql = "SELECT id, organization_id, (is_active AND deleted_at IS NULL) AS is_active FROM users WHERE email = $1";
    db.optional(sql, values![address]).await
}

#[derive(Debug, FromQueryResult)]
struct Ticket {
    ticket_id: Option<Uuid>,
}

async fn first<E: Executor>(
    db: &E,
    sql: &str,
    values: Vec<steward_db::Value>,
) -> Result<Option<Uuid>> {
    let row: Option<Ticket> = db.optional(sql, values).await?;
    Ok(row.and_then(|row| row.ticket_id))
}

/// The ticket that a mail of ours was about.
pub(in crate::mailboxes) async fn ticket_of_mail<E: Executor>(
    db: &E,
    organization: OrganizationId,
    mail: Uuid,
) -> Result<Option<Uuid>> {
    let sql = "SELECT thread_id AS ticket_id FROM mails WHERE id = $1 AND organization_id = $2";
    first(db, sql, values![mail, organization.0]).await
}

/// The ticket that a message which came in before went to.
pub(in crate::mailboxes) async fn ticket_of_message<E: Executor>(
    db: &E,
    organization: OrganizationId,
    message_id: &str,
) -> Result<Option<Uuid>> {
    let sql = "SELECT ticket_id FROM inbound_mails
        WHERE organization_id = $1 AND message_id = $2 AND ticket_id IS NOT NULL ORDER BY received_at DESC LIMIT 1";
    first(db, sql, values![organization.0, message_id]).await
}

/// The ticket with a number.
pub(in crate::mailboxes) async fn ticket_by_number<E: Executor>(
    db: &E,
    organization: OrganizationId,
    number: &str,
) -> Result<Option<Uuid>> {
    let sql = "SELECT id AS ticket_id FROM tickets WHERE organization_id = $1 AND number = $2";
    first(db, sql, values![organization.0, number]).await
}

/// The ticket into which a ticket was merged.
pub(in crate::mailboxes) async fn merged_into<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ticket: Uuid,
) -> Result<Option<Uuid>> {
    let sql =
        "SELECT merged_into_id AS ticket_id FROM tickets WHERE organization_id = $1 AND id = $2";
    first(db, sql, values![organization.0, ticket]).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

/// Messages of a sender that acted since an instant.
pub(in crate::mailboxes) async fn acted_since<E: Executor>(
    db: &E,
    organization: OrganizationId,
    sender: &str,
    since: Instant,
) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM inbound_mails WHERE organization_id = $1 AND sender = $2 AND settled_at > $3
        AND ticket_id IS NOT NULL";
    let row: Option<Count> = db
        .optional(sql, values![organization.0, sender, to_db(since)])
        .await?;
    Ok(row.map_or(0, |row| row.n))
}

/// People that a mailbox has added since an instant.
pub(in crate::mailboxes) async fn added_since<E: Executor>(
    db: &E,
    mailbox: Uuid,
    since: Instant,
) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM inbound_mails WHERE mailbox_id = $1 AND received_at > $2 AND reason = 'requester_added'";
    let row: Option<Count> = db.optional(sql, values![mailbox, to_db(since)]).await?;
    Ok(row.map_or(0, |row| row.n))
}

#[derive(Debug, FromQueryResult)]
struct Twin {
    id: Uuid,
}

/// The message with the same fingerprint that acted.
pub(in crate::mailboxes) async fn twin<E: Executor>(
    db: &E,
    mailbox: Uuid,
    fingerprint: &str,
) -> Result<Option<Uuid>> {
    let sql = "SELECT id FROM inbound_mails WHERE mailbox_id = $1 AND fingerprint = $2
        AND state IN ('ticket_created', 'comment_added')";
    let row: Option<Twin> = db.optional(sql, values![mailbox, fingerprint]).await?;
    Ok(row.map(|row| row.id))
}

#[derive(Debug, FromQueryResult)]
struct MessageId {
    message_id: String,
}

/// Message-IDs of the last mails that came in about a ticket, oldest first.
pub(in crate::mailboxes) async fn message_ids<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ticket: Uuid,
) -> Result<Vec<String>> {
    let sql = "SELECT message_id FROM inbound_mails WHERE ticket_id = $1 AND organization_id = $2
        AND message_id IS NOT NULL ORDER BY received_at DESC LIMIT 10";
    let rows: Vec<MessageId> = db.all(sql, values![ticket, organization.0]).await?;
    Ok(rows.into_iter().rev().map(|row| row.message_id).collect())
}
