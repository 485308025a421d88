//! How the deployment is, for those who look after it: the checks of `steward
//! doctor` and the state of queue, mail, files and disk of the node that answers.
//!
//! Invariants: numbers and versions, never addresses, keys or what records
//! hold; the texts of the checks, which name folders, are for operators.

mod api;
mod dto;
mod service;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/system`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::health))
}
