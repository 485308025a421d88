//! Organizations, people, teams, roles and sign-in.

pub mod auth;
mod directory;
mod mfa;
pub mod organizations;
mod passwords;
mod sessions;
pub mod teams;
pub mod users;

pub use auth::SignedIn;

use steward_platform::App;
use steward_platform::jobs::Registry;
use utoipa_axum::router::OpenApiRouter;

/// Every route of the crate, relative to `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/auth", auth::routes())
        .nest("/users", users::routes())
        .nest("/teams", teams::routes())
}

/// Adds the handlers of the crate's background work.
pub fn jobs(registry: &mut Registry) {
    passwords::register(registry);
}

/// The forms `/users/auth/*` and `/users/users/*`, aliases of the canonical paths.
pub fn alias_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/users/auth", auth::routes())
        .nest("/users/users", users::routes())
}
