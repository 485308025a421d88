//! Calendars and policies with their versions.

use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Executor, FromQueryResult, Tx, bulk, time::to_db, values};
use steward_identity::organizations;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A version of a policy with its policy.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::sla) struct PolicyRow {
    pub(in crate::sla) id: Uuid,
    pub(in crate::sla) policy_id: Uuid,
    pub(in crate::sla) name: String,
    pub(in crate::sla) number: i64,
    pub(in crate::sla) agreement: String,
    pub(in crate::sla) position: i32,
    pub(in crate::sla) is_active: bool,
    pub(in crate::sla) condition: Option<Value>,
    pub(in crate::sla) calendar_id: Uuid,
    pub(in crate::sla) targets: Value,
    /// None for the usual.
    pub(in crate::sla) escalation: Option<Value>,
    pub(in crate::sla) policy_created_at: DateTime<Utc>,
    pub(in crate::sla) created_at: DateTime<Utc>,
    pub(in crate::sla) deleted_at: Option<DateTime<Utc>>,
    /// None for the product's own, which hold since ever.
    pub(in crate::sla) created_by: Option<Uuid>,
}

/// A version of a calendar with its calendar.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::sla) struct CalendarRow {
    pub(in crate::sla) id: Uuid,
    pub(in crate::sla) calendar_id: Uuid,
    pub(in crate::sla) name: String,
    pub(in crate::sla) is_default: bool,
    pub(in crate::sla) number: i64,
    pub(in crate::sla) time_zone: String,
    pub(in crate::sla) weekly: Value,
    pub(in crate::sla) holidays: Value,
    pub(in crate::sla) calendar_created_at: DateTime<Utc>,
    pub(in crate::sla) created_at: DateTime<Utc>,
    /// None for the product's own, which hold since ever.
    pub(in crate::sla) created_by: Option<Uuid>,
}

const POLICIES: &str =
    "SELECT v.id, v.policy_id, p.name, v.number, v.agreement, v.position, v.is_active, v.condition,
    v.calendar_id, v.targets, v.escalation, p.created_at AS policy_created_at, v.created_at, p.deleted_at, v.created_by
  FROM sla_policies p JOIN sla_policy_versions v ON v.policy_id = p.id";

const CALENDARS: &str =
    "SELECT v.id, v.calendar_id, c.name, c.is_default, v.number, v.time_zone, v.weekly, v.holidays,
    c.created_at AS calendar_created_at, v.created_at, v.created_by
  FROM sla_calendars c JOIN sla_calendar_versions v ON v.calendar_id = c.id";

/// A version that holds now.
#[derive(Debug, FromQueryResult)]
pub(in crate::sla) struct CurrentRow {
    pub(in crate::sla) id: Uuid,
    /// Of a policy, or of a calendar.
    pub(in crate::sla) is_policy: bool,
}

/// Which versions of the organization's policies, in their order, and of its
/// calendars hold now.
pub(in crate::sla) async fn current<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<CurrentRow>> {
    let sql = "SELECT v.id, true AS is_policy, v.position AS place, p.id AS owner
          FROM sla_policies p JOIN sla_policy_versions v ON v.policy_id = p.id AND v.number = p.version
          WHERE p.organization_id = $1 AND p.deleted_at IS NULL
        UNION ALL SELECT v.id, false, 0, c.id
          FROM sla_calendars c JOIN sla_calendar_versions v ON v.calendar_id = c.id AND v.number = c.version
          WHERE c.organization_id = $1 AND c.deleted_at IS NULL
        ORDER BY place, owner";
    db.all(sql, values![organization.0]).await
}

/// Current versions of the organization's policies, in their order.
pub(in crate::sla) async fn policies<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<PolicyRow>> {
    let sql = format!(
        "{POLICIES} AND v.number = p.version
         WHERE p.organization_id = $1 AND p.deleted_at IS NULL ORDER BY v.position, p.id"
    );
    db.all(&sql, values![organization.0]).await
}

