//! What people choose of the screens, kept on the server so that it follows
//! them from device to device.
//!
//! Invariants: everyone reaches only their own; everything is bounded.
//! Deliberately absent: what the words mean; that the screens know.

mod api;
mod dto;
mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/users`.
pub(crate) fn user_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::get, api::put))
}
