//! Reports about tickets, with the definition of every figure.
//!
//! They are here and not in `signals`, because they read tickets through the
//! one visibility predicate, which `signals` cannot name. Tickets are read in
//! batches by key and reckoned one after another; nothing is kept.

mod api;
pub mod dto;
mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/reports`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list))
        .routes(routes!(api::get))
        .routes(routes!(api::export))
}
