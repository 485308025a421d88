//! Statements of deliveries that wait, and of the messages that are made of them.

use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A delivery to a channel of a team.
#[derive(Debug)]
pub(in crate::channels) struct NewDelivery {
    pub(in crate::channels) id: Uuid,
    pub(in crate::channels) organization_id: Uuid,
    pub(in crate::channels) channel_id: Uuid,
    pub(in crate::channels) channel: String,
    pub(in crate::channels) event_id: Uuid,
    pub(in crate::channels) ticket_id: Uuid,
    pub(in crate::channels) topic: &'static str,
    pub(in crate::channels) due_at: Instant,
    /// Why it is not sent, if it is not.
    pub(in crate::channels) skipped: Option<&'static str>,
}

/// Adds a delivery to a channel, unless the event has one for it.
pub(in crate::channels) async fn plan(tx: &Tx, new: NewDelivery, now: Instant) -> Result<()> {
    let is_skipped = new.skipped.is_some();
    tx.execute(
        "INSERT INTO deliveries (id, organization_id, channel_id, event_id, ticket_id, channel, reason, pace,
           is_internal, state, note, due_at, created_at, settled_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'soon', FALSE, $8, $9, $12, $10, $11)
         ON CONFLICT DO NOTHING",
        values![
            new.id,
            new.organization_id,
            new.channel_id,
            new.event_id,
            new.ticket_id,
            new.channel,
            new.topic,
            if is_skipped { "skipped" } else { "waiting" },
            new.skipped,
            to_db(now),
            is_skipped.then(|| to_db(now)),
            to_db(new.due_at)
        ],
    )
    .await
    .map(drop)
}

/// A place for which something is due, and the ticket that it is about.
#[derive(Debug, FromQueryResult)]
pub(in crate::channels) struct PlaceRow {
    pub(in crate::channels) organization_id: Uuid,
    /// Whose phone; none for a team.
    pub(in crate::channels) user_id: Option<Uuid>,
    pub(in crate::channels) channel_id: Option<Uuid>,
    pub(in crate::channels) ticket_id: Uuid,
}

/// Places for which something is due, those that wait longest first.
pub(in crate::channels) async fn due<E: Executor>(
    db: &E,
    now: Instant,
    limit: u32,
) -> Result<Vec<PlaceRow>> {
    let sql = "SELECT organization_id, user_id, channel_id, ticket_id FROM (
          SELECT organization_id, user_id, channel_id, ticket_id, due_at FROM deliveries
          WHERE state = 'waiting' AND due_at <= $1 AND channel <> 'email' ORDER BY state, due_at, id LIMIT 500) d
        GROUP BY organization_id, user_id, channel_id, ticket_id ORDER BY min(due_at), ticket_id LIMIT $2";
    db.all(sql, values![to_db(now), i64::from(limit)]).await
}

/// A delivery that waits.
#[derive(Debug, FromQueryResult)]
pub(in crate::channels) struct WaitingRow {
    pub(in crate::channels) id: Uuid,
    pub(in crate::channels) event_id: Uuid,
    pub(in crate::channels) reason: String,
    pub(in crate::channels) is_internal: bool,
}

const OF_PLACE: &str =
    "ticket_id = $1 AND user_id IS NOT DISTINCT FROM $2 AND channel_id IS NOT DISTINCT FROM $3
    AND state = 'waiting' AND channel <> 'email'";

/// What waits for a place about a ticket, in the order in which it happened.
pub(in crate::channels) async fn waiting<E: Executor>(
    db: &E,
    place: &PlaceRow,
) -> Result<Vec<WaitingRow>> {
    let sql = format!(
        "SELECT id, event_id, reason, is_internal FROM deliveries WHERE {OF_PLACE} ORDER BY created_at, id LIMIT 100"
    );
    db.all(
        &sql,
        values![place.ticket_id, place.user_id, place.channel_id],
    )
    .await
}

/// Puts what is due for a place off, because it could not be written.
pub(in crate::channels) async fn postpone(
    tx: &Tx,
    place: &PlaceRow,
    now: Instant,
    until: Instant,
) -> Result<()> {
    let sql = format!("UPDATE deliveries SET due_at = $5 WHERE {OF_PLACE} AND due_at <= $4");
    let values = values![
        place.ticket_id,
        place.user_id,
        place.channel_id,
        to_db(now),
        to_db(until)
    ];
    tx.execute(&sql, values).await.map(drop)
}

/// Ends waiting deliveries without sending them.
pub(in crate::channels) async fn skip(
    tx: &Tx,
    ids: &[Uuid],
    note: &str,
    now: Instant,
) -> Result<()> {
    let mut filter = Filter::default();
    filter.and("state = 'waiting'", Vec::new());
    filter.and_in("id", ids.iter().copied());
    let mut values = filter.values();
    let sql = format!(
        "UPDATE deliveries SET state = 'skipped', note = ${}, settled_at = ${} WHERE {}",
        values.len() + 1,
        values.len() + 2,
        filter.sql()
    );
    values.extend(values![note, to_db(now)]);
    tx.execute(&sql, values).await.map(drop)
}

