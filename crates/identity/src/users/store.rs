//! Every statement of people.

use chrono::{DateTime, Utc};
use steward_db::{Executor, Filter, FromQueryResult, time::to_db, values};
use steward_domain::identity::profile;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Grant, Instant, PermissionSet, Result};
use uuid::Uuid;

const COLUMNS: &str = "id, username, email, first_name, last_name, is_active, mfa_enabled, version, created_at, updated_at";

/// A row of `users`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct UserRow {
    pub(crate) id: Uuid,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) is_active: bool,
    pub(crate) mfa_enabled: bool,
    pub(crate) version: i64,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

pub(crate) async fn by_id<E: Executor>(db: &E, id: Uuid) -> Result<Option<UserRow>> {
    db.optional(
        &format!("SELECT {COLUMNS} FROM users WHERE id = $1 AND deleted_at IS NULL"),
        values![id],
    )
    .await
}

pub(crate) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<UserRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM users WHERE id = $1 AND organization_id = $2 AND deleted_at IS NULL"
    );
    db.optional(&sql, values![id, organization.0]).await
}

pub(crate) async fn page<E: Executor>(
    db: &E,
    organization: OrganizationId,
    limit: i64,
    offset: i64,
) -> Result<Vec<UserRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM users WHERE organization_id = $1 AND deleted_at IS NULL
         ORDER BY last_name, first_name, id LIMIT $2 OFFSET $3"
    );
    db.all(&sql, values![organization.0, limit, offset]).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(crate) async fn count<E: Executor>(db: &E, organization: OrganizationId) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM users WHERE organization_id = $1 AND deleted_at IS NULL";
    Ok(db
        .optional::<Count>(sql, values![organization.0])
        .await?
        .map_or(0, |c| c.n))
}

/// A new row of `users`.
#[derive(Debug)]
pub(crate) struct NewUser {
    pub(crate) id: Uuid,
    pub(crate) organization_id: OrganizationId,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) password_hash: Option<String>,
}

pub(crate) async fn insert<E: Executor>(db: &E, user: &NewUser, now: Instant) -> Result<()> {
    db.execute(
        "INSERT INTO users (id, organization_id, username, email, first_name, last_name, password_hash, is_active,
           is_operator, failed_login_attempts, password_changed_at, search_text, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $11, $12, 1, $10, $10)",
        values![
            user.id,
            user.organization_id.0,
            user.username.clone(),
            user.email.clone(),
            user.first_name.clone(),
            user.last_name.clone(),
            user.password_hash.clone(),
            true,
            false,
            to_db(now),
            user.password_hash.as_ref().map(|_| to_db(now)),
            profile::search_text(&user.first_name, &user.last_name, &user.email, &user.username)
        ],
    )
    .await
    .map(drop)
}

/// Gives a role by name; false when the organization has no such role.
pub(crate) async fn give_role<E: Executor>(
    db: &E,
    organization: OrganizationId,
    user: Uuid,
    role: &str,
) -> Result<bool> {
    let sql = "SELECT id FROM roles WHERE organization_id = $1 AND name = $2";
    let Some(found) = db
        .optional::<RoleId>(sql, values![organization.0, role])
        .await?
    else {
        return Ok(false);
    };
    db.execute(
        "INSERT INTO user_roles (user_id, role_id, organization_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        values![user, found.id, organization.0],
    )
    .await?;
    Ok(true)
}

#[derive(Debug, FromQueryResult)]
struct RoleId {
    id: Uuid,
}

#[derive(Debug, FromQueryResult)]
struct RoleName {
    name: String,
}

pub(crate) async fn role_names<E: Executor>(db: &E, user: Uuid) -> Result<Vec<String>> {
    let sql = "SELECT r.name FROM user_roles ur JOIN roles r ON r.id = ur.role_id WHERE ur.user_id = $1 ORDER BY r.name";
    Ok(db
        .all::<RoleName>(sql, values![user])
        .await?
        .into_iter()
        .map(|r| r.name)
        .collect())
}

pub(crate) async fn deactivate<E: Executor>(
    db: &E,
    organization: OrganizationId,
    user: Uuid,
    now: Instant,
) -> Result<()> {
    db.execute(
        "UPDATE users SET is_active = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND organization_id = $2",
        values![user, organization.0, false, to_db(now)],
    )
    .await?;
    end_sessions(db, user, now).await
}

/// Ends every session of a person.
pub(crate) async fn end_sessions<E: Executor>(db: &E, user: Uuid, now: Instant) -> Result<()> {
    db.execute(
        "UPDATE sessions SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL",
        values![user, to_db(now)],
    )
    .await
    .map(drop)
}

#[derive(Debug, FromQueryResult)]
struct Permissions {
    permissions: serde_json::Value,
}

/// What the roles of a person add up to.
pub(crate) async fn permissions<E: Executor>(db: &E, user: Uuid) -> Result<PermissionSet> {
    let sql = "SELECT r.permissions FROM user_roles ur JOIN roles r ON r.id = ur.role_id WHERE ur.user_id = $1";
    let rows: Vec<Permissions> = db.all(sql, values![user]).await?;
    Ok(sum(&rows))
}

/// What roles of these names add up to; names that are no role add nothing.
pub(crate) async fn permissions_of_roles<E: Executor>(
    db: &E,
    organization: OrganizationId,
    roles: &[String],
) -> Result<PermissionSet> {
    let mut filter = Filter::default();
    filter.and("organization_id = ?", values![organization.0]);
    filter.and_in("name", roles.iter().map(String::as_str));
    let sql = format!("SELECT permissions FROM roles WHERE {}", filter.sql());
    let rows: Vec<Permissions> = db.all(&sql, filter.values()).await?;
    Ok(sum(&rows))
}

fn sum(rows: &[Permissions]) -> PermissionSet {
    let grants: Vec<Grant> = rows
        .iter()
        .filter_map(|row| row.permissions.as_array())
        .flatten()
        .filter_map(|text| text.as_str().and_then(|text| text.parse().ok()))
        .collect();
    grants.iter().collect()
}
