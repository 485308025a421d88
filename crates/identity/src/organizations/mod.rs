//! Organizations (tenants): their own settings, and all of them for operators.
//!
//! Invariants: only an operator reaches another organization than their own,
//! and never what is in it; deactivating one ends its sessions at once; there
//! is no deleting, but for the one example, whose people and tickets are invented. An organization starts with the system roles. The first one
//! can be made without a sign-in, once, by who knows the code in the log.

mod api;
pub mod dto;
pub mod service;
pub(crate) mod store;

pub use store::hold;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/organizations`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::get, api::change))
}

/// Routes below `/organization`.
pub(crate) fn own_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::own, api::change_own))
}

/// Routes below `/setup`.
pub(crate) fn setup_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::needs_setup, api::set_up))
}
