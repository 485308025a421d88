//! Tickets that are like one that is being written or read.
//!
//! Invariants: only what the caller may see, by the one predicate; bounded,
//! however many tickets there are: those who see their own tickets only are
//! compared with their newest ones, everyone else with the newest matches of
//! the most telling words. How alike two are is the rule in the domain.

mod api;
pub mod dto;
mod service;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/incidents`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::for_text))
        .routes(routes!(api::for_ticket))
}
