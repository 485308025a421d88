//! Escalation of tickets: by hand, and by triggers once per level.

mod api;
pub mod dto;
mod service;
mod store;

pub(crate) use service::{managers, rise};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/tickets`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::escalate))
}
