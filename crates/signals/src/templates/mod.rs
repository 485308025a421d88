//! How notifications are worded: built-in templates, and an organization's own.
//!
//! Invariants: a template sees only the values that it is given, cannot reach
//! other templates, and is bounded in time and size; what it writes as HTML is
//! made harmless afterwards. A mail or message always says everything: when a
//! template of an organization fails or leaves out what was said, the built-in
//! one writes instead, and the delivery says so. How a receiver escapes text,
//! and the link to the ticket, are no matter of templates. Every change is a
//! version of its own.
//! Deliberately absent: templates of mails about accounts and passwords.

mod api;
mod context;
mod defaults;
pub mod dto;
mod engine;
mod letter;
mod message;
mod service;
mod shell;
mod store;
mod words;
mod writer;

pub(crate) use letter::{Happening, Occasion, Section, write};
pub(crate) use message::{Message, write as write_message};
pub(crate) use service::{own, remark};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/notification-templates`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list))
        .routes(routes!(api::get, api::put, api::reset))
        .routes(routes!(api::history))
        .routes(routes!(api::preview))
}
