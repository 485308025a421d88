//! Channels beside mail: short messages to people, and messages to the chat of
//! a team or to another program.
//!
//! Invariants: an event has at most one delivery for a channel of a team, and
//! one for a person and short messages; a delivery ends as `sent`, `failed` or
//! `skipped` with the answer or the reason. A channel of a team hears of the
//! team's tickets only, and never an internal note: it has readers whose rights
//! nobody knows. Addresses and secrets are sealed and never shown again.
//! Nothing is sent until somebody sets a channel up. What waits for one place
//! about one ticket is one message with every text, or as many as it takes; an
//! alarm waits for nothing. Deliberately absent: how messages are worded
//! (`templates`).

mod api;
pub mod dto;
mod jobs;
mod payload;
mod service;
mod store;
mod words;

pub(crate) use jobs::register;
pub use service::send_due;
pub(crate) use service::{News, announce, send_again, skip, sms_channel};
pub(crate) use store::forget;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/notification-channels`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::get, api::update, api::delete))
        .routes(routes!(api::test))
}
