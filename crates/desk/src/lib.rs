//! The service desk: tickets and incidents, their categories, and imports.

pub mod categories;
pub mod imports;
pub mod tickets;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;

/// Every route of the crate, relative to `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .nest("/categories", categories::routes())
        .nest("/tickets", tickets::routes())
        .nest("/incidents", tickets::incident_routes())
}