/// Every version of every policy, oldest first: for looking back.
pub(in crate::sla) async fn policy_history<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<PolicyRow>> {
    let sql = format!("{POLICIES} WHERE p.organization_id = $1 ORDER BY v.created_at, v.number");
    db.all(&sql, values![organization.0]).await
}

pub(in crate::sla) async fn policy<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<PolicyRow>> {
    let sql = format!(
        "{POLICIES} AND v.number = p.version
         WHERE p.organization_id = $1 AND p.id = $2 AND p.deleted_at IS NULL"
    );
    db.optional(&sql, values![organization.0, id]).await
}

#[derive(Debug, FromQueryResult)]
struct Version {
    policy_version_id: Uuid,
}

/// The version of the policy that a ticket has with its customer, by its clocks.
pub(in crate::sla) async fn policy_of_ticket<E: Executor>(
    db: &E,
    ticket: Uuid,
) -> Result<Option<Uuid>> {
    let sql = "SELECT policy_version_id FROM sla_clocks WHERE ticket_id = $1 AND agreement = 'sla'
        ORDER BY metric DESC LIMIT 1";
    let row: Option<Version> = db.optional(sql, values![ticket]).await?;
    Ok(row.map(|row| row.policy_version_id))
}

pub(in crate::sla) async fn policy_versions<E: Executor>(
    db: &E,
    ids: Vec<Uuid>,
) -> Result<Vec<PolicyRow>> {
    let sql = format!("{POLICIES} WHERE v.id IN {{in}}");
    let ids = ids.into_iter().map(Into::into).collect();
    bulk::select_in(db, &sql, values![], ids).await
}

/// Current versions of the organization's calendars, by name.
pub(in crate::sla) async fn calendars<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<CalendarRow>> {
    let sql = format!(
        "{CALENDARS} AND v.number = c.version
         WHERE c.organization_id = $1 AND c.deleted_at IS NULL ORDER BY c.name, c.id"
    );
    db.all(&sql, values![organization.0]).await
}

/// Every version of every calendar, oldest first.
pub(in crate::sla) async fn calendar_history<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<CalendarRow>> {
    let sql = format!("{CALENDARS} WHERE c.organization_id = $1 ORDER BY v.created_at, v.number");
    db.all(&sql, values![organization.0]).await
}

pub(in crate::sla) async fn calendar<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<CalendarRow>> {
    let sql = format!(
        "{CALENDARS} AND v.number = c.version
         WHERE c.organization_id = $1 AND c.id = $2 AND c.deleted_at IS NULL"
    );
    db.optional(&sql, values![organization.0, id]).await
}

pub(in crate::sla) async fn calendar_versions<E: Executor>(
    db: &E,
    ids: Vec<Uuid>,
) -> Result<Vec<CalendarRow>> {
    let sql = format!("{CALENDARS} WHERE v.id IN {{in}}");
    let ids = ids.into_iter().map(Into::into).collect();
    bulk::select_in(db, &sql, values![], ids).await
}

#[derive(Debug, FromQueryResult)]
pub(in crate::sla) struct Home {
    pub(in crate::sla) time_zone: String,
    pub(in crate::sla) created_at: DateTime<Utc>,
}

/// The organization's zone and age; holds it.
pub(in crate::sla) async fn lock(tx: &Tx, organization: OrganizationId) -> Result<Option<Home>> {
    organizations::hold(tx, organization).await?;
    let sql = "SELECT time_zone, created_at FROM organizations WHERE id = $1";
    tx.optional(sql, values![organization.0]).await
}

/// A new version of a calendar, or its first.
#[derive(Debug, Clone)]
pub(in crate::sla) struct NewCalendar {
    pub(in crate::sla) version_id: Uuid,
    pub(in crate::sla) calendar_id: Uuid,
    pub(in crate::sla) name: String,
    pub(in crate::sla) is_default: bool,
    pub(in crate::sla) time_zone: String,
    pub(in crate::sla) weekly: Value,
    pub(in crate::sla) holidays: Value,
    pub(in crate::sla) created_by: Option<Uuid>,
}

