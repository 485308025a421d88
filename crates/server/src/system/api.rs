//! The handler of the system's health.

use super::dto::HealthView;
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::Answer;
use steward_platform::{App, clock};

/// How the deployment is: database, queue, mail, files, disk and what the checks say.
///
/// For administrators (`system:read`) and operators.
#[utoipa::path(get, path = "/health", operation_id = "getSystemHealth", tag = "administration",
    responses((status = 200, body = HealthView)))]
pub(super) async fn health(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<HealthView>> {
    Ok(Json(service::health(&app, &actor, clock::now()).await?))
}
