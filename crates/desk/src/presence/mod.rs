//! Presence: who has a ticket open, so that two do not answer at once.
//!
//! Invariants: for those who read internal notes, on tickets that they see; a
//! heartbeat changes nothing of the ticket and is forgotten after three quarters of one.
//! Rows are scraps: a job throws them away, no history is kept.

mod api;
pub mod dto;
mod jobs;
mod service;
mod store;

pub use service::sweep;

use steward_platform::App;
use steward_platform::jobs::Registry;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/presence`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::list))
}

/// Routes below `/tickets`.
pub(crate) fn ticket_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::put, api::delete))
}

/// Names the background work of presence.
pub(crate) fn jobs(registry: &mut Registry) {
    jobs::register(registry);
}
