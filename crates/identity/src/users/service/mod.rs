//! Use cases of people.

mod create;

pub use create::add;
pub(super) use create::create;

use super::dto::UserView;
use super::store::{self, UserRow};
use steward_db::{Executor, time::from_db};
use steward_domain::identity::policy;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::App;
use steward_platform::http::{Page, Pagination};
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
pub(in crate::users) async fn list(
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
pub(in crate::users) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<UserView> {
    if actor.user_id.0 != id {
        require(actor, "user:read")?;
    }
    let row = store::find(&app.db, actor.organization_id, id)
        .await?
        .ok_or_else(|| Error::not_found("user", id))?;
    view(&app.db, row).await
}

/// Ends a person's access at once.
pub(in crate::users) async fn deactivate(
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
    crate::users::view_by_id(&app.db, id).await
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
