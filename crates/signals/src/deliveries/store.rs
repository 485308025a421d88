//! Every statement of preferences, mutes and deliveries.

use chrono::{DateTime, Utc};
use serde_json::Value;
use std::time::Duration;
use steward_db::{Executor, Filter, FromQueryResult, Tx, bulk, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// A person with what they chose.
#[derive(Debug, FromQueryResult)]
pub(super) struct ChoiceRow {
    pub(super) user_id: Uuid,
    pub(super) time_zone: String,
    pub(super) phone: Option<String>,
    pub(super) choices: Option<Value>,
    pub(super) version: Option<i64>,
}

pub(super) async fn choices<E: Executor>(
    db: &E,
    organization: OrganizationId,
    users: &[Uuid],
) -> Result<Vec<ChoiceRow>> {
    let sql = "SELECT u.id AS user_id, coalesce(u.time_zone, o.time_zone) AS time_zone, u.phone, p.choices, p.version
        FROM users u JOIN organizations o ON o.id = u.organization_id
        LEFT JOIN notification_preferences p ON p.user_id = u.id
        WHERE u.organization_id = $1 AND u.id IN {in}";
    let ids = users.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![organization.0], ids).await
}

/// Keeps what a person chose, over the version that they saw.
pub(super) async fn keep_choices(
    tx: &Tx,
    actor: &Actor,
    choices: Value,
    version: i64,
    now: Instant,
) -> Result<bool> {
    let touched = tx
        .execute(
            "INSERT INTO notification_preferences (user_id, organization_id, choices, version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (user_id) DO UPDATE SET choices = excluded.choices, version = excluded.version,
               updated_at = excluded.updated_at WHERE notification_preferences.version = excluded.version - 1",
            values![
                actor.user_id.0,
                actor.organization_id.0,
                choices,
                version,
                to_db(now),
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// A ticket that someone muted.
#[derive(Debug, FromQueryResult)]
pub(super) struct MuteRow {
    pub(super) ticket_id: Uuid,
    pub(super) user_id: Uuid,
}

/// Who muted these tickets.
pub(super) async fn mutes_of<E: Executor>(db: &E, tickets: &[Uuid]) -> Result<Vec<MuteRow>> {
    let sql = "SELECT ticket_id, user_id FROM ticket_mutes WHERE ticket_id IN {in}";
    let ids = tickets.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![], ids).await
}

#[derive(Debug, FromQueryResult)]
pub(super) struct Muted {
    pub(super) ticket_id: Uuid,
}

pub(super) async fn mutes_by<E: Executor>(db: &E, actor: &Actor) -> Result<Vec<Muted>> {
    let sql =
        "SELECT ticket_id FROM ticket_mutes WHERE user_id = $1 ORDER BY created_at DESC LIMIT 500";
    db.all(sql, values![actor.user_id.0]).await
}

pub(super) async fn mute(tx: &Tx, actor: &Actor, ticket: Uuid, now: Instant) -> Result<()> {
    tx.execute(
        "INSERT INTO ticket_mutes (ticket_id, user_id, organization_id, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (ticket_id, user_id) DO NOTHING",
        values![ticket, actor.user_id.0, actor.organization_id.0, to_db(now)],
    )
    .await
    .map(drop)
}

pub(super) async fn unmute(tx: &Tx, actor: &Actor, ticket: Uuid) -> Result<()> {
    let sql = "DELETE FROM ticket_mutes WHERE ticket_id = $1 AND user_id = $2";
    tx.execute(sql, values![ticket, actor.user_id.0])
        .await
        .map(drop)
}

/// A new row of `deliveries`.
#[derive(Debug)]
pub(super) struct NewDelivery {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) user_id: Uuid,
    pub(super) event_id: Uuid,
    pub(super) ticket_id: Uuid,
    /// `email` or `sms`.
    pub(super) channel: &'static str,
    /// The channel of the organization that carries it; none for mail.
    pub(super) channel_id: Option<Uuid>,
    pub(super) reason: &'static str,
    pub(super) pace: &'static str,
    pub(super) is_internal: bool,
    /// Why it is not sent, if it is not.
    pub(super) skipped: Option<&'static str>,
    pub(super) due_at: Instant,
}

/// Adds deliveries to people, except those that the event has already.
pub(super) async fn insert(tx: &Tx, new: Vec<NewDelivery>, now: Instant) -> Result<()> {
    let head = "INSERT INTO deliveries (id, organization_id, user_id, event_id, ticket_id, channel, reason, pace,
        is_internal, state, note, due_at, created_at, settled_at, channel_id)";
    let row = |new: NewDelivery| {
        let is_skipped = new.skipped.is_some();
        values![
            new.id,
            new.organization_id,
            new.user_id,
            new.event_id,
            new.ticket_id,
            new.channel,
            new.reason,
            new.pace,
            new.is_internal,
            if is_skipped { "skipped" } else { "waiting" },
            new.skipped,
            to_db(new.due_at),
            to_db(now),
            is_skipped.then(|| to_db(now)),
            new.channel_id
        ]
    };
    let rows = new.into_iter().map(row).collect();
    let tail = "ON CONFLICT (event_id, user_id, channel) DO NOTHING";
    bulk::insert_many(tx, head, rows, tail).await
}

