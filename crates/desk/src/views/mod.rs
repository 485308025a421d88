//! Saved views: named filters, an order and columns of the ticket list.
//!
//! Invariants: filters are read by the code that reads the list's query, so a
//! view shows and counts what its reader sees, whoever made it; the views that
//! come with the product have no rows. Deliberately absent: views of anything
//! but tickets, conditions joined by "or".

mod api;
pub mod dto;
mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/views`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::counts))
        .routes(routes!(api::get, api::update, api::delete))
        .routes(routes!(api::choose, api::unchoose))
}
