//! Handlers of saved views.

use super::dto::{ViewCounts, ViewInput, ViewList, ViewPatch, ViewView};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Path};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the views that the caller sees: those of the product, own ones, shared ones.
#[utoipa::path(get, path = "", operation_id = "listViews", tag = "views", responses((status = 200, body = ViewList)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<ViewList>> {
    Ok(Json(service::list(&app, &actor).await?))
}

/// Counts, for every view of the caller, the tickets that the caller sees.
#[utoipa::path(get, path = "/counts", operation_id = "countViews", tag = "views",
    responses((status = 200, body = ViewCounts)))]
pub(super) async fn counts(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<ViewCounts>> {
    Ok(Json(service::counts(&app, &actor, clock::now()).await?))
}

/// Saves a view.
#[utoipa::path(post, path = "", operation_id = "createView", tag = "views", request_body = ViewInput,
    responses((status = 201, body = ViewView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<ViewInput>,
) -> Answer<Created<ViewView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/views/{}", body.id),
        version: body.version,
        body,
    })
}

/// One view.
#[utoipa::path(get, path = "/{id}", operation_id = "getView", tag = "views", params(("id" = Uuid, Path)),
    responses((status = 200, body = ViewView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<ViewView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes a view.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateView", tag = "views", params(("id" = Uuid, Path)),
    request_body = ViewPatch, responses((status = 200, body = ViewView)))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
    Body(patch): Body<ViewPatch>,
) -> Answer<Found<ViewView>> {
    let view = service::update(&app, &actor, id, patch, if_match, clock::now()).await?;
    Ok(Found(view))
}

/// Deletes a view.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteView", tag = "views", params(("id" = Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, if_match).await?;
    Ok(NoContent)
}

/// Makes a view the one with which the caller's list opens.
#[utoipa::path(post, path = "/{id}/default", operation_id = "makeViewDefault", tag = "views",
    params(("id" = Uuid, Path)), responses((status = 200, body = ViewView)))]
pub(super) async fn choose(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<ViewView>> {
    Ok(Found(service::choose(&app, &actor, id).await?))
}

/// Lets the caller's list open without this view again.
#[utoipa::path(delete, path = "/{id}/default", operation_id = "unmakeViewDefault", tag = "views",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn unchoose(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::unchoose(&app, &actor, id).await?;
    Ok(NoContent)
}
