//! Keys that sign outgoing mail (DKIM), for operators: the sender's domain is the
//! deployment's.
//!
//! Invariants: at most one key of a domain signs; a private key is sealed and
//! leaves the server never; a key that signs is not deleted. Deliberately absent:
//! asking the DNS whether a record is published, and checking signatures of mail
//! that comes in.

mod api;
pub mod dto;
mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/dkim-keys`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::update, api::delete))
}
