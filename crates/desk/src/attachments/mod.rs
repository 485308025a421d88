//! Files attached to tickets and comments.
//!
//! Invariants: who does not see the ticket, or the internal comment, does not
//! learn that the attachment exists; a row exists only for a file that is
//! complete and durable; a file without a row is known as stray until it is
//! gone. Deliberately absent: showing a file inside a page of ours, versions
//! of a file, a scan for malware.

mod api;
pub mod dto;
pub(crate) mod jobs;
mod service;
mod store;

pub use service::sweep;
pub(crate) use service::{follow_merge, follow_unmerge, keep_stored, store_bytes};
pub(crate) use store::NewAttachment;

use axum::extract::DefaultBodyLimit;
use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/tickets`. Bodies are files here: each part has its own bound.
pub(crate) fn ticket_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::attach))
        .layer(DefaultBodyLimit::disable())
}

/// Routes below `/attachments`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::get, api::delete))
        .routes(routes!(api::download))
}
