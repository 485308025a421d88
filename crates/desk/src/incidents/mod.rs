//! Incidents beyond the common ticket: how their priority is decided.
//!
//! Invariants: the priority comes from the organization's own matrix unless
//! it was set by hand with a reason. What all kinds of tickets share lives in
//! `tickets`.

pub mod assessment;
pub mod closing;
pub mod escalation;
pub mod major;
pub mod priority;
pub mod similar;

use steward_platform::App;
use steward_platform::jobs::Registry;
use utoipa_axum::router::OpenApiRouter;

/// Routes below `/incidents`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    crate::tickets::incident_routes()
        .merge(assessment::routes())
        .merge(major::routes())
        .merge(similar::routes())
}

/// Names the background work of incidents.
pub(crate) fn jobs(registry: &mut Registry) {
    major::jobs(registry);
    closing::jobs(registry);
}
