//! Teams and their members.

mod api;
pub mod dto;
pub mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/teams`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::get, api::change))
        .routes(routes!(api::members, api::add_member))
        .routes(routes!(api::change_member, api::remove_member))
}
