//! What mail that goes out takes from mail that came in.

use crate::mailboxes::store;
use steward_db::Executor;
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use steward_platform::mail::Envelope;
use uuid::Uuid;

/// What stands around a mail about a ticket: answers go to the mailbox that
/// takes them, and the mail joins what was written by mail before.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn envelope<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ticket: Option<Uuid>,
) -> Result<Envelope> {
    let rows = store::mailboxes(db, organization).await?;
    let taker = rows
        .into_iter()
        .find(|row| row.takes_replies && row.is_enabled);
    let ancestors = match ticket {
        Some(ticket) => store::message_ids(db, organization, ticket).await?,
        None => Vec::new(),
    };
    Ok(Envelope {
        sender_name: taker.as_ref().map(|row| row.sender_name.clone()),
        reply_to: taker.map(|row| row.address),
        ancestors,
        unsubscribe_url: None,
    })
}
