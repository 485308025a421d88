//! The roles that come with the product.

use super::texts;
use crate::roles::store::{self, RoleRecord};
use std::collections::BTreeSet;
use steward_db::Tx;
use steward_domain::identity::roles::{SYSTEM_ROLES, SystemRole, upgraded};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

fn grants(role: &SystemRole) -> Vec<String> {
    role.grants.iter().map(ToString::to_string).collect()
}

fn record(role: &SystemRole) -> RoleRecord {
    RoleRecord {
        id: clock::new_id(),
        name: role.name.to_owned(),
        description: role.description.to_owned(),
        permissions: grants(role),
        defaults: Some(grants(role)),
        requires_mfa: false,
    }
}

/// Gives a new organization its roles.
pub(crate) async fn add_system_roles(
    tx: &Tx,
    organization: OrganizationId,
    now: Instant,
) -> Result<()> {
    for role in SYSTEM_ROLES {
        store::insert(tx, organization, &record(role), now).await?;
    }
    Ok(())
}

/// Brings the system roles of existing organizations up to this version of the
/// product: roles that are missing, grants that were added or dropped. What
/// administrators have changed stays.
pub(crate) async fn upgrade(app: &App, now: Instant) -> Result<()> {
    let rows = store::system_roles(&app.db).await?;
    let held: BTreeSet<(Uuid, &str)> = rows
        .iter()
        .map(|row| (row.organization_id, row.name.as_str()))
        .collect();
    let mut missing = Vec::new();
    for organization in store::organizations(&app.db).await? {
        let lacks = |role: &&SystemRole| !held.contains(&(organization, role.name));
        missing.extend(SYSTEM_ROLES.iter().filter(lacks).map(|r| (organization, r)));
    }
    let mut changed = Vec::new();
    for row in &rows {
        let Some(role) = SYSTEM_ROLES.iter().find(|role| role.name == row.name) else {
            continue;
        };
        let (granted, old) = (
            texts(row.permissions.clone())?,
            texts(row.default_permissions.clone())?,
        );
        if let Some(permissions) = upgraded(&granted, &old, role.grants) {
            changed.push((row.id, permissions, grants(role)));
        }
    }
    if missing.is_empty() && changed.is_empty() {
        return Ok(());
    }
    let tx = app.db.write("roles.upgrade").await?;
    for (organization, role) in missing {
        store::insert_missing(&tx, organization.into(), &record(role), now).await?;
    }
    for (id, permissions, defaults) in changed {
        store::upgrade(&tx, id, &permissions, &defaults, now).await?;
    }
    tx.commit().await
}
