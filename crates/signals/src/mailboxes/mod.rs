//! Mail that comes in: mailboxes, and the ledger in which each message has
//! exactly one line.
//!
//! Invariants: a message is stored whole before anything is done with it, and
//! who handed it over is told so only then; it ends as a ticket, a comment,
//! ignored, refused or failed, in one transaction with what it did; it does
//! that once, however often it is tried. To the server of a mailbox at most one node
//! listens; whether one does or not, it is asked again and again. A sender acts, with no right more
//! than elsewhere. Absent: receiving by SMTP, which mail servers do better.

mod api;
pub mod dto;
mod jobs;
mod node;
mod service;
mod store;

pub(crate) use jobs::register;
pub use node::run;
pub use service::{Arrival, receive};
pub(crate) use service::{envelope, forget_raw};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/mailboxes`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::mailboxes::list, api::mailboxes::create))
        .routes(routes!(
            api::mailboxes::get,
            api::mailboxes::update,
            api::mailboxes::delete
        ))
        .routes(routes!(api::mailboxes::check))
}

/// Routes below `/inbound-mails`.
pub(crate) fn mail_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::mails::list))
        .routes(routes!(api::mails::get))
        .routes(routes!(api::mails::raw))
        .routes(routes!(api::mails::process))
}
