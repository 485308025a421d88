//! How long an organization keeps what was sent and what came in.
//!
//! Invariants: what has not ended is never removed; once a day what is older than
//! the organization's days goes, in short transactions; of mail that came in only
//! the message goes, its line in the ledger stays and says so. Deliberately
//! absent: tickets, their comments and files, which are kept.

mod api;
pub mod dto;
mod jobs;
mod service;
mod store;

pub(crate) use jobs::register;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/retention-settings`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::get, api::update))
}