/// Someone for whom something is due.
#[derive(Debug, FromQueryResult)]
pub(super) struct DueRow {
    pub(super) organization_id: Uuid,
    pub(super) user_id: Uuid,
}

/// People for whom something is due, those who wait longest first.
pub(super) async fn due<E: Executor>(db: &E, now: Instant, limit: u32) -> Result<Vec<DueRow>> {
    let sql = "SELECT organization_id, user_id FROM (
          SELECT organization_id, user_id, due_at FROM deliveries
          WHERE state = 'waiting' AND due_at <= $1 AND channel = 'email' ORDER BY state, due_at, id LIMIT 500) d
        GROUP BY organization_id, user_id ORDER BY min(due_at), user_id LIMIT $2";
    db.all(sql, values![to_db(now), i64::from(limit)]).await
}

/// What waits for a person.
#[derive(Debug, FromQueryResult)]
pub(super) struct WaitingRow {
    pub(super) id: Uuid,
    pub(super) event_id: Uuid,
    pub(super) ticket_id: Uuid,
    pub(super) reason: String,
    pub(super) pace: String,
    pub(super) is_internal: bool,
    pub(super) due_at: DateTime<Utc>,
}

pub(super) async fn waiting<E: Executor>(db: &E, user: Uuid) -> Result<Vec<WaitingRow>> {
    let sql = "SELECT id, event_id, ticket_id, reason, pace, is_internal, due_at FROM deliveries
        WHERE user_id = $1 AND state = 'waiting' AND channel = 'email' ORDER BY created_at, id LIMIT 500";
    db.all(sql, values![user]).await
}

/// Puts what is due for a person off, because it could not be written.
pub(super) async fn postpone(tx: &Tx, user: Uuid, now: Instant) -> Result<()> {
    let later = now.checked_add(Duration::from_secs(300)).unwrap_or(now);
    let sql = "UPDATE deliveries SET due_at = $3 WHERE user_id = $1 AND state = 'waiting' AND channel = 'email' AND due_at <= $2";
    tx.execute(sql, values![user, to_db(now), to_db(later)])
        .await
        .map(drop)
}

/// Takes waiting rows into a mail, with a remark on how it was written; returns
/// how many still waited.
pub(super) async fn queue(tx: &Tx, ids: &[Uuid], mail: Uuid, note: Option<&str>) -> Result<u64> {
    let mut filter = Filter::default();
    filter.and("mail_id IS NULL AND state = 'waiting'", Vec::new());
    filter.and_in("id", ids.iter().copied());
    let mut values = filter.values();
    let sql = format!(
        "UPDATE deliveries SET state = 'queued', mail_id = ${}, note = ${} WHERE {}",
        values.len() + 1,
        values.len() + 2,
        filter.sql()
    );
    values.extend(values![mail, note]);
    tx.execute(&sql, values).await
}

