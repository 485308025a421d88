//! Who can sign in.

use super::{find_governed, get, keep_an_admin, require};
use crate::users::dto::UserView;
use crate::users::store;
use steward_domain::identity::events::AccountEvent;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, events};
use uuid::Uuid;

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
    store::bump_epoch(&tx, actor.organization_id).await?;
    let before = find_governed(&tx, actor, id).await?;
    let is_admin = store::role_names(&tx, id)
        .await?
        .iter()
        .any(|r| r == "admin");
    store::set_active(&tx, actor.organization_id, id, false, now).await?;
    store::end_sessions(&tx, id, now).await?;
    if is_admin && before.is_active {
        keep_an_admin(&tx, actor).await?;
    }
    let event = AccountEvent::Deactivated { user_id: id.into() };
    events::publish(&tx, actor, id, &event, now).await?;
    tx.commit().await?;
    get(app, actor, id).await
}

/// Lets a person sign in again.
pub(in crate::users) async fn activate(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<UserView> {
    require(actor, "user:deactivate")?;
    let tx = app.db.write("users.activate").await?;
    store::bump_epoch(&tx, actor.organization_id).await?;
    find_governed(&tx, actor, id).await?;
    store::set_active(&tx, actor.organization_id, id, true, now).await?;
    let event = AccountEvent::Activated { user_id: id.into() };
    events::publish(&tx, actor, id, &event, now).await?;
    tx.commit().await?;
    get(app, actor, id).await
}

/// Ends a lockout before its time.
pub(in crate::users) async fn unlock(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<UserView> {
    require(actor, "user:update")?;
    let tx = app.db.write("users.unlock").await?;
    find_governed(&tx, actor, id).await?;
    store::unlock(&tx, actor.organization_id, id, now).await?;
    let event = AccountEvent::Unlocked { user_id: id.into() };
    events::publish(&tx, actor, id, &event, now).await?;
    tx.commit().await?;
    get(app, actor, id).await
}
