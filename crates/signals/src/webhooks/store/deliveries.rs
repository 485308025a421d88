//! Statements of deliveries and their attempts, and of the mark that says up to
//! where events were planned.

use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Engine, Executor, Filter, FromQueryResult, Tx, bulk, time::to_db, values};
use steward_kernel::{Instant, Result};
use steward_platform::events::Position;
use uuid::Uuid;

const MARK: &str = "webhooks";

#[derive(Debug, FromQueryResult)]
struct MarkRow {
    position: String,
}

/// Up to where events were planned; none as long as there was no webhook.
pub(crate) async fn mark<E: Executor>(db: &E) -> Result<Option<Position>> {
    let sql = "SELECT position FROM event_marks WHERE name = $1";
    let row: Option<MarkRow> = db.optional(sql, values![MARK]).await?;
    row.map(|row| row.position.parse()).transpose()
}

/// Sets the mark unless there is one.
pub(crate) async fn start_mark(tx: &Tx, position: Position) -> Result<()> {
    let sql =
        "INSERT INTO event_marks (name, position) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    let values = values![MARK, position.to_string()];
    tx.execute(sql, values).await.map(drop)
}

/// Moves the mark; false when another node has done so.
pub(crate) async fn move_mark(tx: &Tx, from: Position, to: Position) -> Result<bool> {
    let sql = "UPDATE event_marks SET position = $3 WHERE name = $1 AND position = $2";
    let values = values![MARK, from.to_string(), to.to_string()];
    Ok(tx.execute(sql, values).await? == 1)
}

/// A new row of `webhook_deliveries`.
#[derive(Debug)]
pub(crate) struct NewDelivery {
    pub(crate) id: Uuid,
    pub(crate) organization_id: Uuid,
    pub(crate) webhook_id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) kind: &'static str,
    pub(crate) ticket_id: Option<Uuid>,
    /// Why it is not sent, if it is not.
    pub(crate) skipped: Option<&'static str>,
    /// Until when the one who writes it is sending it already.
    pub(crate) claimed_until: Option<Instant>,
}

/// Adds deliveries, unless the event has one for the webhook.
pub(crate) async fn plan(tx: &Tx, new: Vec<NewDelivery>, now: Instant) -> Result<()> {
    let rows = new.into_iter().map(|new| {
        let is_skipped = new.skipped.is_some();
        let tries = i32::from(new.claimed_until.is_some());
        values![
            new.id,
            new.organization_id,
            new.webhook_id,
            new.event_id,
            new.kind,
            new.ticket_id,
            if is_skipped { "skipped" } else { "waiting" },
            new.skipped,
            tries,
            tries,
            new.claimed_until.map(|_| to_db(now)),
            to_db(new.claimed_until.unwrap_or(now)),
            to_db(now),
            is_skipped.then(|| to_db(now))
        ]
    });
    let head = "INSERT INTO webhook_deliveries (id, organization_id, webhook_id, event_id, kind, ticket_id,
        state, note, attempts, tries, first_try_at, due_at, created_at, settled_at)";
    let tail = "ON CONFLICT (webhook_id, event_id) DO NOTHING";
    bulk::insert_many(tx, head, rows.collect(), tail).await
}

/// A webhook for which something is due.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Due {
    pub(crate) webhook_id: Uuid,
    pub(crate) failures: i32,
}

#[derive(Debug, FromQueryResult)]
struct Any {
    #[expect(dead_code, reason = "only its presence counts")]
    id: Uuid,
}

/// Webhooks for which something is due, those that work before those that fail.
pub(crate) async fn due<E: Executor>(db: &E, now: Instant) -> Result<Vec<Due>> {
    let sql = "SELECT id FROM webhook_deliveries WHERE state = 'waiting' AND due_at <= $1 LIMIT 1";
    let any: Option<Any> = db.optional(sql, values![to_db(now)]).await?;
    if any.is_none() {
        return Ok(Vec::new());
    }
    let sql = "SELECT w.id AS webhook_id, w.failures FROM webhooks w
        JOIN organizations o ON o.id = w.organization_id AND o.is_active
        WHERE w.is_enabled AND EXISTS (SELECT 1 FROM webhook_deliveries d
          WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.due_at <= $1)
        ORDER BY w.failures, w.id";
    db.all(sql, values![to_db(now)]).await
}

