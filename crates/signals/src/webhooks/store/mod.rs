//! Every statement of webhooks.

mod deliveries;

pub(super) use deliveries::{
    AttemptRow, Claimed, DeliveryRow, Due, NewDelivery, Outcome, attempts, claim, deliveries, due,
    forget, keep_attempt, mark, move_mark, plan, replay, settle, skip_waiting, start_mark,
};

use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Executor, Filter, FromQueryResult, Tx, bulk, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// A row of `webhooks` with the names of its people.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct WebhookRow {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) name: String,
    pub(super) url: String,
    pub(super) events: Value,
    pub(super) acts_as_id: Uuid,
    pub(super) acts_as_name: String,
    pub(super) created_by_id: Uuid,
    pub(super) created_by_name: String,
    pub(super) is_enabled: bool,
    pub(super) disabled_reason: Option<String>,
    pub(super) disabled_at: Option<DateTime<Utc>>,
    pub(super) failures: i32,
    pub(super) failing_since: Option<DateTime<Utc>>,
    pub(super) last_success_at: Option<DateTime<Utc>>,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

const ROWS: &str = "SELECT w.id, w.organization_id, w.name, w.url, w.events, w.acts_as_id,
      p.first_name || ' ' || p.last_name AS acts_as_name, w.created_by_id,
      c.first_name || ' ' || c.last_name AS created_by_name, w.is_enabled, w.disabled_reason,
      w.disabled_at, w.failures, w.failing_since, w.last_success_at, w.version, w.created_at, w.updated_at
    FROM webhooks w JOIN users p ON p.id = w.acts_as_id JOIN users c ON c.id = w.created_by_id";

/// Every webhook of the organization, the oldest first.
pub(super) async fn all<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<WebhookRow>> {
    let sql = format!("{ROWS} WHERE w.organization_id = $1 ORDER BY w.created_at, w.id");
    db.all(&sql, values![organization.0]).await
}

/// The webhooks of these organizations, as far as they are active.
pub(super) async fn of_organizations<E: Executor>(
    db: &E,
    organizations: impl Iterator<Item = Uuid>,
) -> Result<Vec<WebhookRow>> {
    let sql = format!(
        "{ROWS} JOIN organizations o ON o.id = w.organization_id AND o.is_active
         WHERE w.organization_id IN {{in}} ORDER BY w.created_at, w.id"
    );
    let ids = organizations.map(Into::into).collect();
    bulk::select_in(db, &sql, values![], ids).await
}

pub(super) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<WebhookRow>> {
    let sql = format!("{ROWS} WHERE w.organization_id = $1 AND w.id = $2");
    db.optional(&sql, values![organization.0, id]).await
}

/// What people choose of a webhook.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) events: Vec<String>,
    pub(super) acts_as_id: Uuid,
    pub(super) is_enabled: bool,
    pub(super) disabled_reason: Option<&'static str>,
}

pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    chosen: &Chosen,
    created_by: Uuid,
    now: Instant,
) -> Result<()> {
    let events = serde_json::to_value(&chosen.events).map_err(Error::internal)?;
    let disabled_at = (!chosen.is_enabled).then(|| to_db(now));
    tx.execute(
        "INSERT INTO webhooks (id, organization_id, name, url, events, acts_as_id, created_by_id, is_enabled,
           disabled_reason, disabled_at, failures, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 1, $11, $11)",
        values![
            id,
            organization.0,
            chosen.name.clone(),
            chosen.url.clone(),
            events,
            chosen.acts_as_id,
            created_by,
            chosen.is_enabled,
            chosen.disabled_reason,
            disabled_at,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Keeps what was chosen. One that is switched on begins anew: its failures are
/// forgotten.
pub(super) async fn save(tx: &Tx, id: Uuid, chosen: &Chosen, now: Instant) -> Result<()> {
    let events = serde_json::to_value(&chosen.events).map_err(Error::internal)?;
    tx.execute(
        "UPDATE webhooks SET name = $2, url = $3, events = $4, acts_as_id = $5, version = version + 1,
           failures = CASE WHEN $6 AND NOT is_enabled THEN 0 ELSE failures END,
           failing_since = CASE WHEN $6 AND NOT is_enabled THEN NULL ELSE failing_since END,
           disabled_reason = CASE WHEN $6 THEN NULL WHEN is_enabled THEN $7 ELSE disabled_reason END,
           disabled_at = CASE WHEN $6 THEN NULL WHEN is_enabled THEN $8 ELSE disabled_at END,
           is_enabled = $6, updated_at = $8
         WHERE id = $1",
        values![
            id,
            chosen.name.clone(),
            chosen.url.clone(),
            events,
            chosen.acts_as_id,
            chosen.is_enabled,
            chosen.disabled_reason,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Notes a success, or a failure; the record's version stays, because nobody changed it.
pub(super) async fn count(tx: &Tx, id: Uuid, is_success: bool, now: Instant) -> Result<()> {
    let sql = if is_success {
        "UPDATE webhooks SET failures = 0, failing_since = NULL, last_success_at = $2 WHERE id = $1"
    } else {
        "UPDATE webhooks SET failures = failures + 1, failing_since = coalesce(failing_since, $2) WHERE id = $1"
    };
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}

/// Switches a webhook off; false when it was off already.
pub(super) async fn switch_off(tx: &Tx, id: Uuid, reason: &str, now: Instant) -> Result<bool> {
    let sql = "UPDATE webhooks SET is_enabled = false, disabled_reason = $2, disabled_at = $3,
          version = version + 1, updated_at = $3 WHERE id = $1 AND is_enabled";
    Ok(tx.execute(sql, values![id, reason, to_db(now)]).await? == 1)
}

/// Removes a webhook with all that was sent to it.
pub(super) async fn delete(tx: &Tx, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM webhooks WHERE id = $1";
    tx.execute(sql, values![id]).await.map(drop)
}

/// A secret that signs, sealed.
#[derive(Debug, FromQueryResult)]
pub(super) struct SecretRow {
    pub(super) id: Uuid,
    pub(super) webhook_id: Uuid,
    pub(super) sealed: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) expires_at: Option<DateTime<Utc>>,
}

/// The secrets of these webhooks that sign at `now`, the newest first.
pub(super) async fn secrets<E: Executor>(
    db: &E,
    webhooks: &[Uuid],
    now: Instant,
) -> Result<Vec<SecretRow>> {
    let sql = "SELECT id, webhook_id, sealed, created_at, expires_at FROM webhook_secrets
        WHERE (expires_at IS NULL OR expires_at > $1) AND webhook_id IN {in} ORDER BY created_at DESC, id DESC";
    let ids = webhooks.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![to_db(now)], ids).await
}

pub(super) async fn insert_secret(
    tx: &Tx,
    organization: OrganizationId,
    webhook: Uuid,
    id: Uuid,
    sealed: String,
    now: Instant,
) -> Result<()> {
    let sql = "INSERT INTO webhook_secrets (id, organization_id, webhook_id, sealed, created_at)
        VALUES ($1, $2, $3, $4, $5)";
    let values = values![id, organization.0, webhook, sealed, to_db(now)];
    tx.execute(sql, values).await.map(drop)
}

/// Ends the webhook's secrets at `until` at the latest, and drops those that have ended.
pub(super) async fn expire_secrets(
    tx: &Tx,
    webhook: Uuid,
    until: Instant,
    now: Instant,
) -> Result<()> {
    let sql = "UPDATE webhook_secrets SET expires_at = $2
        WHERE webhook_id = $1 AND (expires_at IS NULL OR expires_at > $2)";
    tx.execute(sql, values![webhook, to_db(until)]).await?;
    let sql = "DELETE FROM webhook_secrets WHERE webhook_id = $1 AND expires_at <= $2";
    tx.execute(sql, values![webhook, to_db(now)])
        .await
        .map(drop)
}

/// Counts the change of a secret as one of the webhook.
pub(super) async fn touch(tx: &Tx, id: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE webhooks SET version = version + 1, updated_at = $2 WHERE id = $1";
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct RoleRow {
    id: Uuid,
    permissions: Value,
}

#[derive(Debug, FromQueryResult)]
struct PersonRow {
    user_id: Uuid,
}

/// Active people of an organization with a role that grants `permission` for all of it.
pub(super) async fn holders<E: Executor>(
    db: &E,
    organization: OrganizationId,
    permission: &str,
) -> Result<Vec<Uuid>> {
    let sql = "SELECT id, permissions FROM roles WHERE organization_id = $1";
    let roles: Vec<RoleRow> = db.all(sql, values![organization.0]).await?;
    let grant = format!("{permission}:all");
    let grants = |role: &RoleRow| {
        let list = role.permissions.as_array();
        list.is_some_and(|list| list.iter().any(|held| held == grant.as_str()))
    };
    let mut filter = Filter::default();
    filter.and("u.is_active AND u.deleted_at IS NULL", Vec::new());
    let roles = roles.iter().filter(|role| grants(role)).map(|role| role.id);
    filter.and_in("ur.role_id", roles);
    let sql = format!(
        "SELECT DISTINCT ur.user_id FROM user_roles ur JOIN users u ON u.id = ur.user_id
         WHERE {} ORDER BY ur.user_id LIMIT 100",
        filter.sql()
    );
    let people: Vec<PersonRow> = db.all(&sql, filter.values()).await?;
    Ok(people.into_iter().map(|row| row.user_id).collect())
}
