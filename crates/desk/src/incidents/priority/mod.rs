//! The priority matrix of an organization: nine cells, the documented ones
//! until an administrator changes them.

mod api;
pub mod dto;
mod service;
mod store;

pub(crate) use service::matrix;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/priority-matrix`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::get, api::put))
}
