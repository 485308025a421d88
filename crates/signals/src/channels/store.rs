//! Every statement of channels and their messages.

use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A row of `notification_channels` with the name of its team.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct ChannelRow {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) team_id: Option<Uuid>,
    pub(super) team_name: Option<String>,
    pub(super) topics: Value,
    pub(super) settings: String,
    pub(super) is_active: bool,
    pub(super) organization_name: String,
    pub(super) locale: String,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

const CHANNELS: &str = "SELECT c.id, c.organization_id, c.kind, c.name, c.team_id, m.name AS team_name, c.topics, c.settings,
    c.is_active, o.name AS organization_name, o.locale, c.version, c.created_at, c.updated_at
    FROM notification_channels c JOIN organizations o ON o.id = c.organization_id
    LEFT JOIN teams m ON m.id = c.team_id WHERE c.deleted_at IS NULL";

/// Every channel of the organization, by name.
pub(super) async fn all<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<ChannelRow>> {
    let sql = format!("{CHANNELS} AND c.organization_id = $1 ORDER BY c.name, c.id");
    db.all(&sql, values![organization.0]).await
}

/// One channel of the organization.
pub(super) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<ChannelRow>> {
    let sql = format!("{CHANNELS} AND c.organization_id = $1 AND c.id = $2");
    db.optional(&sql, values![organization.0, id]).await
}

/// Active channels of a team.
pub(super) async fn of_team<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
) -> Result<Vec<ChannelRow>> {
    let sql = format!(
        "{CHANNELS} AND c.organization_id = $1 AND c.team_id = $2 AND c.is_active ORDER BY c.id"
    );
    db.all(&sql, values![organization.0, team]).await
}

#[derive(Debug, FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The channel by which the organization sends short messages.
pub(super) async fn sms<E: Executor>(db: &E, organization: OrganizationId) -> Result<Option<Uuid>> {
    let sql = "SELECT id FROM notification_channels
        WHERE organization_id = $1 AND kind = 'sms' AND is_active AND deleted_at IS NULL ORDER BY name, id LIMIT 1";
    let row: Option<Id> = db.optional(sql, values![organization.0]).await?;
    Ok(row.map(|row| row.id))
}

