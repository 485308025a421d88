//! Major incidents: a commander, a cadence, a public status feed, children
//! that are resolved with their parent, and a review before it closes.
//!
//! Invariants: what the whole organization reads of a major incident is its
//! headline and its updates, never the ticket; everything done to it is in the
//! ticket's own timeline, which is the war room's.

mod api;
pub mod dto;
mod jobs;
mod service;
mod store;

pub(crate) use service::active;

use std::time::Duration;
use steward_platform::App;
use steward_platform::jobs::{Registry, Tick};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/incidents`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(
            api::get,
            api::declare,
            api::change,
            api::stand_down
        ))
        .routes(routes!(api::updates, api::post_update))
        .routes(routes!(api::review))
}

/// Routes below `/major-incidents`.
pub(crate) fn feed_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::list))
}

/// Names the background work of major incidents.
pub(super) fn jobs(registry: &mut Registry) {
    registry.handle("major_incidents.remind", jobs::remind);
    registry.tick(Tick {
        name: "major_incidents.remind",
        every: Duration::from_secs(60),
        kind: "major_incidents.remind",
    });
}