/// Ends the rows whose mail was sent or given up. Returns how many.
pub(super) async fn settle(tx: &Tx, now: Instant) -> Result<u64> {
    let sent = "UPDATE deliveries SET state = 'sent', settled_at = $1
        WHERE state = 'queued' AND EXISTS (SELECT 1 FROM mails m WHERE m.id = deliveries.mail_id AND m.sent_at IS NOT NULL)";
    let failed = "UPDATE deliveries SET state = 'failed', settled_at = $1
        WHERE state = 'queued' AND EXISTS (SELECT 1 FROM mails m WHERE m.id = deliveries.mail_id AND m.failed_at IS NOT NULL)";
    let done = tx.execute(sent, values![to_db(now)]).await?;
    Ok(done + tx.execute(failed, values![to_db(now)]).await?)
}

/// Ends the rows of a mail as failed that a mail server gave back. Returns
/// whether there are any.
pub(super) async fn came_back(
    tx: &Tx,
    organization: OrganizationId,
    mail: Uuid,
    answer: &str,
    now: Instant,
) -> Result<bool> {
    let sql = "UPDATE deliveries SET state = 'failed', note = $3, settled_at = $4
        WHERE mail_id = $1 AND organization_id = $2 AND state IN ('queued', 'sent')";
    let values = values![mail, organization.0, answer, to_db(now)];
    Ok(tx.execute(sql, values).await? > 0)
}

#[derive(Debug, FromQueryResult)]
struct Any {
    id: Uuid,
}

/// Whether a mail on its way has ended.
pub(super) async fn is_settled_any<E: Executor>(db: &E) -> Result<bool> {
    let sql = "SELECT d.id FROM deliveries d JOIN mails m ON m.id = d.mail_id
        WHERE d.state = 'queued' AND (m.sent_at IS NOT NULL OR m.failed_at IS NOT NULL) LIMIT 1";
    let row: Option<Any> = db.optional(sql, values![]).await?;
    Ok(row.is_some_and(|row| !row.id.is_nil()))
}

/// Sets everything in a mail that was given up on its way again.
pub(super) async fn reopen(tx: &Tx, mail: Uuid) -> Result<u64> {
    let sql = "UPDATE deliveries SET state = 'queued', settled_at = NULL WHERE mail_id = $1 AND state = 'failed'";
    tx.execute(sql, values![mail]).await
}

#[derive(Debug, FromQueryResult)]
struct MailId {
    mail_id: Uuid,
}

#[derive(Debug, FromQueryResult)]
struct MessageId {
    message_id: Uuid,
}

/// Messages that were given up and are in what the filter asks for.
pub(super) async fn messages_given_up(tx: &Tx, filter: &Filter, limit: u32) -> Result<Vec<Uuid>> {
    let mut values = filter.values();
    let sql = format!(
        "SELECT DISTINCT d.message_id FROM deliveries d WHERE {} AND d.state = 'failed' AND d.message_id IS NOT NULL
         ORDER BY d.message_id LIMIT ${}",
        filter.sql(),
        values.len() + 1
    );
    values.push(i64::from(limit).into());
    let rows: Vec<MessageId> = tx.all(&sql, values).await?;
    Ok(rows.into_iter().map(|row| row.message_id).collect())
}

/// Mails that were given up and are in what the filter asks for.
pub(super) async fn given_up(tx: &Tx, filter: &Filter, limit: u32) -> Result<Vec<Uuid>> {
    let mut values = filter.values();
    let sql = format!(
        "SELECT DISTINCT d.mail_id FROM deliveries d WHERE {} AND d.state = 'failed' AND d.mail_id IS NOT NULL
         ORDER BY d.mail_id LIMIT ${}",
        filter.sql(),
        values.len() + 1
    );
    values.push(i64::from(limit).into());
    let rows: Vec<MailId> = tx.all(&sql, values).await?;
    Ok(rows.into_iter().map(|row| row.mail_id).collect())
}

/// Drops up to `limit` rows that ended before an instant. Returns how many.
pub(super) async fn forget(
    tx: &Tx,
    organization: OrganizationId,
    before: Instant,
    limit: u32,
) -> Result<u64> {
    let sql = format!(
        "DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries
           WHERE organization_id = $1 AND created_at < $2 AND settled_at < $2
           ORDER BY created_at, id LIMIT {limit})"
    );
    tx.execute(&sql, values![organization.0, to_db(before)])
        .await
}

