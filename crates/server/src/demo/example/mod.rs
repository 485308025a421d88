//! The example: an organization of invented people and tickets beside the real
//! ones, which an operator adds and removes.
//!
//! Invariants: there is at most one; it is removed whole, with its files, and
//! nothing else can be removed this way, because the path names no other; its
//! password is made anew each time and told once; it sends no notification by
//! mail. Its story is written by jobs of a second or so each, at times of the
//! past; until it ends, nobody else acts on its service levels.

mod api;
mod dto;
mod jobs;
mod service;
mod store;

pub(crate) use jobs::register;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/organizations/example`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::get, api::add, api::remove))
}
