//! Background work as those see it who look after it: what waits, what was
//! given up and why.
//!
//! Invariants: an administrator reaches the jobs of their organization, an
//! operator those of the deployment; of what a job was given only ids are
//! shown, so no address and no secret leaves by this way. Deliberately absent:
//! adding, changing or stopping jobs by hand.

mod api;
mod dto;
mod service;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/jobs`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list))
        .routes(routes!(api::counts))
        .routes(routes!(api::retry_all))
        .routes(routes!(api::get, api::discard))
        .routes(routes!(api::retry))
}
