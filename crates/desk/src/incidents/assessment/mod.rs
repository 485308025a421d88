//! Help with impact and urgency while an incident is reported or triaged.
//! Keeps nothing.

mod api;
pub mod dto;
mod service;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/incidents`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::assess))
}
