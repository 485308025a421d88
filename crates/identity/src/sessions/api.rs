//! Handlers of one's own sessions.

use super::dto::OpenSessions;
use super::service;
use crate::SignedIn;
use axum::Json;
use axum::extract::State;
use steward_platform::http::{Answer, NoContent, Path};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists one's own open sessions, at most 100.
#[utoipa::path(get, path = "/sessions", operation_id = "listSessions", tag = "auth", responses((status = 200, body = OpenSessions)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<OpenSessions>> {
    Ok(Json(service::list(&app, &actor, clock::now()).await?))
}

/// Ends one of one's own sessions.
#[utoipa::path(delete, path = "/sessions/{id}", operation_id = "endSession", tag = "auth",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn end(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::end(&app, &actor, id, clock::now()).await?;
    Ok(NoContent)
}

/// Ends all of one's own sessions but this one.
#[utoipa::path(delete, path = "/sessions", operation_id = "endOtherSessions", tag = "auth", responses((status = 204)))]
pub(super) async fn end_others(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<NoContent> {
    service::end_others(&app, &actor, clock::now()).await?;
    Ok(NoContent)
}