/// Writes the next version of a calendar; the calendar too, if it is new.
pub(in crate::sla) async fn save_calendar(
    tx: &Tx,
    organization: OrganizationId,
    new: NewCalendar,
    now: Instant,
) -> Result<()> {
    if new.is_default {
        let sql = "UPDATE sla_calendars SET is_default = $3 WHERE organization_id = $1 AND id <> $2 AND is_default";
        let values = values![organization.0, new.calendar_id, false];
        tx.execute(sql, values).await?;
    }
    let sql = "INSERT INTO sla_calendars (id, organization_id, name, is_default, version, created_at, updated_at)
        VALUES ($1, $2, $3, $4, 1, $5, $5)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, is_default = excluded.is_default,
          version = sla_calendars.version + 1, updated_at = excluded.updated_at";
    let values = values![
        new.calendar_id,
        organization.0,
        new.name,
        new.is_default,
        to_db(now)
    ];
    tx.execute(sql, values).await?;
    let sql = "INSERT INTO sla_calendar_versions
          (id, organization_id, calendar_id, number, time_zone, weekly, holidays, created_by, created_at)
        SELECT $1, organization_id, id, version, $3, $4, $5, $6, $7 FROM sla_calendars WHERE id = $2";
    let values = values![
        new.version_id,
        new.calendar_id,
        new.time_zone,
        new.weekly,
        new.holidays,
        new.created_by,
        to_db(now)
    ];
    tx.execute(sql, values).await.map(drop)
}

/// A new version of a policy, or its first.
#[derive(Debug, Clone)]
pub(in crate::sla) struct NewPolicy {
    pub(in crate::sla) version_id: Uuid,
    pub(in crate::sla) policy_id: Uuid,
    pub(in crate::sla) name: String,
    pub(in crate::sla) agreement: &'static str,
    pub(in crate::sla) position: i32,
    pub(in crate::sla) is_active: bool,
    pub(in crate::sla) condition: Option<Value>,
    pub(in crate::sla) calendar_id: Uuid,
    pub(in crate::sla) targets: Value,
    pub(in crate::sla) escalation: Option<Value>,
    pub(in crate::sla) created_by: Option<Uuid>,
}

/// Writes the next version of a policy; the policy too, if it is new.
pub(in crate::sla) async fn save_policy(
    tx: &Tx,
    organization: OrganizationId,
    new: NewPolicy,
    now: Instant,
) -> Result<()> {
    let sql =
        "INSERT INTO sla_policies (id, organization_id, name, version, created_at, updated_at)
        VALUES ($1, $2, $3, 1, $4, $4)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = sla_policies.version + 1,
          updated_at = excluded.updated_at";
    let values = values![new.policy_id, organization.0, new.name, to_db(now)];
    tx.execute(sql, values).await?;
    let sql = "INSERT INTO sla_policy_versions (id, organization_id, policy_id, number, agreement, position, is_active,
          condition, calendar_id, targets, escalation, created_by, created_at)
        SELECT $1, organization_id, id, version, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM sla_policies WHERE id = $2";
    let values = values![
        new.version_id,
        new.policy_id,
        new.agreement,
        new.position,
        new.is_active,
        new.condition,
        new.calendar_id,
        new.targets,
        new.escalation,
        new.created_by,
        to_db(now)
    ];
    tx.execute(sql, values).await.map(drop)
}

/// Hides a policy; its versions stay for the clocks that use them.
pub(in crate::sla) async fn delete_policy(tx: &Tx, id: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE sla_policies SET deleted_at = $2, updated_at = $2 WHERE id = $1";
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}

/// Hides a calendar; its versions stay for the clocks that use them.
pub(in crate::sla) async fn delete_calendar(tx: &Tx, id: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE sla_calendars SET deleted_at = $2, updated_at = $2 WHERE id = $1";
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}
