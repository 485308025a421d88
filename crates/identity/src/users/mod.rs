//! People: the directory of an organization and one's own record.

mod api;
pub mod dto;
pub mod service;
pub(crate) mod store;

use dto::UserView;
use steward_db::Db;
use steward_kernel::{Error, Result};
use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

/// Routes below `/users`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::me))
        .routes(routes!(api::get))
        .routes(routes!(api::deactivate))
        .merge(crate::mfa::user_routes())
        .merge(crate::passwords::user_routes())
}

/// A person as the API shows them.
pub(crate) async fn view_by_id(db: &Db, id: Uuid) -> Result<UserView> {
    let row = store::by_id(db, id)
        .await?
        .ok_or_else(|| Error::not_found("user", id))?;
    service::view(db, row).await
}
