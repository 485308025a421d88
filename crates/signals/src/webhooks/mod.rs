//! Webhooks: receivers outside that are told what happens, after the Standard
//! Webhooks specification.
//!
//! Invariants: an event has at most one delivery for a webhook, written in the
//! transaction that moves the mark past the event, so that none is lost and none
//! is doubled by a crash; a delivery ends as `sent`, `failed` or `skipped`; its
//! id is the same however often it is tried; what is sent is what the webhook's
//! person may see when it is sent. A receiver that is slow or down holds up no
//! other. Deliberately absent: an order among deliveries, news of accounts,
//! headers of a receiver's own.

mod api;
pub mod dto;
mod node;
mod service;
mod store;

pub use node::run;
pub(crate) use service::forget;
pub use service::{plan, send_due};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/webhooks`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::get, api::update, api::delete))
        .routes(routes!(api::rotate_secret))
        .routes(routes!(api::test))
        .routes(routes!(api::list_deliveries))
        .routes(routes!(api::get_delivery))
        .routes(routes!(api::replay_delivery))
        .routes(routes!(api::replay))
}