pub(super) async fn insert(tx: &Tx, row: &ChannelRow, now: Instant) -> Result<()> {
    tx.execute(
        "INSERT INTO notification_channels (id, organization_id, kind, name, team_id, topics, settings, is_active,
           version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)",
        values![
            row.id,
            row.organization_id,
            row.kind.clone(),
            row.name.clone(),
            row.team_id,
            row.topics.clone(),
            row.settings.clone(),
            row.is_active,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Keeps a changed channel over the version that was seen; false when someone was faster.
pub(super) async fn save(tx: &Tx, row: &ChannelRow, now: Instant) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE notification_channels SET name = $3, team_id = $4, topics = $5, settings = $6, is_active = $7,
               version = version + 1, updated_at = $8
             WHERE id = $1 AND version = $2 AND deleted_at IS NULL",
            values![
                row.id,
                row.version,
                row.name.clone(),
                row.team_id,
                row.topics.clone(),
                row.settings.clone(),
                row.is_active,
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Removes a channel and forgets how it was reached.
pub(super) async fn delete(tx: &Tx, id: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE notification_channels SET deleted_at = $2, is_active = FALSE, settings = '' WHERE id = $1";
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}

/// Whether the organization has this team.
pub(super) async fn has_team<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
) -> Result<bool> {
    let sql = "SELECT id FROM teams WHERE organization_id = $1 AND id = $2";
    let row: Option<Id> = db.optional(sql, values![organization.0, team]).await?;
    Ok(row.is_some_and(|row| !row.id.is_nil()))
}

/// A delivery to a channel of a team.
#[derive(Debug)]
pub(super) struct NewDelivery {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) channel_id: Uuid,
    pub(super) channel: String,
    pub(super) event_id: Uuid,
    pub(super) ticket_id: Uuid,
    pub(super) topic: &'static str,
    pub(super) due_at: Instant,
    /// Why it is not sent, if it is not.
    pub(super) skipped: Option<&'static str>,
}

/// Adds a delivery to a channel, unless the event has one for it.
pub(super) async fn plan(tx: &Tx, new: NewDelivery, now: Instant) -> Result<()> {
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
pub(super) struct PlaceRow {
    pub(super) organization_id: Uuid,
    /// Whose phone; none for a team.
    pub(super) user_id: Option<Uuid>,
    pub(super) channel_id: Option<Uuid>,
    pub(super) ticket_id: Uuid,
}

/// Places for which something is due, those that wait longest first.
pub(super) async fn due<E: Executor>(db: &E, now: Instant, limit: u32) -> Result<Vec<PlaceRow>> {
    let sql = "SELECT organization_id, user_id, channel_id, ticket_id FROM (
          SELECT organization_id, user_id, channel_id, ticket_id, due_at FROM deliveries
          WHERE state = 'waiting' AND due_at <= $1 AND channel <> 'email' ORDER BY state, due_at, id LIMIT 500) d
        GROUP BY organization_id, user_id, channel_id, ticket_id ORDER BY min(due_at), ticket_id LIMIT $2";
    db.all(sql, values![to_db(now), i64::from(limit)]).await
}

/// A delivery that waits.
#[derive(Debug, FromQueryResult)]
pub(super) struct WaitingRow {
    pub(super) id: Uuid,
    pub(super) event_id: Uuid,
    pub(super) reason: String,
    pub(super) is_internal: bool,
}

const OF_PLACE: &str =
    "ticket_id = $1 AND user_id IS NOT DISTINCT FROM $2 AND channel_id IS NOT DISTINCT FROM $3
    AND state = 'waiting' AND channel <> 'email'";

/// What waits for a place about a ticket, in the order in which it happened.
pub(super) async fn waiting<E: Executor>(db: &E, place: &PlaceRow) -> Result<Vec<WaitingRow>> {
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
pub(super) async fn postpone(
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
pub(super) async fn skip(tx: &Tx, ids: &[Uuid], note: &str, now: Instant) -> Result<()> {
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
pub(super) struct NewMessage {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) channel_id: Uuid,
    pub(super) recipient: Option<String>,
    /// Sealed.
    pub(super) body: String,
}

/// Writes a message and takes these deliveries into it, with a remark on how it
/// was written; false when another node was faster.
pub(super) async fn queue(
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
pub(super) struct MessageRow {
    pub(super) organization_id: Uuid,
    pub(super) channel_id: Uuid,
    pub(super) recipient: Option<String>,
    pub(super) body: String,
}

pub(super) async fn unsent<E: Executor>(db: &E, id: Uuid) -> Result<Option<MessageRow>> {
    let sql = "SELECT organization_id, channel_id, recipient, body FROM channel_messages
        WHERE id = $1 AND sent_at IS NULL AND failed_at IS NULL";
    db.optional(sql, values![id]).await
}

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The other side took it; its text is forgotten.
    Sent,
    /// Given up.
    Failed,
    /// It will be tried again.
    Open,
}

/// Notes how a try ended, with the answer, for the message and its delivery.
pub(super) async fn note(tx: &Tx, id: Uuid, end: End, answer: &str, now: Instant) -> Result<()> {
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
pub(super) async fn reopen(tx: &Tx, id: Uuid) -> Result<bool> {
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

/// A person as short messages reach them.
#[derive(Debug, FromQueryResult)]
pub(super) struct PhoneRow {
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) phone: Option<String>,
    pub(super) locale: String,
}

pub(super) async fn phone<E: Executor>(db: &E, user: Uuid) -> Result<Option<PhoneRow>> {
    let sql = "SELECT u.first_name, u.last_name, u.phone, coalesce(u.locale, o.locale) AS locale
        FROM users u JOIN organizations o ON o.id = u.organization_id
        WHERE u.id = $1 AND u.is_active AND u.deleted_at IS NULL";
    db.optional(sql, values![user]).await
}

#[derive(Debug, FromQueryResult)]
struct Text {
    text: String,
}

/// Name of a person.
pub(super) async fn name<E: Executor>(db: &E, user: Uuid) -> Result<Option<String>> {
    let sql = "SELECT first_name || ' ' || last_name AS text FROM users WHERE id = $1";
    let row: Option<Text> = db.optional(sql, values![user]).await?;
    Ok(row.map(|row| row.text.trim().to_owned()))
}

#[derive(Debug, FromQueryResult)]
pub(super) struct CommentRow {
    pub(super) body: String,
    pub(super) visibility: String,
}

/// What was said.
pub(super) async fn comment<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<CommentRow>> {
    let sql = "SELECT body, visibility FROM comments WHERE organization_id = $1 AND id = $2";
    db.optional(sql, values![organization.0, id]).await
}
