//! What is told outside the product, and what people chose of it.
//!
//! Invariants: whoever is to get a mail about an event has exactly one row for
//! it, written in the transaction that tells them inside the product, and the
//! row ends as `sent`, `failed` or `skipped` with the reason; a row is in one
//! mail, and the mail is written in the transaction that says so; a mail holds
//! every text that waited, and only what its reader may see when it is written.
//! Deliberately absent: how mails are worded (`templates`)
//! and what is sent beside mail (`channels`).

mod api;
pub mod dto;
mod jobs;
mod service;
mod store;
mod unsubscribe;

pub(crate) use jobs::register;
pub use service::send_due;
pub(crate) use service::{Choices, Plan, came_back, choices, forget};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/notification-preferences`.
pub(crate) fn preference_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::get, api::put))
        .routes(routes!(api::list_mutes))
        .routes(routes!(api::mute, api::unmute))
}

/// Routes below `/deliveries`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list))
        .routes(routes!(api::export))
        .routes(routes!(api::retry_all))
        .routes(routes!(api::retry))
}

/// Routes below `/unsubscribe`.
pub(crate) fn unsubscribe_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(unsubscribe::ask, unsubscribe::unsubscribe))
}
