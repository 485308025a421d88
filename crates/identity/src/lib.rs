//! Organizations, people, teams, roles and sign-in.

mod api_tokens;
pub mod auth;
mod background;
mod directory;
pub mod imported;
mod mfa;
pub mod organizations;
mod passwords;
mod preferences;
mod roles;
mod sessions;
pub mod teams;
pub mod users;

pub use auth::{Listening, SignedIn};

use steward_kernel::{Instant, Result};
use steward_platform::App;
use steward_platform::jobs::Registry;
use utoipa_axum::router::OpenApiRouter;

/// Every route of the crate, relative to `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/auth", auth_routes())
        .nest("/users", users::routes())
        .nest("/teams", teams::routes())
        .nest("/organizations", organizations::routes())
        .nest("/organization", organizations::own_routes())
        .nest("/setup", organizations::setup_routes())
        .nest("/jobs", background::routes())
        .nest("/departments", directory::department_routes())
        .nest("/sites", directory::site_routes())
        .nest("/api-tokens", api_tokens::routes())
        .nest("/roles", roles::routes())
        .nest("/permissions", roles::permission_routes())
}

/// Signing in, with what belongs to it.
fn auth_routes() -> OpenApiRouter<App> {
    auth::routes()
        .merge(mfa::routes())
        .merge(passwords::routes())
        .merge(sessions::routes())
}

/// Adds the handlers of the crate's background work.
pub fn jobs(registry: &mut Registry) {
    passwords::register(registry);
}

/// Brings what every organization has up to this version of the product. Run it
/// after the migrations; it does nothing the second time.
///
/// # Errors
/// When the database refuses.
pub async fn upgrade(app: &App, now: Instant) -> Result<()> {
    roles::service::upgrade(app, now).await
}

/// The forms `/users/auth/*` and `/users/users/*`, aliases of the canonical paths.
pub fn alias_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/users/auth", auth_routes())
        .nest("/users/users", users::routes())
}
