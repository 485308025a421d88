//! Handlers of announcements.

use super::dto::{AnnouncementInput, AnnouncementPatch, AnnouncementQuery, AnnouncementView};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Page, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists announcements, the latest to start first. Everyone reads what is
/// shown now and meant for them; who writes announcements reads all.
#[utoipa::path(get, path = "", operation_id = "listAnnouncements", tag = "announcements",
    params(AnnouncementQuery), responses((status = 200, body = Page<AnnouncementView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<AnnouncementQuery>,
) -> Answer<Json<Page<AnnouncementView>>> {
    Ok(Json(
        service::list(&app, &actor, &query, clock::now()).await?,
    ))
}

/// Writes an announcement.
#[utoipa::path(post, path = "", operation_id = "createAnnouncement", tag = "announcements",
    request_body = AnnouncementInput, responses((status = 201, body = AnnouncementView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<AnnouncementInput>,
) -> Answer<Created<AnnouncementView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/announcements/{}", body.id),
        version: body.version,
        body,
    })
}

/// One announcement.
#[utoipa::path(get, path = "/{id}", operation_id = "getAnnouncement", tag = "announcements",
    params(("id" = Uuid, Path)), responses((status = 200, body = AnnouncementView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<AnnouncementView>> {
    Ok(Found(service::get(&app, &actor, id, clock::now()).await?))
}

/// Changes an announcement.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateAnnouncement", tag = "announcements",
    params(("id" = Uuid, Path)), request_body = AnnouncementPatch,
    responses((status = 200, body = AnnouncementView)))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
    Body(patch): Body<AnnouncementPatch>,
) -> Answer<Found<AnnouncementView>> {
    Ok(Found(
        service::update(&app, &actor, id, patch, if_match, clock::now()).await?,
    ))
}

/// Deletes an announcement.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteAnnouncement", tag = "announcements",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, if_match, clock::now()).await?;
    Ok(NoContent)
}