/// A delivery under way.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Claimed {
    pub(crate) id: Uuid,
    pub(crate) organization_id: Uuid,
    pub(crate) webhook_id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) kind: String,
    /// Number of this attempt among all.
    pub(crate) attempts: i32,
    /// Number of this attempt since it was last sent anew.
    pub(crate) tries: i32,
    pub(crate) first_try_at: DateTime<Utc>,
}

/// Takes up to `limit` due deliveries of a webhook until `until`: when this
/// process dies, they come due again.
///
/// Dialect fork: PostgreSQL skips rows that another node is taking; SQLite's
/// writer is alone.
pub(crate) async fn claim(
    tx: &Tx,
    webhook: Uuid,
    limit: usize,
    until: Instant,
    now: Instant,
) -> Result<Vec<Claimed>> {
    let skip = match tx.engine() {
        Engine::Postgres => "FOR UPDATE SKIP LOCKED",
        Engine::Sqlite => "",
    };
    let sql = format!(
        "UPDATE webhook_deliveries SET due_at = $2, attempts = attempts + 1, tries = tries + 1,
           first_try_at = coalesce(first_try_at, $3)
         WHERE id IN (SELECT id FROM webhook_deliveries
           WHERE webhook_id = $1 AND state = 'waiting' AND due_at <= $3 ORDER BY due_at, id LIMIT {limit} {skip})
         RETURNING id, organization_id, webhook_id, event_id, kind, attempts, tries, first_try_at"
    );
    tx.all(&sql, values![webhook, to_db(until), to_db(now)])
        .await
}

/// How an attempt left a delivery.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// `sent`, `failed`, `skipped`, or `waiting` for another try.
    pub(crate) state: &'static str,
    pub(crate) note: Option<&'static str>,
    /// When it is tried again.
    pub(crate) again_at: Option<Instant>,
    pub(crate) status: Option<i32>,
    pub(crate) error: Option<String>,
}

/// Notes the outcome, if it is still this attempt's turn.
pub(crate) async fn settle(
    tx: &Tx,
    claimed: &Claimed,
    outcome: &Outcome,
    now: Instant,
) -> Result<()> {
    let is_over = outcome.again_at.is_none();
    let sql = "UPDATE webhook_deliveries SET state = $3, note = $4, due_at = $5, last_status = $6,
          last_error = $7, settled_at = $8
        WHERE id = $1 AND attempts = $2 AND state = 'waiting'";
    let values = values![
        claimed.id,
        claimed.attempts,
        outcome.state,
        outcome.note,
        to_db(outcome.again_at.unwrap_or(now)),
        outcome.status,
        outcome.error.clone(),
        is_over.then(|| to_db(now))
    ];
    tx.execute(sql, values).await.map(drop)
}

/// Ends everything that waits for a webhook which was switched off.
pub(crate) async fn skip_waiting(tx: &Tx, webhook: Uuid, note: &str, now: Instant) -> Result<()> {
    let sql = "UPDATE webhook_deliveries SET state = 'skipped', note = $2, settled_at = $3
        WHERE webhook_id = $1 AND state = 'waiting'";
    tx.execute(sql, values![webhook, note, to_db(now)])
        .await
        .map(drop)
}

/// One attempt, as it is kept.
#[derive(Debug, FromQueryResult)]
pub(crate) struct AttemptRow {
    pub(crate) number: i32,
    pub(crate) at: DateTime<Utc>,
    pub(crate) url: String,
    pub(crate) request_headers: Value,
    pub(crate) request_body: String,
    pub(crate) status: Option<i32>,
    pub(crate) answer_headers: Value,
    pub(crate) answer_body: String,
    pub(crate) error_kind: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) took_ms: i32,
}

