//! What reacts to events: notifications. Never imports the desk; what it
//! needs to know of a ticket comes with the event.

pub mod notifications;

use steward_platform::App;
use steward_platform::jobs::Registry;
use utoipa_axum::router::OpenApiRouter;

/// Every route of the crate, relative to `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().nest("/notifications", notifications::routes())
}

/// Names the crate's background work.
pub fn jobs(registry: &mut Registry) {
    notifications::jobs::register(registry);
}
