//! Reply templates: texts that agents answer with.
//!
//! Invariants: names are unique in any case; a text names only places that
//! there are, so filling it never fails. One of a team is for its members and
//! for those who manage templates. Absent on purpose: conditions and loops.

mod api;
pub mod dto;
mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/reply-templates`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::get, api::update, api::delete))
}

/// Routes below `/tickets`.
pub(crate) fn ticket_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::render))
}
