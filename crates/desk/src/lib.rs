//! The service desk: tickets and incidents.

pub mod tickets;

use steward_platform::App;
use steward_platform::jobs::Registry;
use utoipa_axum::router::OpenApiRouter;

/// Every route of the crate, relative to `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/tickets", tickets::routes())
        .nest("/incidents", tickets::incident_routes())
        .nest("/search", tickets::search_routes())
}

/// Names the crate's background work.
pub fn jobs(registry: &mut Registry) {
    tickets::jobs(registry);
}
