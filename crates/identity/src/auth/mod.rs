//! Sign-in: passwords, access tokens, rotating refresh tokens, sessions.
//!
//! Invariants: answers and their time do not tell whether an account exists; a
//! refresh token used twice ends its session; deactivation counts from the
//! next request.

mod actor;
mod api;
mod dto;
mod extract;
mod grants;
pub mod passwords;
mod service;
mod store;
pub(crate) mod tokens;

pub use actor::{actors, actors_of};
pub(crate) use extract::Enrolling;
pub use extract::{Listening, SignedIn};
pub(crate) use service::{actor_of, confirm};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes of signing in and out, below `/auth`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::login))
        .routes(routes!(api::refresh))
        .routes(routes!(api::logout))
}
