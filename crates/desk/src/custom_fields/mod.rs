//! Custom fields: what an organization wants to know of its tickets beyond
//! what every ticket has.
//!
//! Invariants: key, kind and type of a field never change, and a key is never
//! used twice for a kind, so an old value keeps its meaning; a removed field
//! stays as a row that nobody can fill. Values live on the ticket. What is
//! internal is shown to those who read internal notes, in answers and timeline
//! alike. A key has one type in all kinds, so conditions know it as
//! `custom.<key>`. Absent on purpose: filters of the ticket list beside conditions.

mod api;
pub mod dto;
mod service;
mod store;
mod values;

pub(crate) use service::condition_fields;
pub(crate) use values::{Told, changes, definitions, fill, merge, view};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/custom-fields`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::get, api::update, api::delete))
}
