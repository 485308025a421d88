//! What people are told inside the product.
//!
//! Invariants: nobody is told of what they may not see, by the same predicate
//! as everywhere; one event tells a person once, however often its job runs.
//! Deliberately absent: other channels and what people chose (`deliveries`).

mod api;
pub mod dto;
pub(crate) mod jobs;
mod service;
mod store;

pub(crate) use service::tell_of_webhook;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/notifications`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list))
        .routes(routes!(api::count))
        .routes(routes!(api::read))
        .routes(routes!(api::read_all))
}
