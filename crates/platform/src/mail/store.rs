//! Statements of mails.

use super::Mail;
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

pub(super) async fn insert(
    tx: &Tx,
    id: Uuid,
    organization: Option<OrganizationId>,
    mail: &Mail,
    body: String,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO mails (id, organization_id, recipient, subject, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        values![
            id,
            organization.map(|o| o.0),
            mail.to.clone(),
            mail.subject.clone(),
            body,
            to_db(now)
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
}

pub(super) async fn unsent<E: Executor>(db: &E, id: Uuid) -> Result<Option<MailRow>> {
    let sql = "SELECT recipient, subject, body FROM mails WHERE id = $1 AND sent_at IS NULL";
    db.optional(sql, values![id]).await
}

/// Notes that it was sent and forgets its text.
pub(super) async fn mark_sent(tx: &Tx, id: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE mails SET sent_at = $2, body = '' WHERE id = $1";
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}
