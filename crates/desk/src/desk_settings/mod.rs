//! Settings of the desk: one record an organization, with defaults until it
//! is changed. What follows from them is decided where it happens: closing,
//! reopening, rating.

mod api;
pub mod dto;
mod service;
mod store;

pub(crate) use service::settings;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/desk-settings`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::get, api::update))
}
