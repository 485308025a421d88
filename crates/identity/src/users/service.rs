//! Use cases of people.

use super::dto::{UserInput, UserView};
use super::store::{self, NewUser, UserRow};
use crate::auth::passwords;
use steward_db::{Executor, time::from_db};
use steward_domain::identity::{password, policy};
use steward_kernel::id::OrganizationId;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::{Page, Pagination};
use steward_platform::{App, clock};
use uuid::Uuid;

pub(crate) async fn view<E: Executor>(db: &E, row: UserRow) -> Result<UserView> {
    let roles = store::role_names(db, row.id).await?;
    Ok(UserView {
        id: row.id,
        name: format!("{} {}", row.first_name, row.last_name)
            .trim()
            .to_owned(),
        username: row.username,
        email: row.email,
        first_name: row.first_name,
        last_name: row.last_name,
        roles,
        is_active: row.is_active,
        mfa_enabled: row.mfa_enabled,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    })
}

/// A page of the directory, by last name.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    request: &PageRequest,
) -> Result<Page<UserView>> {
    require(actor, "user:read")?;
    let Position::Page(page) = request.position else {
        return Err(Error::field(
            "cursor",
            "unsupported",
            "this list is paged by page",
        ));
    };
    let limit = i64::from(request.per_page);
    let offset = i64::from(page - 1).saturating_mul(limit);
    let mut rows = store::page(&app.db, actor.organization_id, limit + 1, offset).await?;
    let has_next = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let mut data = Vec::with_capacity(rows.len());
    for row in rows {
        data.push(view(&app.db, row).await?);
    }
    let total = store::count(&app.db, actor.organization_id).await?;
    Ok(Page {
        data,
        pagination: Pagination::new(request, total, has_next, None),
    })
}

/// One person of the actor's organization; everyone may read their own record.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<UserView> {
    if actor.user_id.0 != id {
        require(actor, "user:read")?;
    }
    let row = store::find(&app.db, actor.organization_id, id)
        .await?
        .ok_or_else(|| Error::not_found("user", id))?;
    view(&app.db, row).await
}

/// Adds a person.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: UserInput,
    now: Instant,
) -> Result<UserView> {
    require(actor, "user:create")?;
    for role in input.roles.iter().flatten() {
        // Giving a role is giving its rights: only those who manage roles do.
        if role != "end_user" {
            require(actor, "role:manage")?;
        }
    }
    let id = add(app, actor.organization_id, input, now).await?;
    super::view_by_id(&app.db, id).await
}

/// Adds a person without asking who may: for the command line and demo data.
///
/// # Errors
/// For a weak password, an unknown role, or an address that is taken.
pub async fn add(
    app: &App,
    organization: OrganizationId,
    input: UserInput,
    now: Instant,
) -> Result<Uuid> {
    let email = input.email.trim().to_lowercase();
    let Some((local, _)) = email
        .split_once('@')
        .filter(|(l, d)| !l.is_empty() && !d.is_empty())
    else {
        return Err(Error::field(
            "email",
            "invalid",
            "write an address such as ada@example.com",
        ));
    };
    let username = input
        .username
        .unwrap_or_else(|| local.to_owned())
        .to_lowercase();
    check_length("email", &email, 254)?;
    check_length("username", &username, 100)?;
    check_length("first_name", &input.first_name, 100)?;
    check_length("last_name", &input.last_name, 100)?;
    let own: [&str; 3] = [&input.first_name, &input.last_name, local];
    password::check(&input.password, &own)?;
    let password_hash = Some(passwords::hash(input.password).await?);
    let user = NewUser {
        id: clock::new_id(),
        organization_id: organization,
        username,
        email: email.clone(),
        first_name: input.first_name,
        last_name: input.last_name,
        password_hash,
    };
    let tx = app.db.write("users.add").await?;
    store::insert(&tx, &user, now).await?;
    for role in input.roles.unwrap_or_else(|| vec!["end_user".to_owned()]) {
        if !store::give_role(&tx, organization, user.id, &role).await? {
            return Err(Error::field(
                "roles",
                "unknown_value",
                format!("there is no role {role}"),
            ));
        }
    }
    tx.commit().await?;
    Ok(user.id)
}

/// Ends a person's access at once.
pub(super) async fn deactivate(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<UserView> {
    require(actor, "user:deactivate")?;
    if actor.user_id.0 == id {
        let detail = "you cannot deactivate your own account; ask another administrator";
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let tx = app.db.write("users.deactivate").await?;
    find_governed(&tx, actor, id).await?;
    store::deactivate(&tx, actor.organization_id, id, now).await?;
    tx.commit().await?;
    super::view_by_id(&app.db, id).await
}

/// A person of the actor's organization whose account the actor may change.
pub(crate) async fn find_governed<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<UserRow> {
    let row = store::find(db, actor.organization_id, id)
        .await?
        .ok_or_else(|| Error::not_found("user", id))?;
    let theirs = store::permissions(db, id).await?;
    policy::may_govern(&actor.permissions, &theirs)?;
    Ok(row)
}

pub(crate) fn require(actor: &Actor, permission: &str) -> Result<()> {
    if actor.may(permission) {
        Ok(())
    } else {
        Err(Error::forbidden(permission))
    }
}
