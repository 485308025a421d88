//! Changing, forgetting and first setting a password.
//!
//! Invariants: asking for a link answers the same, and as fast, whether the
//! account exists; a link works once and is kept as a hash; a new password
//! ends the other sessions and is none of the last five. Deliberately absent:
//! forced periodic change (NIST SP 800-63B).

mod api;
mod dto;
mod jobs;
mod mails;
pub(crate) mod service;
mod store;

pub(crate) use jobs::register;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/auth`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::request_reset))
        .routes(routes!(api::confirm_reset))
}

/// Routes below `/users`.
pub(crate) fn user_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::change))
}
