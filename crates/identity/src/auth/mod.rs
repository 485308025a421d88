//! Sign-in: passwords, access tokens, rotating refresh tokens, sessions.
//!
//! Invariants: answers do not tell whether an account exists; a refresh token
//! used twice ends its session; deactivation counts from the next request.

mod actor;
mod api;
mod dto;
mod extract;
pub mod passwords;
mod service;
mod store;
mod tokens;

pub use actor::actors;
pub use extract::SignedIn;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/auth`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::login))
        .routes(routes!(api::refresh))
        .routes(routes!(api::logout))
}
