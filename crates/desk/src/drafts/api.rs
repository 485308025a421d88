//! Handlers of drafts.

use super::dto::{DraftInput, DraftList, DraftView};
use super::service::{self, Saved};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Path};
use steward_platform::{App, clock};

/// Lists the caller's drafts, last saved first, without their content.
#[utoipa::path(get, path = "", operation_id = "listDrafts", tag = "drafts", responses((status = 200, body = DraftList)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<DraftList>> {
    Ok(Json(service::list(&app, &actor).await?))
}

/// One draft of the caller.
#[utoipa::path(get, path = "/{context}", operation_id = "getDraft", tag = "drafts",
    params(("context" = String, Path, description = "`new_incident`, `reply:TICKET` or `internal:TICKET`")),
    responses((status = 200, body = DraftView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(context): Path<String>,
) -> Answer<Found<DraftView>> {
    Ok(Found(service::get(&app, &actor, &context).await?))
}

/// Keeps a draft. Replacing one needs `If-Match` with the `ETag` seen.
#[utoipa::path(put, path = "/{context}", operation_id = "putDraft", tag = "drafts",
    params(("context" = String, Path, description = "`new_incident`, `reply:TICKET` or `internal:TICKET`")),
    request_body = DraftInput,
    responses((status = 200, body = DraftView), (status = 201, body = DraftView)))]
pub(super) async fn put(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(context): Path<String>,
    if_match: IfMatch,
    Body(input): Body<DraftInput>,
) -> Answer<Response> {
    let saved = service::put(&app, &actor, &context, input, if_match, clock::now()).await?;
    Ok(match saved {
        Saved::Replaced(view) => Found(view).into_response(),
        Saved::Begun(body) => Created {
            location: format!("/api/v1/drafts/{}", body.context),
            version: body.version,
            body,
        }
        .into_response(),
    })
}

/// Throws a draft away; with `If-Match` only the one whose `ETag` was seen.
#[utoipa::path(delete, path = "/{context}", operation_id = "deleteDraft", tag = "drafts",
    params(("context" = String, Path, description = "`new_incident`, `reply:TICKET` or `internal:TICKET`")),
    responses((status = 204)))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(context): Path<String>,
    if_match: IfMatch,
) -> Answer<NoContent> {
    service::delete(&app, &actor, &context, if_match).await?;
    Ok(NoContent)
}
