//! Every statement of roles.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// A role with the number of its holders.
#[derive(Debug, FromQueryResult)]
pub(super) struct RoleRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) permissions: serde_json::Value,
    pub(super) is_system: bool,
    pub(super) requires_mfa: bool,
    pub(super) member_count: i64,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

const SELECT: &str =
    "SELECT r.id, r.name, r.description, r.permissions, r.is_system, r.requires_mfa,
    (SELECT count(*) FROM user_roles ur WHERE ur.role_id = r.id) AS member_count,
    r.version, r.created_at, r.updated_at FROM roles r";

pub(super) async fn all<E: Executor>(db: &E, organization: OrganizationId) -> Result<Vec<RoleRow>> {
    let sql = format!("{SELECT} WHERE r.organization_id = $1 ORDER BY r.name LIMIT 1000");
    db.all(&sql, values![organization.0]).await
}

pub(super) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<RoleRow>> {
    let sql = format!("{SELECT} WHERE r.organization_id = $1 AND r.id = $2");
    db.optional(&sql, values![organization.0, id]).await
}

/// A role to be written.
#[derive(Debug)]
pub(super) struct RoleRecord {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) permissions: Vec<String>,
    /// What the product grants; none for roles that people made.
    pub(super) defaults: Option<Vec<String>>,
    pub(super) requires_mfa: bool,
}

fn json(texts: &[String]) -> Result<serde_json::Value> {
    serde_json::to_value(texts).map_err(Error::internal)
}

pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    role: &RoleRecord,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO roles (id, organization_id, name, description, permissions, default_permissions, is_system,
           requires_mfa, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)",
        values![
            role.id,
            organization.0,
            role.name.clone(),
            role.description.clone(),
            json(&role.permissions)?,
            json(role.defaults.as_deref().unwrap_or_default())?,
            role.defaults.is_some(),
            role.requires_mfa,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Writes a role over the version that was read; false when there is a newer one.
pub(super) async fn update(
    tx: &Tx,
    organization: OrganizationId,
    role: &RoleRecord,
    version: i64,
    now: Instant,
) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE roles SET name = $4, description = $5, permissions = $6, requires_mfa = $7,
               version = version + 1, updated_at = $8
             WHERE id = $1 AND organization_id = $2 AND version = $3",
            values![
                role.id,
                organization.0,
                version,
                role.name.clone(),
                role.description.clone(),
                json(&role.permissions)?,
                role.requires_mfa,
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn delete(tx: &Tx, organization: OrganizationId, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM roles WHERE id = $1 AND organization_id = $2";
    tx.execute(sql, values![id, organization.0]).await.map(drop)
}

/// A role of a person.
#[derive(Debug, FromQueryResult)]
pub(super) struct HeldRow {
    pub(super) user_id: Uuid,
    pub(super) user_name: String,
    pub(super) mfa_enabled: bool,
    pub(super) role_id: Uuid,
    pub(super) role_name: String,
    pub(super) permissions: serde_json::Value,
    pub(super) requires_mfa: bool,
}

const HELD: &str =
    "SELECT u.id AS user_id, u.first_name || ' ' || u.last_name AS user_name, u.mfa_enabled,
    r.id AS role_id, r.name AS role_name, r.permissions, r.requires_mfa
    FROM user_roles ur JOIN users u ON u.id = ur.user_id JOIN roles r ON r.id = ur.role_id";

/// The roles of one person, by name.
pub(super) async fn held_by<E: Executor>(
    db: &E,
    organization: OrganizationId,
    user: Uuid,
) -> Result<Vec<HeldRow>> {
    let sql = format!("{HELD} WHERE ur.user_id = $1 AND r.organization_id = $2 ORDER BY r.name");
    db.all(&sql, values![user, organization.0]).await
}

/// All roles of the first `limit` holders of `role`, person by person.
pub(super) async fn held_with<E: Executor>(
    db: &E,
    organization: OrganizationId,
    role: Uuid,
    limit: u32,
) -> Result<Vec<HeldRow>> {
    let sql = format!(
        "{HELD} WHERE r.organization_id = $1 AND u.deleted_at IS NULL AND ur.user_id IN
           (SELECT h.user_id FROM user_roles h WHERE h.role_id = $2 ORDER BY h.user_id LIMIT {limit})
         ORDER BY u.last_name, u.first_name, u.id, r.name"
    );
    db.all(&sql, values![organization.0, role]).await
}

/// A system role with what the product granted it last.
#[derive(Debug, FromQueryResult)]
pub(super) struct SystemRow {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) name: String,
    pub(super) permissions: serde_json::Value,
    pub(super) default_permissions: serde_json::Value,
}

/// The system roles of every organization.
pub(super) async fn system_roles<E: Executor>(db: &E) -> Result<Vec<SystemRow>> {
    let sql = "SELECT id, organization_id, name, permissions, default_permissions FROM roles WHERE is_system";
    db.all(sql, values![]).await
}

#[derive(Debug, FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Every organization.
pub(super) async fn organizations<E: Executor>(db: &E) -> Result<Vec<Uuid>> {
    let rows: Vec<Id> = db.all("SELECT id FROM organizations", values![]).await?;
    Ok(rows.into_iter().map(|r| r.id).collect())
}

/// Writes what an upgrade of the product changes of a system role.
pub(super) async fn upgrade(
    tx: &Tx,
    id: Uuid,
    permissions: &[String],
    defaults: &[String],
    now: Instant,
) -> Result<()> {
    tx.execute(
        "UPDATE roles SET permissions = $2, default_permissions = $3, version = version + 1, updated_at = $4 WHERE id = $1",
        values![id, json(permissions)?, json(defaults)?, to_db(now)],
    )
    .await
    .map(drop)
}

/// Adds a system role that an older version of the product did not have, unless the name is taken.
pub(super) async fn insert_missing(
    tx: &Tx,
    organization: OrganizationId,
    role: &RoleRecord,
    now: Instant,
) -> Result<()> {
    let defaults = json(role.defaults.as_deref().unwrap_or_default())?;
    tx.execute(
        "INSERT INTO roles (id, organization_id, name, description, permissions, default_permissions, is_system,
           requires_mfa, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7, 1, $8, $8) ON CONFLICT (organization_id, name) DO NOTHING",
        values![
            role.id,
            organization.0,
            role.name.clone(),
            role.description.clone(),
            defaults,
            true,
            false,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}
