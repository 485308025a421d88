//! The stream: who listens hears at once that something changed.
//!
//! Invariants: what is told was committed; who listens is asked for anew at
//! each delivery, so that whoever loses a right, a session or the account
//! hears nothing more; a message says what changed and never to what. One
//! reader per node asks the database, however many listen. Deliberately
//! absent: the state of records (ask for them), delivery to those who are away.

mod api;
mod frame;
mod node;
mod service;
mod store;

pub use node::run;
pub use service::{check, turn};
pub(crate) use store::{TicketRow, tickets};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/stream`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api::open))
}
