//! Second factors: one-time codes of an authenticator, and recovery codes.
//!
//! Invariants: secrets are sealed at rest, recovery codes are kept as hashes;
//! each time step and each recovery code counts once; a wrong code counts to
//! the lockout like a wrong password. Deliberately absent: codes by SMS or mail.

mod api;
mod dto;
pub(crate) mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/auth`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::get))
        .routes(routes!(api::enroll))
        .routes(routes!(api::confirm))
        .routes(routes!(api::disable))
        .routes(routes!(api::renew_recovery_codes))
}

/// Routes below `/users`.
pub(crate) fn user_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::reset))
}
