//! Roles: what people may do, and why.
//!
//! Invariants: system roles keep their names and cannot be deleted; nobody
//! gives a role rights that they do not hold; a change of grants counts from
//! the next request of everyone who holds the role. Deliberately absent: roles
//! inside roles, denials.

mod api;
mod dto;
pub(crate) mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/roles`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::get, api::change, api::delete))
        .routes(routes!(api::preview))
}

/// Routes below `/permissions`.
pub(crate) fn permission_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::vocabulary))
}

/// Routes below `/users`.
pub(crate) fn user_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::of_user))
}
