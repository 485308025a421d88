//! Drafts: what a person has written and not sent, kept on the server so that
//! it survives reload, sign-out and a change of device.
//!
//! Invariants: a draft is its owner's alone; a tab that saw an older version
//! never replaces a newer one without being told. Deliberately absent: events,
//! history, attachments of drafts.

mod api;
pub mod dto;
pub(crate) mod jobs;
mod service;
mod store;

pub use service::sweep;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/drafts`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list))
        .routes(routes!(api::get, api::put, api::delete))
}
