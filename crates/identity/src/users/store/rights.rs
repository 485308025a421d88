//! Roles of people and what they add up to.

use std::collections::BTreeMap;
use steward_db::{Executor, Filter, FromQueryResult, Tx, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Grant, PermissionSet, Result};
use uuid::Uuid;

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

#[derive(Debug, FromQueryResult)]
struct RoleId {
    id: Uuid,
}

/// Gives a role by name; false when the organization has no such role.
pub(crate) async fn give_role(
    tx: &Tx,
    organization: OrganizationId,
    user: Uuid,
    role: &str,
) -> Result<bool> {
    let sql = "SELECT id FROM roles WHERE organization_id = $1 AND name = $2";
    let found = tx.optional::<RoleId>(sql, values![organization.0, role]);
    let Some(found) = found.await? else {
        return Ok(false);
    };
    tx.execute(
        "INSERT INTO user_roles (user_id, role_id, organization_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        values![user, found.id, organization.0],
    )
    .await?;
    Ok(true)
}

/// Takes every role away.
pub(crate) async fn take_roles(tx: &Tx, user: Uuid) -> Result<()> {
    let sql = "DELETE FROM user_roles WHERE user_id = $1";
    tx.execute(sql, values![user]).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct HeldRole {
    user_id: Uuid,
    name: String,
}

pub(crate) async fn role_names<E: Executor>(db: &E, user: Uuid) -> Result<Vec<String>> {
    Ok(roles_of(db, &[user])
        .await?
        .remove(&user)
        .unwrap_or_default())
}

/// Names of the roles of several people at once, sorted.
pub(crate) async fn roles_of<E: Executor>(
    db: &E,
    users: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<String>>> {
    let mut filter = Filter::default();
    filter.and_in("ur.user_id", users.iter().copied());
    let sql = format!(
        "SELECT ur.user_id, r.name FROM user_roles ur JOIN roles r ON r.id = ur.role_id WHERE {} ORDER BY r.name",
        filter.sql()
    );
    let mut names: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for row in db.all::<HeldRole>(&sql, filter.values()).await? {
        names.entry(row.user_id).or_default().push(row.name);
    }
    Ok(names)
}

/// Notes that rights in the organization change. Changes of rights queue here,
/// so that each sees what the one before has done.
pub(crate) async fn bump_epoch(tx: &Tx, organization: OrganizationId) -> Result<()> {
    let sql = "UPDATE organizations SET access_epoch = access_epoch + 1 WHERE id = $1";
    tx.execute(sql, values![organization.0]).await.map(drop)
}

/// Whether somebody who can sign in holds the role `admin`.
pub(crate) async fn has_active_admin(tx: &Tx, organization: OrganizationId) -> Result<bool> {
    let sql = "SELECT r.id FROM roles r JOIN user_roles ur ON ur.role_id = r.id JOIN users u ON u.id = ur.user_id
        WHERE r.organization_id = $1 AND r.name = 'admin' AND u.is_active AND u.deleted_at IS NULL LIMIT 1";
    let found = tx.optional::<RoleId>(sql, values![organization.0]).await?;
    Ok(found.is_some())
}
