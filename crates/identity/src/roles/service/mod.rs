//! Use cases of roles.

mod explain;
mod system;

pub(super) use explain::{effective, preview, vocabulary};
pub(crate) use system::{add_system_roles, upgrade};

use super::dto::{RoleInput, RolePatch, RoleView};
use super::store::{self, RoleRecord, RoleRow};
use crate::users::service::require;
use crate::users::store::bump_epoch;
use steward_db::{Executor, Tx, time::from_db};
use steward_domain::identity::events::DirectoryEvent;
use steward_domain::identity::{permissions, policy, roles};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, PermissionSet, Result};
use steward_platform::http::{IfMatch, conditional};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// Most roles of an organization.
const MAX_ROLES: usize = 500;

fn view(row: RoleRow) -> Result<RoleView> {
    Ok(RoleView {
        id: row.id,
        has_shipped_description: row.is_system
            && roles::is_shipped_description(&row.name, &row.description),
        name: row.name,
        description: row.description,
        permissions: texts(row.permissions)?,
        is_system: row.is_system,
        requires_mfa: row.requires_mfa,
        member_count: row.member_count,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    })
}

fn texts(json: serde_json::Value) -> Result<Vec<String>> {
    serde_json::from_value(json).map_err(Error::internal)
}

/// What stored grants add up to; a grant that the product no longer knows still counts as itself.
fn set(texts: &[String]) -> PermissionSet {
    let grants: Vec<_> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    grants.iter().collect()
}

async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<RoleRow> {
    store::find(db, actor.organization_id, id)
        .await?
        .ok_or_else(|| Error::not_found("role", id))
}

/// Every role of the organization, by name.
pub(super) async fn list(app: &App, actor: &Actor) -> Result<Vec<RoleView>> {
    require(actor, "user:read")?;
    let rows = store::all(&app.db, actor.organization_id).await?;
    rows.into_iter().map(view).collect()
}

/// One role.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<RoleView> {
    require(actor, "user:read")?;
    view(find(&app.db, actor, id).await?)
}

fn check_name(name: &str) -> Result<()> {
    let is_first = |c: char| c.is_ascii_lowercase();
    let is_other = |c: char| is_first(c) || c.is_ascii_digit() || c == '_';
    if name.len() <= 50 && name.starts_with(is_first) && name.chars().all(is_other) {
        return Ok(());
    }
    let message = "use 1 to 50 lower-case letters, digits and underscores, a letter first";
    Err(Error::field("name", "invalid", message))
}

/// Adds a role.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: RoleInput,
    now: Instant,
) -> Result<RoleView> {
    require(actor, "role:manage")?;
    check_name(&input.name)?;
    let description = input.description.unwrap_or_default();
    check_length("description", &description, 500)?;
    let wanted = permissions::read(&input.permissions)?;
    policy::may_grant(&actor.permissions, &wanted)?;
    let role = RoleRecord {
        id: clock::new_id(),
        name: input.name,
        description,
        permissions: permissions::texts(&wanted),
        defaults: None,
        requires_mfa: input.requires_mfa.unwrap_or_default(),
    };
    let tx = app.db.write("roles.create").await?;
    bump_epoch(&tx, actor.organization_id).await?;
    if store::all(&tx, actor.organization_id).await?.len() >= MAX_ROLES {
        let detail = "an organization has at most 500 roles; delete some first";
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    store::insert(&tx, actor.organization_id, &role, now).await?;
    announce(
        &tx,
        actor,
        "role.created",
        role.id,
        role.permissions.clone(),
        now,
    )
    .await?;
    tx.commit().await?;
    get_own(app, actor, role.id).await
}

/// As [`get`], for those who manage roles.
async fn get_own(app: &App, actor: &Actor, id: Uuid) -> Result<RoleView> {
    view(find(&app.db, actor, id).await?)
}

/// Changes a role; what it grants counts from the next request of its holders.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: RolePatch,
    seen: IfMatch,
    now: Instant,
) -> Result<RoleView> {
    require(actor, "role:manage")?;
    let tx = app.db.write("roles.change").await?;
    bump_epoch(&tx, actor.organization_id).await?;
    let before = find(&tx, actor, id).await?;
    seen.check("this record", before.version)?;
    let old = texts(before.permissions.clone())?;
    policy::may_govern(&actor.permissions, &set(&old))?;
    let role = merged(actor, &before, &old, patch)?;
    if !store::update(&tx, actor.organization_id, &role, before.version, now).await? {
        return Err(conditional::stale());
    }
    let (gained, lost) = policy::difference(&set(&old), &set(&role.permissions));
    let gained = gained.into_iter().map(|grant| format!("+{grant}"));
    let lost = lost.into_iter().map(|grant| format!("-{grant}"));
    let changes = gained.chain(lost).collect();
    announce(&tx, actor, "role.changed", id, changes, now).await?;
    tx.commit().await?;
    get_own(app, actor, id).await
}

fn merged(actor: &Actor, before: &RoleRow, old: &[String], patch: RolePatch) -> Result<RoleRecord> {
    let name = patch.name.unwrap_or_else(|| before.name.clone());
    if name != before.name {
        check_name(&name)?;
        if before.is_system {
            let message = "the name of a system role is fixed";
            return Err(Error::field("name", "fixed", message));
        }
    }
    let description = patch
        .description
        .unwrap_or_else(|| before.description.clone());
    check_length("description", &description, 500)?;
    let permissions = match patch.permissions {
        None => old.to_vec(),
        Some(wanted) => {
            let wanted = permissions::read(&wanted)?;
            policy::may_grant(&actor.permissions, &wanted)?;
            let wanted = permissions::texts(&wanted);
            keep_admin(before, &wanted)?;
            wanted
        }
    };
    Ok(RoleRecord {
        id: before.id,
        name,
        description,
        permissions,
        defaults: None,
        requires_mfa: patch.requires_mfa.unwrap_or(before.requires_mfa),
    })
}

/// The role `admin` keeps what it takes to undo a mistake.
fn keep_admin(role: &RoleRow, wanted: &[String]) -> Result<()> {
    if !role.is_system || role.name != "admin" {
        return Ok(());
    }
    let missing = roles::ADMIN_KEEPS
        .iter()
        .find(|grant| !wanted.iter().any(|w| w == *grant));
    missing.map_or(Ok(()), |grant| {
        let message = format!("the role admin keeps {grant}, or nobody could give it back");
        Err(Error::field("permissions", "required", message))
    })
}

/// Removes a role that nobody holds.
pub(super) async fn delete(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<()> {
    require(actor, "role:manage")?;
    let conflict = |detail: String| Err(Error::new(ErrorCode::ResourceConflict, detail));
    let tx = app.db.write("roles.delete").await?;
    bump_epoch(&tx, actor.organization_id).await?;
    let role = find(&tx, actor, id).await?;
    if role.is_system {
        return conflict(format!("{} is a system role and stays", role.name));
    }
    if role.member_count > 0 {
        let (name, count) = (role.name, role.member_count);
        return conflict(format!(
            "{count} people hold {name}; take it from them first"
        ));
    }
    policy::may_govern(&actor.permissions, &set(&texts(role.permissions)?))?;
    store::delete(&tx, actor.organization_id, id).await?;
    announce(&tx, actor, "role.deleted", id, vec![role.name], now).await?;
    tx.commit().await
}

async fn announce(
    tx: &Tx,
    actor: &Actor,
    name: &'static str,
    id: Uuid,
    changes: Vec<String>,
    now: Instant,
) -> Result<()> {
    let event = DirectoryEvent { name, id, changes };
    events::publish(tx, actor, id, &event, now).await
}
