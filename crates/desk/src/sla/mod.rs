//! Service levels: calendars, policies, and the clocks of tickets.
//!
//! Invariants: a clock changes in the transaction of its ticket's change, and
//! is what the ticket's history says (`steward rebuild sla --check`); editing a
//! policy or calendar makes a new version, and running clocks keep theirs; a
//! threshold is acted on once, behind the ticket's lock. Deliberately absent:
//! jobs per threshold; a look into one index says what is due.

mod api;
mod calculate;
pub mod dto;
mod jobs;
mod service;
mod store;

pub use calculate::{calculate, calculate_line};
pub(crate) use jobs::register as jobs;
pub use service::act::{act, catch_up};
pub(crate) use service::rebuild::{MATCHED_BY, brought_in};
pub use service::rebuild::{Report, rebuild};
pub(crate) use service::{Clocks, Moved, OnTicket, State, chips, default_calendar, follow, keep};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/sla`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::calculate))
        .routes(routes!(api::list_calendars, api::create_calendar))
        .routes(routes!(
            api::get_calendar,
            api::update_calendar,
            api::delete_calendar
        ))
        .routes(routes!(api::preview_calendar))
        .routes(routes!(api::read_holidays))
        .routes(routes!(api::list_policies, api::create_policy))
        .routes(routes!(
            api::get_policy,
            api::update_policy,
            api::delete_policy
        ))
        .routes(routes!(api::preview_recompute))
        .routes(routes!(api::recompute))
        .routes(routes!(api::undo_recompute))
        .routes(routes!(api::simulate))
}

/// Routes below `/tickets`.
pub(crate) fn ticket_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::explain))
}