/// Mails that ended before an instant and hold nothing of the log any more.
pub(super) async fn mails_of_nothing(
    tx: &Tx,
    organization: OrganizationId,
    before: Instant,
    limit: u32,
) -> Result<Vec<Uuid>> {
    let sql = format!(
        "SELECT m.id FROM mails m WHERE m.organization_id = $1 AND m.created_at < $2
           AND (m.sent_at < $2 OR m.failed_at < $2)
           AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.mail_id = m.id)
         ORDER BY m.created_at, m.id LIMIT {limit}"
    );
    let rows: Vec<Any> = tx.all(&sql, values![organization.0, to_db(before)]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Where a person is reached, and in which language.
#[derive(Debug, FromQueryResult)]
pub(super) struct AddressRow {
    pub(super) email: String,
    pub(super) organization: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) locale: String,
}

pub(super) async fn address<E: Executor>(db: &E, user: Uuid) -> Result<Option<AddressRow>> {
    let sql = "SELECT u.email, o.name AS organization, u.first_name, u.last_name, coalesce(u.locale, o.locale) AS locale
        FROM users u JOIN organizations o ON o.id = u.organization_id
        WHERE u.id = $1 AND u.is_active AND u.deleted_at IS NULL";
    db.optional(sql, values![user]).await
}

/// Names of people.
#[derive(Debug, FromQueryResult)]
pub(super) struct NameRow {
    pub(super) id: Uuid,
    pub(super) name: String,
}

pub(super) async fn names<E: Executor>(db: &E, users: &[Uuid]) -> Result<Vec<NameRow>> {
    let sql = "SELECT id, first_name || ' ' || last_name AS name FROM users WHERE id IN {in}";
    let ids = users.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![], ids).await
}

/// What was said.
#[derive(Debug, FromQueryResult)]
pub(super) struct CommentRow {
    pub(super) id: Uuid,
    pub(super) body: String,
    pub(super) visibility: String,
}

pub(super) async fn comments<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ids: &[Uuid],
) -> Result<Vec<CommentRow>> {
    let sql = "SELECT id, body, visibility FROM comments WHERE organization_id = $1 AND id IN {in}";
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![organization.0], ids).await
}

/// A row of the log.
#[derive(Debug, FromQueryResult)]
pub(super) struct LogRow {
    pub(super) id: Uuid,
    pub(super) user_id: Option<Uuid>,
    pub(super) user_name: Option<String>,
    pub(super) channel_name: Option<String>,
    pub(super) channel: String,
    pub(super) reason: String,
    pub(super) pace: String,
    pub(super) ticket_id: Uuid,
    pub(super) number: Option<String>,
    pub(super) event_id: Uuid,
    pub(super) state: String,
    pub(super) note: Option<String>,
    pub(super) mail_id: Option<Uuid>,
    pub(super) message_id: Option<Uuid>,
    pub(super) recipient: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) attempts: Option<i32>,
    pub(super) last_error: Option<String>,
    pub(super) due_at: DateTime<Utc>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) settled_at: Option<DateTime<Utc>>,
}

/// Rows of the organization's log, newest first.
pub(super) async fn log<E: Executor>(db: &E, filter: &Filter, limit: u32) -> Result<Vec<LogRow>> {
    let mut values = filter.values();
    let sql = format!(
        "SELECT d.id, d.user_id, u.first_name || ' ' || u.last_name AS user_name,
           c.name AS channel_name, d.channel, d.reason, d.pace,
           d.ticket_id, t.number, d.event_id, d.state, d.note, d.mail_id, d.message_id,
           coalesce(m.recipient, s.recipient) AS recipient, m.subject, coalesce(m.attempts, s.attempts) AS attempts,
           coalesce(m.last_error, s.last_answer) AS last_error, d.due_at,
           d.created_at, d.settled_at
         FROM deliveries d LEFT JOIN users u ON u.id = d.user_id
         LEFT JOIN notification_channels c ON c.id = d.channel_id LEFT JOIN channel_messages s ON s.id = d.message_id
         LEFT JOIN tickets t ON t.id = d.ticket_id
         LEFT JOIN mails m ON m.id = d.mail_id
         WHERE {} ORDER BY d.created_at DESC, d.id DESC LIMIT ${}",
        filter.sql(),
        values.len() + 1
    );
    values.push(i64::from(limit).into());
    db.all(&sql, values).await
}
