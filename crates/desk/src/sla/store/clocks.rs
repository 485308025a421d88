//! The clocks of tickets, and what they show on the ticket.

use crate::sla::service::OnTicket;
use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Executor, FromQueryResult, Tx, bulk, time::from_db, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// A row of `sla_clocks`.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub(in crate::sla) struct ClockRow {
    pub(in crate::sla) id: Uuid,
    pub(in crate::sla) organization_id: Uuid,
    pub(in crate::sla) ticket_id: Uuid,
    pub(in crate::sla) agreement: String,
    pub(in crate::sla) metric: String,
    pub(in crate::sla) policy_version_id: Uuid,
    pub(in crate::sla) calendar_version_id: Uuid,
    pub(in crate::sla) target_seconds: i64,
    pub(in crate::sla) mode: String,
    pub(in crate::sla) started_at: DateTime<Utc>,
    pub(in crate::sla) as_of: DateTime<Utc>,
    pub(in crate::sla) consumed_us: i64,
    pub(in crate::sla) due_at: Option<DateTime<Utc>>,
    pub(in crate::sla) breached_at: Option<DateTime<Utc>>,
    pub(in crate::sla) met_at: Option<DateTime<Utc>>,
    pub(in crate::sla) fired: i32,
    pub(in crate::sla) fired_before: Option<i64>,
    pub(in crate::sla) next_threshold_at: Option<DateTime<Utc>>,
    pub(in crate::sla) legs: Value,
}

const COLUMNS: &str = "id, organization_id, ticket_id, agreement, metric, policy_version_id, calendar_version_id,
    target_seconds, mode, started_at, as_of, consumed_us, due_at, breached_at, met_at, fired, fired_before,
    next_threshold_at, legs";

/// The clocks of a ticket, in order of agreement and metric.
pub(in crate::sla) async fn clocks<E: Executor>(db: &E, ticket: Uuid) -> Result<Vec<ClockRow>> {
    let sql =
        format!("SELECT {COLUMNS} FROM sla_clocks WHERE ticket_id = $1 ORDER BY agreement, metric");
    db.all(&sql, values![ticket]).await
}

/// The clocks of many tickets.
pub(in crate::sla) async fn clocks_of<E: Executor>(db: &E, ids: &[Uuid]) -> Result<Vec<ClockRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM sla_clocks WHERE ticket_id IN {{in}} ORDER BY ticket_id, agreement, metric"
    );
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, &sql, values![], ids).await
}

