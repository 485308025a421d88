//! Departments and sites of an organization.
//!
//! Invariants: a department never stands below itself; one that people or other
//! departments hang on is not deleted, nor is a site where people work.

mod api;
mod dto;
mod service;
mod store;

pub(crate) use store::{has_department, has_site};

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/departments`.
pub(crate) fn department_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::departments::list, api::departments::create))
        .routes(routes!(
            api::departments::get,
            api::departments::change,
            api::departments::delete
        ))
}

/// Routes below `/sites`.
pub(crate) fn site_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::sites::list, api::sites::create))
        .routes(routes!(
            api::sites::get,
            api::sites::change,
            api::sites::delete
        ))
}
