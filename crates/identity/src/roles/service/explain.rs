//! Why someone may do something, and what a change would do.

use super::{find, set, texts};
use crate::roles::dto::{
    EffectivePermission, EffectivePermissions, GrantingRole, PermissionView, PersonPreview,
    PreviewInput, PreviewView, Vocabulary,
};
use crate::roles::store::{self, HeldRow};
use crate::users::dto::Reference;
use crate::users::service::{get, require};
use std::collections::BTreeMap;
use steward_domain::identity::{permissions, policy};
use steward_kernel::{Actor, Grant, PermissionSet, Result};
use steward_platform::App;
use uuid::Uuid;

/// Holders of a role that a preview looks at.
const MOST_HOLDERS: u32 = 1000;

/// Everything that can be granted.
pub(in crate::roles) fn vocabulary(actor: &Actor) -> Result<Vocabulary> {
    require(actor, "user:read")?;
    let view = |p: &permissions::Permission| PermissionView {
        name: p.name.to_owned(),
        description: p.description.to_owned(),
        scopes: p.scopes.iter().map(ToString::to_string).collect(),
    };
    Ok(Vocabulary {
        data: permissions::PERMISSIONS.iter().map(view).collect(),
    })
}

/// What a person may do, and which roles give it; people may ask about themselves.
pub(in crate::roles) async fn effective(
    app: &App,
    actor: &Actor,
    user: Uuid,
) -> Result<EffectivePermissions> {
    get(app, actor, user).await?;
    let held = store::held_by(&app.db, actor.organization_id, user).await?;
    let mut rights: BTreeMap<String, (Grant, Vec<GrantingRole>)> = BTreeMap::new();
    for role in &held {
        let all = texts(role.permissions.clone())?;
        for (name, scope) in set(&all).iter() {
            let Ok(grant) = format!("{name}:{scope}").parse::<Grant>() else {
                continue;
            };
            let entry = rights
                .entry(name.to_owned())
                .or_insert_with(|| (grant, Vec::new()));
            entry.0.scope = entry.0.scope.max(scope);
            entry.1.push(GrantingRole {
                id: role.role_id,
                name: role.role_name.clone(),
                scope: scope.to_string(),
            });
        }
    }
    let view = |(name, (grant, roles)): (String, (Grant, Vec<GrantingRole>))| EffectivePermission {
        description: permissions::find(&name)
            .map_or_else(String::new, |p| p.description.to_owned()),
        scope: grant.scope.to_string(),
        name,
        roles,
    };
    Ok(EffectivePermissions {
        awaits_second_factor: held.iter().any(|r| r.requires_mfa && !r.mfa_enabled),
        data: rights.into_iter().map(view).collect(),
    })
}

/// Who would gain or lose what if a role granted something else.
pub(in crate::roles) async fn preview(
    app: &App,
    actor: &Actor,
    id: Uuid,
    input: PreviewInput,
) -> Result<PreviewView> {
    require(actor, "role:manage")?;
    let role = find(&app.db, actor, id).await?;
    let wanted = permissions::read(&input.permissions)?;
    let (gained, lost) = policy::difference(&set(&texts(role.permissions)?), &wanted);
    let held = store::held_with(&app.db, actor.organization_id, id, MOST_HOLDERS).await?;
    let mut people = Vec::new();
    for roles in held.chunk_by(|a, b| a.user_id == b.user_id) {
        people.extend(person(id, roles, &wanted)?);
    }
    Ok(PreviewView {
        gained,
        lost,
        people,
        is_complete: role.member_count <= i64::from(MOST_HOLDERS),
    })
}

/// What changes for one holder; none when their other roles make up for it.
fn person(role: Uuid, roles: &[HeldRow], wanted: &PermissionSet) -> Result<Option<PersonPreview>> {
    let (mut before, mut after) = (Vec::new(), permissions::texts(wanted));
    for held in roles {
        let granted = texts(held.permissions.clone())?;
        if held.role_id != role {
            after.extend(granted.clone());
        }
        before.extend(granted);
    }
    let (gained, lost) = policy::difference(&set(&before), &set(&after));
    let Some(first) = roles
        .first()
        .filter(|_| !gained.is_empty() || !lost.is_empty())
    else {
        return Ok(None);
    };
    Ok(Some(PersonPreview {
        user: Reference {
            id: first.user_id,
            name: first.user_name.trim().to_owned(),
        },
        gained,
        lost,
    }))
}
