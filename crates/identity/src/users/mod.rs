//! People: the directory of an organization and one's own record.

mod api;
pub mod dto;
pub mod service;
pub(crate) mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/users`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::export))
        .routes(routes!(api::lookup))
        .routes(routes!(api::me, api::change_me))
        .routes(routes!(api::get, api::change))
        .routes(routes!(api::deactivate))
        .routes(routes!(api::activate))
        .routes(routes!(api::unlock))
        .merge(crate::preferences::user_routes())
        .merge(crate::mfa::user_routes())
        .merge(crate::passwords::user_routes())
        .merge(crate::roles::user_routes())
}
