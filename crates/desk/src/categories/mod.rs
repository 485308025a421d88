//! Categories: the tree that incidents are sorted into.
//!
//! Invariants: names are unique below their parent in any case; the tree has
//! no loop and a bounded depth. Tickets keep the names they were given:
//! renaming, moving or deleting a category changes no ticket.

mod api;
pub mod dto;
pub mod service;
mod store;

pub(crate) use service::{ensure, tree};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/categories`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::get, api::update, api::delete))
        .routes(routes!(api::move_to))
}
