//! One's own sessions: listed, and ended one by one or all others at once.

mod api;
mod dto;
mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/auth`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::end_others))
        .routes(routes!(api::end))
}
