//! Handlers of major incidents.

use super::dto::{
    DeclareInput, MajorPatch, MajorQuery, MajorRowView, MajorView, ReviewInput, StandDownInput,
    UpdateInput, UpdateView, UpdatesQuery,
};
use super::service;
use crate::tickets::if_match;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, NoContent, Page, Path, Query};
use steward_platform::{App, clock};

/// Lists the organization's major incidents for everyone in it, newest first.
#[utoipa::path(get, path = "", operation_id = "listMajorIncidents", tag = "incidents", params(MajorQuery),
    responses((status = 200, body = Page<MajorRowView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<MajorQuery>,
) -> Answer<Json<Page<MajorRowView>>> {
    Ok(Json(service::list(&app, &actor, query).await?))
}

/// The major incident that an incident is or was.
#[utoipa::path(get, path = "/{key}/major", operation_id = "getMajorIncident", tag = "incidents",
    params(("key" = String, Path)), responses((status = 200, body = MajorView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Found<MajorView>> {
    Ok(Found(service::get(&app, &actor, &key).await?))
}

/// Declares an incident a major one.
#[utoipa::path(post, path = "/{key}/major", operation_id = "declareMajorIncident", tag = "incidents",
    params(("key" = String, Path)), request_body = DeclareInput, responses((status = 201, body = MajorView)))]
pub(super) async fn declare(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<DeclareInput>,
) -> Answer<Created<MajorView>> {
    let body = service::declare(&app, &actor, &key, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/incidents/{}/major", body.id),
        version: body.version,
        body,
    })
}

/// Changes commander, cadence or headline.
#[utoipa::path(patch, path = "/{key}/major", operation_id = "updateMajorIncident", tag = "incidents",
    params(("key" = String, Path)), request_body = MajorPatch, responses((status = 200, body = MajorView)))]
pub(super) async fn change(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    headers: HeaderMap,
    Body(patch): Body<MajorPatch>,
) -> Answer<Found<MajorView>> {
    let seen = if_match(&headers)?;
    Ok(Found(
        service::change(&app, &actor, &key, patch, seen, clock::now()).await?,
    ))
}

/// Stands a major incident down: it is none after all, leaves the status feed
/// and may close without a review.
#[utoipa::path(delete, path = "/{key}/major", operation_id = "standDownMajorIncident", tag = "incidents",
    params(("key" = String, Path)), request_body = StandDownInput, responses((status = 204)))]
pub(super) async fn stand_down(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    headers: HeaderMap,
    Body(input): Body<StandDownInput>,
) -> Answer<NoContent> {
    let seen = if_match(&headers)?;
    service::stand_down(&app, &actor, &key, input, seen, clock::now()).await?;
    Ok(NoContent)
}

/// The status feed of a major incident, newest first, for everyone in the
/// organization.
#[utoipa::path(get, path = "/{key}/major/updates", operation_id = "listMajorUpdates", tag = "incidents",
    params(("key" = String, Path), UpdatesQuery), responses((status = 200, body = Page<UpdateView>)))]
pub(super) async fn updates(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Query(query): Query<UpdatesQuery>,
) -> Answer<Json<Page<UpdateView>>> {
    Ok(Json(service::updates(&app, &actor, &key, query).await?))
}

/// Tells the stakeholders; the next word is due one cadence later.
#[utoipa::path(post, path = "/{key}/major/updates", operation_id = "postMajorUpdate", tag = "incidents",
    params(("key" = String, Path)), request_body = UpdateInput, responses((status = 201, body = UpdateView)))]
pub(super) async fn post_update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<UpdateInput>,
) -> Answer<Created<UpdateView>> {
    let (id, version, body) = service::post_update(&app, &actor, &key, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/incidents/{id}/major/updates"),
        version,
        body,
    })
}

/// Writes the post-incident review, without which a major incident does not close.
#[utoipa::path(put, path = "/{key}/major/review", operation_id = "putMajorReview", tag = "incidents",
    params(("key" = String, Path)), request_body = ReviewInput, responses((status = 200, body = MajorView)))]
pub(super) async fn review(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    headers: HeaderMap,
    Body(input): Body<ReviewInput>,
) -> Answer<Found<MajorView>> {
    let seen = if_match(&headers)?;
    Ok(Found(
        service::review(&app, &actor, &key, input, seen, clock::now()).await?,
    ))
}
