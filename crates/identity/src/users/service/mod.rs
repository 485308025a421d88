//! Use cases of people.

mod access;
mod change;
mod create;
mod export;
mod list;

pub(in crate::users) use access::{activate, deactivate, unlock};
pub(in crate::users) use change::{change, change_me};
pub(in crate::users) use create::create;
pub use create::{add, appoint_operator, enrol};
pub(crate) use create::{insert, make_operator, prepare};
pub(in crate::users) use export::export;
pub use list::{FoundPerson, find_by_words};
pub(in crate::users) use list::{list, lookup};

use super::dto::{Reference, SignInView, UserView};
use super::store::{self, UserRow};
use steward_db::{Executor, Tx, time::from_db};
use steward_domain::identity::policy;
use steward_kernel::{Actor, Error, ErrorCode, Result};
use steward_platform::App;
use uuid::Uuid;

fn reference(id: Option<Uuid>, name: Option<String>) -> Option<Reference> {
    Some(Reference {
        id: id?,
        name: name?.trim().to_owned(),
    })
}

/// People as `actor` may see them.
pub(crate) async fn views<E: Executor>(
    db: &E,
    actor: &Actor,
    rows: Vec<UserRow>,
) -> Result<Vec<UserView>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut roles = store::roles_of(db, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let held = roles.remove(&row.id).unwrap_or_default();
            view(actor, row, held)
        })
        .collect()
}

fn view(actor: &Actor, row: UserRow, roles: Vec<String>) -> Result<UserView> {
    let sees_sign_in = actor.user_id.0 == row.id || actor.may("user:update");
    let sign_in = sees_sign_in.then(|| SignInView {
        is_verified: row.is_verified,
        last_login_at: row.last_login_at.map(from_db),
        password_changed_at: row.password_changed_at.map(from_db),
        locked_until: row.locked_until.map(from_db),
    });
    Ok(UserView {
        id: row.id,
        name: format!("{} {}", row.first_name, row.last_name)
            .trim()
            .to_owned(),
        username: row.username,
        email: row.email,
        first_name: row.first_name,
        last_name: row.last_name,
        phone: row.phone,
        time_zone: row.time_zone,
        locale: row.locale,
        manager: reference(row.manager_id, row.manager_name),
        department: reference(row.department_id, row.department_name),
        site: reference(row.site_id, row.site_name),
        skills: serde_json::from_value(row.skills).map_err(Error::internal)?,
        away_from: row.away_from.map(from_db),
        away_until: row.away_until.map(from_db),
        max_open_tickets: row.max_open_tickets,
        experience: row.experience,
        roles,
        is_active: row.is_active,
        is_operator: row.is_operator,
        mfa_enabled: row.mfa_enabled,
        sign_in,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    })
}

/// One person of the actor's organization; everyone may read their own record.
pub(crate) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<UserView> {
    if actor.user_id.0 != id {
        require(actor, "user:read")?;
    }
    let row = find(&app.db, actor, id).await?;
    let roles = store::role_names(&app.db, id).await?;
    view(actor, row, roles)
}

async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<UserRow> {
    store::find(db, actor.organization_id, id)
        .await?
        .ok_or_else(|| Error::not_found("user", id))
}

/// A person of the actor's organization whose account the actor may change.
pub(crate) async fn find_governed<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<UserRow> {
    let row = find(db, actor, id).await?;
    let theirs = store::permissions(db, id).await?;
    policy::may_govern(&actor.permissions, &theirs)?;
    Ok(row)
}

/// Refuses what would leave the organization without an administrator who can sign in.
pub(crate) async fn keep_an_admin(tx: &Tx, actor: &Actor) -> Result<()> {
    if store::has_active_admin(tx, actor.organization_id).await? {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::ResourceConflict,
        "this is the last active administrator; make somebody else one first",
    ))
}

pub(crate) fn require(actor: &Actor, permission: &str) -> Result<()> {
    if actor.may(permission) {
        Ok(())
    } else {
        Err(Error::forbidden(permission))
    }
}
