//! Tickets of every kind, of which incidents are the first.
//!
//! Invariants: numbers are dense per organization and kind; every change
//! writes its activity rows and its event in the same transaction; get, list
//! and count go through one visibility predicate. Deliberately absent so far:
//! search, attachments, merge, bulk actions.

mod api;
pub mod dto;
pub mod service;
mod store;

pub(crate) use api::if_match;
pub(crate) use store::imported;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/tickets`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list))
        .routes(routes!(api::get, api::update))
        .routes(routes!(api::timeline))
        .routes(routes!(api::comment))
        .routes(routes!(api::assign))
        .routes(routes!(api::start))
        .routes(routes!(api::hold))
        .routes(routes!(api::resume))
        .routes(routes!(api::resolve))
        .routes(routes!(api::confirm))
        .routes(routes!(api::close))
        .routes(routes!(api::reopen))
        .routes(routes!(api::cancel))
}

/// Routes below `/incidents`.
pub(crate) fn incident_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::create_incident))
}
