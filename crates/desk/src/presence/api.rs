//! Handlers of presence.

use super::dto::{PresenceInput, PresenceList, PresenceQuery, PresentList};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, NoContent, Path, Query};
use steward_platform::{App, clock};

/// Tells that the caller has a ticket open, and answers who else has. Send it
/// every 20 seconds; who is silent for 45 is gone. The ticket's version stays.
#[utoipa::path(put, path = "/{key}/presence", operation_id = "putPresence", tag = "presence",
    params(("key" = String, Path)), request_body = PresenceInput,
    responses((status = 200, body = PresentList)))]
pub(super) async fn put(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<PresenceInput>,
) -> Answer<Json<PresentList>> {
    Ok(Json(
        service::put(&app, &actor, &key, &input, clock::now()).await?,
    ))
}

/// Tells that the caller has closed a ticket.
#[utoipa::path(delete, path = "/{key}/presence", operation_id = "deletePresence", tag = "presence",
    params(("key" = String, Path)), responses((status = 204)))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<NoContent> {
    service::delete(&app, &actor, &key).await?;
    Ok(NoContent)
}

/// Who else has one of several tickets open now.
#[utoipa::path(get, path = "", operation_id = "listPresence", tag = "presence", params(PresenceQuery),
    responses((status = 200, body = PresenceList)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<PresenceQuery>,
) -> Answer<Json<PresenceList>> {
    Ok(Json(
        service::list(&app, &actor, &query, clock::now()).await?,
    ))
}
