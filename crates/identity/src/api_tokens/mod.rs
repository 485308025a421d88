//! API tokens: a person's rights, narrowed, for programs.
//!
//! Invariants: a token is shown once and kept as a hash; it never reaches
//! beyond what its owner may do at that moment; it ends by itself. It cannot
//! change how its owner signs in. Deliberately absent: tokens without an owner.

mod api;
mod dto;
mod service;
mod store;

use steward_platform::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Routes below `/api-tokens`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(api::list, api::create))
        .routes(routes!(api::get, api::revoke))
}
