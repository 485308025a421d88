//! Tickets of every kind, of which incidents are the first.
//!
//! Invariants: numbers are dense per organization and kind; every change
//! writes its activity rows, live counts, search row and one event in the same
//! transaction; get, list, count, search and bulk go through one visibility
//! predicate.

mod api;
pub mod dto;
mod jobs;
pub mod service;
mod store;

pub(crate) use api::if_match;
pub use store::condition;
pub(crate) use store::imported;
pub(crate) use store::{SLA_RESOLUTION, SLA_RESPONSE, TicketRow};

use std::time::Duration;
use steward_platform::App;
use steward_platform::jobs::{Registry, Tick};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/tickets`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list))
        .routes(routes!(api::export))
        .routes(routes!(api::groups))
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
        .routes(routes!(api::rate))
        .routes(routes!(api::watchers, api::watch))
        .routes(routes!(api::unwatch))
        .routes(routes!(api::links, api::link))
        .routes(routes!(api::unlink))
        .routes(routes!(api::tasks, api::add_task))
        .routes(routes!(api::merge))
        .routes(routes!(api::unmerge))
        .routes(routes!(api::split))
        .routes(routes!(api::edit_comment))
        .routes(routes!(api::revisions))
        .routes(routes!(api::bulk))
        .routes(routes!(api::undo))
        .routes(routes!(api::undo_change))
}

/// Routes below `/search`.
pub(crate) fn search_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::search))
}

/// Names the background work of tickets.
pub(crate) fn jobs(registry: &mut Registry) {
    registry.handle("ticket_counts.fold", jobs::fold_counts);
    registry.handle(service::RESOLVE_CHILDREN, service::go_on);
    registry.handle(service::PUT_BACK_CHILDREN, service::go_on_putting_back);
    registry.tick(Tick {
        name: "ticket_counts.fold",
        every: Duration::from_secs(60),
        kind: "ticket_counts.fold",
    });
}

/// Routes below `/incidents`.
pub(crate) fn incident_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list_incidents, api::create_incident))
        .routes(routes!(api::get_incident))
}