/// A message to write.
#[derive(Debug)]
pub(in crate::channels) struct NewMessage {
    pub(in crate::channels) id: Uuid,
    pub(in crate::channels) organization_id: Uuid,
    pub(in crate::channels) channel_id: Uuid,
    pub(in crate::channels) recipient: Option<String>,
    /// Sealed.
    pub(in crate::channels) body: String,
}

/// Writes a message and takes these deliveries into it, with a remark on how it
/// was written; false when another node was faster.
pub(in crate::channels) async fn queue(
    tx: &Tx,
    deliveries: &[Uuid],
    new: NewMessage,
    note: Option<&str>,
    now: Instant,
) -> Result<bool> {
    tx.execute(
        "INSERT INTO channel_messages (id, organization_id, channel_id, recipient, body, attempts, created_at)
         VALUES ($1, $2, $3, $4, $5, 0, $6)",
        values![new.id, new.organization_id, new.channel_id, new.recipient, new.body, to_db(now)],
    )
    .await?;
    let mut filter = Filter::default();
    filter.and("state = 'waiting'", Vec::new());
    filter.and_in("id", deliveries.iter().copied());
    let mut values = filter.values();
    let sql = format!(
        "UPDATE deliveries SET state = 'queued', message_id = ${}, note = ${} WHERE {}",
        values.len() + 1,
        values.len() + 2,
        filter.sql()
    );
    values.extend(values![new.id, note]);
    let taken = tx.execute(&sql, values).await?;
    Ok(usize::try_from(taken).is_ok_and(|taken| taken == deliveries.len()))
}

/// A message on its way.
#[derive(Debug, FromQueryResult)]
pub(in crate::channels) struct MessageRow {
    pub(in crate::channels) organization_id: Uuid,
    pub(in crate::channels) channel_id: Uuid,
    pub(in crate::channels) recipient: Option<String>,
    pub(in crate::channels) body: String,
}

pub(in crate::channels) async fn unsent<E: Executor>(
    db: &E,
    id: Uuid,
) -> Result<Option<MessageRow>> {
    let sql = "SELECT organization_id, channel_id, recipient, body FROM channel_messages
        WHERE id = $1 AND sent_at IS NULL AND failed_at IS NULL";
    db.optional(sql, values![id]).await
}

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::channels) enum End {
    /// The other side took it; its text is forgotten.
    Sent,
    /// Given up.
    Failed,
    /// It will be tried again.
    Open,
}

/// Notes how a try ended, with the answer, for the message and its delivery.
pub(in crate::channels) async fn note(
    tx: &Tx,
    id: Uuid,
    end: End,
    answer: &str,
    now: Instant,
) -> Result<()> {
    let at = to_db(now);
    let (sent, failed, state) = match end {
        End::Sent => (Some(at), None, "sent"),
        End::Failed => (None, Some(at), "failed"),
        End::Open => (None, None, "queued"),
    };
    let sql = "UPDATE channel_messages SET attempts = attempts + 1, last_answer = $2, sent_at = $3, failed_at = $4,
          body = CASE WHEN $5 THEN '' ELSE body END
        WHERE id = $1";
    tx.execute(sql, values![id, answer, sent, failed, end == End::Sent])
        .await?;
    let sql = "UPDATE deliveries SET state = $2, settled_at = $3 WHERE message_id = $1";
    let settled = (end != End::Open).then_some(at);
    tx.execute(sql, values![id, state, settled]).await.map(drop)
}

/// Takes back that a message was given up; false when it was not.
pub(in crate::channels) async fn reopen(tx: &Tx, id: Uuid) -> Result<bool> {
    let sql = "UPDATE channel_messages SET failed_at = NULL WHERE id = $1 AND failed_at IS NOT NULL AND sent_at IS NULL";
    if tx.execute(sql, values![id]).await? == 0 {
        return Ok(false);
    }
    let sql = "UPDATE deliveries SET state = 'queued', settled_at = NULL WHERE message_id = $1 AND state = 'failed'";
    tx.execute(sql, values![id]).await.map(|_| true)
}

/// Drops up to `limit` messages that ended before an instant and of which the
/// log holds nothing any more. Returns how many.
pub(crate) async fn forget(
    tx: &Tx,
    organization: OrganizationId,
    before: Instant,
    limit: u32,
) -> Result<u64> {
    let sql = format!(
        "DELETE FROM channel_messages WHERE id IN (SELECT m.id FROM channel_messages m
           WHERE m.organization_id = $1 AND m.created_at < $2 AND (m.sent_at < $2 OR m.failed_at < $2)
             AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.message_id = m.id)
           ORDER BY m.created_at, m.id LIMIT {limit})"
    );
    tx.execute(&sql, values![organization.0, to_db(before)])
        .await
}