/// Keeps an attempt. Twice the same number cannot be: a claim counts.
pub(crate) async fn keep_attempt(
    tx: &Tx,
    organization: Uuid,
    delivery: Uuid,
    id: Uuid,
    row: AttemptRow,
) -> Result<()> {
    tx.execute(
        "INSERT INTO webhook_attempts (id, organization_id, delivery_id, number, at, url, request_headers,
           request_body, status, answer_headers, answer_body, error_kind, error, took_ms)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
         WHERE EXISTS (SELECT 1 FROM webhook_deliveries WHERE id = $3)",
        values![
            id,
            organization,
            delivery,
            row.number,
            row.at,
            row.url,
            row.request_headers,
            row.request_body,
            row.status,
            row.answer_headers,
            row.answer_body,
            row.error_kind,
            row.error,
            row.took_ms
        ],
    )
    .await
    .map(drop)
}

/// The attempts of a delivery, the first one first.
pub(crate) async fn attempts<E: Executor>(db: &E, delivery: Uuid) -> Result<Vec<AttemptRow>> {
    let sql = "SELECT number, at, url, request_headers, request_body, status, answer_headers, answer_body,
          error_kind, error, took_ms
        FROM webhook_attempts WHERE delivery_id = $1 ORDER BY number LIMIT 100";
    db.all(sql, values![delivery]).await
}

/// A row of `webhook_deliveries` with the number of its ticket.
#[derive(Debug, FromQueryResult)]
pub(crate) struct DeliveryRow {
    pub(crate) id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) kind: String,
    pub(crate) ticket_id: Option<Uuid>,
    pub(crate) number: Option<String>,
    pub(crate) state: String,
    pub(crate) note: Option<String>,
    pub(crate) attempts: i32,
    pub(crate) due_at: DateTime<Utc>,
    pub(crate) last_status: Option<i32>,
    pub(crate) last_error: Option<String>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) settled_at: Option<DateTime<Utc>>,
}

/// Deliveries, the newest first.
pub(crate) async fn deliveries<E: Executor>(
    db: &E,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<DeliveryRow>> {
    let sql = format!(
        "SELECT d.id, d.event_id, d.kind, d.ticket_id, t.number, d.state, d.note, d.attempts, d.due_at,
           d.last_status, d.last_error, d.created_at, d.settled_at
         FROM webhook_deliveries d LEFT JOIN tickets t ON t.id = d.ticket_id
         WHERE {} ORDER BY d.created_at DESC, d.id DESC LIMIT {limit}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

/// A delivery that is sent anew.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Replayed {
    pub(crate) id: Uuid,
    pub(crate) created_at: DateTime<Utc>,
}

/// Makes up to `limit` deliveries that `filter` names due now, with a whole day
/// of tries, the oldest first. Returns them in that order.
pub(crate) async fn replay(
    tx: &Tx,
    filter: &Filter,
    limit: u32,
    now: Instant,
) -> Result<Vec<Replayed>> {
    let mut values = filter.values();
    let sql = format!(
        "UPDATE webhook_deliveries SET state = 'waiting', note = NULL, tries = 0, first_try_at = NULL,
           settled_at = NULL, due_at = ${}
         WHERE id IN (SELECT d.id FROM webhook_deliveries d WHERE d.state <> 'waiting' AND {}
           ORDER BY d.created_at, d.id LIMIT {limit})
         RETURNING id, created_at",
        values.len() + 1,
        filter.sql()
    );
    values.push(to_db(now).into());
    let mut rows: Vec<Replayed> = tx.all(&sql, values).await?;
    rows.sort_by_key(|row| (row.created_at, row.id));
    Ok(rows)
}

/// Drops up to `limit` deliveries that ended before `before`, with their
/// attempts. Returns how many.
pub(crate) async fn forget(tx: &Tx, webhook: Uuid, before: Instant, limit: u32) -> Result<u64> {
    let sql = format!(
        "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries
           WHERE webhook_id = $1 AND created_at < $2 AND state <> 'waiting'
           ORDER BY created_at, id LIMIT {limit})"
    );
    tx.execute(&sql, values![webhook, to_db(before)]).await
}