/// Tickets of an organization with a clock that counts by another version than
/// the current one, at most 10,000.
pub(in crate::sla) async fn outdated<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT s.ticket_id AS id FROM sla_clocks s
        JOIN sla_policy_versions pv ON pv.id = s.policy_version_id JOIN sla_policies p ON p.id = pv.policy_id
        JOIN sla_calendar_versions cv ON cv.id = s.calendar_version_id JOIN sla_calendars c ON c.id = cv.calendar_id
        WHERE s.organization_id = $1 AND s.mode IN ('running', 'paused')
          AND (pv.number <> p.version OR p.deleted_at IS NOT NULL OR cv.number <> c.version)
        ORDER BY s.ticket_id LIMIT 10000";
    let rows: Vec<IdRow> = db.all(sql, values![organization.0]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(Debug, FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// A row of `sla_recomputes`.
#[derive(Debug, FromQueryResult)]
pub(in crate::sla) struct RecomputeRow {
    pub(in crate::sla) changes: Value,
    pub(in crate::sla) created_at: DateTime<Utc>,
    pub(in crate::sla) undone_at: Option<DateTime<Utc>>,
}

pub(in crate::sla) async fn insert_recompute(
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    changes: Value,
    now: Instant,
) -> Result<()> {
    let sql = "INSERT INTO sla_recomputes (id, organization_id, actor_id, changes, created_at) VALUES ($1, $2, $3, $4, $5)";
    let values = values![
        id,
        actor.organization_id.0,
        actor.user_id.0,
        changes,
        to_db(now)
    ];
    tx.execute(sql, values).await.map(drop)
}

pub(in crate::sla) async fn recompute<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<RecomputeRow>> {
    let sql = "SELECT changes, created_at, undone_at FROM sla_recomputes WHERE organization_id = $1 AND id = $2";
    db.optional(sql, values![organization.0, id]).await
}

pub(in crate::sla) async fn undone(tx: &Tx, id: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE sla_recomputes SET undone_at = $2 WHERE id = $1";
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}

/// Writes clocks, new and old ones; those whose row is the same are left alone.
pub(in crate::sla) async fn save_clocks(tx: &Tx, rows: Vec<ClockRow>) -> Result<()> {
    let rows = rows.into_iter().map(|row| {
        values![
            row.id,
            row.organization_id,
            row.ticket_id,
            row.agreement,
            row.metric,
            row.policy_version_id,
            row.calendar_version_id,
            row.target_seconds,
            row.mode,
            row.started_at,
            row.as_of,
            row.consumed_us,
            row.due_at,
            row.breached_at,
            row.met_at,
            row.fired,
            row.fired_before,
            row.next_threshold_at,
            row.legs
        ]
    });
    let head = format!("INSERT INTO sla_clocks ({COLUMNS})");
    let tail = "ON CONFLICT (ticket_id, agreement, metric) DO UPDATE SET
        policy_version_id = excluded.policy_version_id, calendar_version_id = excluded.calendar_version_id,
        target_seconds = excluded.target_seconds, mode = excluded.mode, started_at = excluded.started_at,
        as_of = excluded.as_of, consumed_us = excluded.consumed_us, due_at = excluded.due_at,
        breached_at = excluded.breached_at, met_at = excluded.met_at, fired = excluded.fired,
        fired_before = excluded.fired_before,
        next_threshold_at = excluded.next_threshold_at, legs = excluded.legs";
    bulk::insert_many(tx, &head, rows.collect(), tail).await
}

/// What lists show and sort by. Does not count as a change of the ticket.
pub(in crate::sla) async fn show(tx: &Tx, ticket: Uuid, shown: &OnTicket) -> Result<()> {
    let sql =
        "UPDATE tickets SET sla = $2, next_breach_at = $3, is_sla_breached = $4 WHERE id = $1";
    let values = values![
        ticket,
        shown.sla.clone(),
        shown.next_breach_at,
        shown.is_breached
    ];
    tx.execute(sql, values).await.map(drop)
}

/// Stands for no breach ahead, so that tickets without one sort last and a
/// page can continue from any row.
pub(in crate::sla) fn never() -> DateTime<Utc> {
    DateTime::from_timestamp(221_845_392_000, 0).unwrap_or_default()
}

/// A clock or reminder whose time has come.
#[derive(Debug, FromQueryResult)]
pub(in crate::sla) struct DueRow {
    pub(in crate::sla) organization_id: Uuid,
    pub(in crate::sla) ticket_id: Uuid,
    pub(in crate::sla) what: String,
}

/// Whose tickets are looked at.
#[derive(Debug, Clone, Copy)]
pub(in crate::sla) enum Whose {
    /// All, but for an organization that is being filled: its story is told at
    /// times of the past, and its clocks are not the present's business.
    Deployment,
    /// Those of one organization.
    Organization(OrganizationId),
}

impl Whose {
    /// A clause, and its value as `$2` if it has one.
    fn clause(self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::Deployment => (
                "organization_id NOT IN (SELECT id FROM organizations WHERE is_being_filled)",
                None,
            ),
            Self::Organization(id) => ("organization_id = $2", Some(id.0)),
        }
    }
}

/// Tickets with a threshold that is reached, those longest ago first.
pub(in crate::sla) async fn due_clocks<E: Executor>(
    db: &E,
    whose: Whose,
    now: Instant,
    limit: u32,
) -> Result<Vec<DueRow>> {
    let (clause, id) = whose.clause();
    let sql = format!(
        "SELECT organization_id, ticket_id, metric AS what FROM sla_clocks
         WHERE next_threshold_at IS NOT NULL AND next_threshold_at <= $1 AND {clause}
         ORDER BY next_threshold_at LIMIT {limit}"
    );
    let mut values = values![to_db(now)];
    values.extend(id.map(Into::into));
    db.all(&sql, values).await
}

/// Reminders whose time has come.
pub(in crate::sla) async fn due_reminders<E: Executor>(
    db: &E,
    whose: Whose,
    now: Instant,
    limit: u32,
) -> Result<Vec<DueRow>> {
    let (clause, id) = whose.clause();
    let sql = format!(
        "SELECT organization_id, ticket_id, cause AS what FROM sla_reminders
         WHERE remind_at <= $1 AND {clause} ORDER BY remind_at LIMIT {limit}"
    );
    let mut values = values![to_db(now)];
    values.extend(id.map(Into::into));
    db.all(&sql, values).await
}

#[derive(Debug, FromQueryResult)]
struct NextRow {
    at: Option<DateTime<Utc>>,
}

/// When the next threshold or reminder of an organization is reached, also in the past.
pub(in crate::sla) async fn next_due<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Option<Instant>> {
    let sql = "SELECT min(due.at) AS at FROM (
          SELECT next_threshold_at AS at FROM sla_clocks
            WHERE organization_id = $1 AND next_threshold_at IS NOT NULL
          UNION ALL SELECT remind_at FROM sla_reminders WHERE organization_id = $1) due";
    let row: Option<NextRow> = db.optional(sql, values![organization.0]).await?;
    Ok(row.and_then(|row| row.at).map(from_db))
}

/// Sets when a ticket is reminded of; nothing takes it away.
pub(in crate::sla) async fn set_reminder(
    tx: &Tx,
    organization: OrganizationId,
    ticket: Uuid,
    cause: &str,
    at: Option<Instant>,
) -> Result<()> {
    let Some(at) = at else {
        let sql = "DELETE FROM sla_reminders WHERE ticket_id = $1 AND cause = $2";
        return tx.execute(sql, values![ticket, cause]).await.map(drop);
    };
    let sql = "INSERT INTO sla_reminders (ticket_id, cause, organization_id, remind_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (ticket_id, cause) DO UPDATE SET remind_at = excluded.remind_at";
    let values = values![ticket, cause, organization.0, to_db(at)];
    tx.execute(sql, values).await.map(drop)
}

/// Takes a reminder that is still due; false when another node was faster.
pub(in crate::sla) async fn take_reminder(
    tx: &Tx,
    ticket: Uuid,
    cause: &str,
    now: Instant,
) -> Result<bool> {
    let sql = "DELETE FROM sla_reminders WHERE ticket_id = $1 AND cause = $2 AND remind_at <= $3";
    Ok(tx.execute(sql, values![ticket, cause, to_db(now)]).await? == 1)
}
