//! Conditions over tickets as people build them: which fields there are,
//! whether a condition is right, what it says and what it matches now.
//!
//! Keeps nothing. The rules are in `steward_domain::expr`, the SQL is in the
//! store of tickets.

mod api;
pub mod dto;
mod service;
mod store;

pub(crate) use service::{bound, clause, known_fields, read, read_text};

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
