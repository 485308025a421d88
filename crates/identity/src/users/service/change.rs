//! Changing people's records and roles.

use super::{find, find_governed, get, keep_an_admin, require};
use crate::auth::confirm;
use crate::directory;
use crate::users::dto::{MePatch, UserPatch, UserView};
use crate::users::store::{self, UserRow};
use std::collections::BTreeSet;
use steward_db::{Tx, time::from_db};
use steward_domain::identity::events::AccountEvent;
use steward_domain::identity::policy;
use steward_domain::identity::profile::Profile;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::http::{IfMatch, conditional};
use steward_platform::{App, events};
use uuid::Uuid;

/// Changes the actor's own record, as far as people may.
pub(in crate::users) async fn change_me(
    app: &App,
    actor: &Actor,
    patch: MePatch,
    seen: IfMatch,
    now: Instant,
) -> Result<UserView> {
    confirm::session(actor)?;
    let id = actor.user_id.0;
    let tx = app.db.write("users.change_me").await?;
    let before = find(&tx, actor, id).await?;
    seen.check("this record", before.version)?;
    save(&tx, actor, &before, patch.into(), now).await?;
    tx.commit().await?;
    get(app, actor, id).await
}

/// Changes a person's record and roles.
pub(in crate::users) async fn change(
    app: &App,
    actor: &Actor,
    id: Uuid,
    mut patch: UserPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<UserView> {
    require(actor, "user:update")?;
    let roles = patch.roles.take();
    let tx = app.db.write("users.change").await?;
    store::bump_epoch(&tx, actor.organization_id).await?;
    let before = find_governed(&tx, actor, id).await?;
    seen.check("this record", before.version)?;
    save(&tx, actor, &before, patch, now).await?;
    if let Some(roles) = roles {
        set_roles(&tx, actor, id, roles, now).await?;
    }
    tx.commit().await?;
    get(app, actor, id).await
}

fn profile(row: &UserRow) -> Result<Profile> {
    let row = row.clone();
    Ok(Profile {
        username: row.username,
        email: row.email,
        is_verified: row.is_verified,
        first_name: row.first_name,
        last_name: row.last_name,
        phone: row.phone,
        time_zone: row.time_zone,
        locale: row.locale,
        manager_id: row.manager_id,
        department_id: row.department_id,
        site_id: row.site_id,
        skills: serde_json::from_value(row.skills).map_err(Error::internal)?,
        away_from: row.away_from.map(from_db),
        away_until: row.away_until.map(from_db),
        max_open_tickets: row.max_open_tickets,
        experience: row.experience,
    })
}

fn merged(before: &Profile, patch: UserPatch) -> Result<Profile> {
    let old = before.clone();
    let merged = Profile {
        username: patch.username.unwrap_or(old.username),
        email: patch.email.unwrap_or(old.email),
        is_verified: old.is_verified,
        first_name: patch.first_name.unwrap_or(old.first_name),
        last_name: patch.last_name.unwrap_or(old.last_name),
        phone: patch.phone.unwrap_or(old.phone),
        time_zone: patch.time_zone.unwrap_or(old.time_zone),
        locale: patch.locale.unwrap_or(old.locale),
        manager_id: patch.manager_id.unwrap_or(old.manager_id),
        department_id: patch.department_id.unwrap_or(old.department_id),
        site_id: patch.site_id.unwrap_or(old.site_id),
        skills: patch.skills.unwrap_or(old.skills),
        away_from: patch.away_from.unwrap_or(old.away_from),
        away_until: patch.away_until.unwrap_or(old.away_until),
        max_open_tickets: patch.max_open_tickets.unwrap_or(old.max_open_tickets),
        experience: patch.experience.unwrap_or(old.experience),
    };
    let mut merged = merged.checked()?;
    // A new address has to be shown to be theirs again.
    merged.is_verified = before.is_verified && merged.email == before.email;
    Ok(merged)
}

async fn save(tx: &Tx, actor: &Actor, row: &UserRow, patch: UserPatch, now: Instant) -> Result<()> {
    let before = profile(row)?;
    let after = merged(&before, patch)?;
    let fields = after.changed(&before);
    if fields.is_empty() {
        return Ok(());
    }
    check_references(tx, actor, row.id, &before, &after).await?;
    let organization = actor.organization_id;
    if !store::update(tx, organization, row.id, &after, row.version, now).await? {
        return Err(conditional::stale());
    }
    let event = AccountEvent::Changed {
        user_id: row.id.into(),
        fields: fields.into_iter().map(str::to_owned).collect(),
    };
    events::publish(tx, actor, row.id, &event, now).await
}

/// What is newly named must exist in the organization, and the manager must not report to the person.
async fn check_references(
    tx: &Tx,
    actor: &Actor,
    user: Uuid,
    before: &Profile,
    after: &Profile,
) -> Result<()> {
    let organization = actor.organization_id;
    let unknown = |field, id| {
        let message = format!("there is nothing with the id {id}");
        Error::unknown(field, message)
    };
    if let Some(id) = after
        .manager_id
        .filter(|_| after.manager_id != before.manager_id)
    {
        if store::find(tx, organization, id).await?.is_none() {
            return Err(unknown("manager_id", id));
        }
        if store::is_below(tx, user, id).await? {
            let message = "nobody can report to themselves, directly or through others";
            return Err(Error::field("manager_id", "cycle", message));
        }
    }
    if let Some(id) = after
        .department_id
        .filter(|_| after.department_id != before.department_id)
        && !directory::has_department(tx, organization, id).await?
    {
        return Err(unknown("department_id", id));
    }
    if let Some(id) = after.site_id.filter(|_| after.site_id != before.site_id)
        && !directory::has_site(tx, organization, id).await?
    {
        return Err(unknown("site_id", id));
    }
    Ok(())
}

async fn set_roles(
    tx: &Tx,
    actor: &Actor,
    user: Uuid,
    roles: Vec<String>,
    now: Instant,
) -> Result<()> {
    if roles.len() > 50 {
        return Err(Error::field("roles", "too_many", "name at most 50 roles"));
    }
    let organization = actor.organization_id;
    let before: BTreeSet<String> = store::role_names(tx, user).await?.into_iter().collect();
    let after: BTreeSet<String> = roles.into_iter().collect();
    let given: Vec<String> = after.difference(&before).cloned().collect();
    let taken: Vec<String> = before.difference(&after).cloned().collect();
    if given.is_empty() && taken.is_empty() {
        return Ok(());
    }
    require(actor, "role:manage")?;
    let wanted = store::permissions_of_roles(tx, organization, &given).await?;
    policy::may_grant(&actor.permissions, &wanted)?;
    store::take_roles(tx, user).await?;
    for role in &after {
        if !store::give_role(tx, organization, user, role).await? {
            let message = format!("there is no role {role}");
            return Err(Error::unknown("roles", message));
        }
    }
    if taken.iter().any(|role| role == "admin") {
        keep_an_admin(tx, actor).await?;
    }
    let event = AccountEvent::RolesChanged {
        user_id: user.into(),
        given,
        taken,
    };
    events::publish(tx, actor, user, &event, now).await
}
