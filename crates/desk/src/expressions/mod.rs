//! Conditions over tickets as people build them: which fields there are,
//! whether a condition is right, what it says and what it matches now.
//!
//! Keeps nothing. Who only uses conditions takes `conditions`.

mod api;
pub mod dto;
mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/expressions`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::fields))
        .routes(routes!(api::schema))
        .routes(routes!(api::check))
}
