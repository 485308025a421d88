//! Handlers of notifications.

use super::dto::{NotificationCount, NotificationQuery, Notifications};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, NoContent, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// The caller's notifications, newest first.
#[utoipa::path(get, path = "", operation_id = "listNotifications", tag = "notifications",
    params(NotificationQuery), responses((status = 200, body = Notifications)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<NotificationQuery>,
) -> Answer<Json<Notifications>> {
    Ok(Json(service::list(&app, &actor, query).await?))
}

/// How many of the caller's notifications were not read.
#[utoipa::path(get, path = "/count", operation_id = "countNotifications", tag = "notifications",
    responses((status = 200, body = NotificationCount)))]
pub(super) async fn count(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<NotificationCount>> {
    Ok(Json(service::count(&app, &actor).await?))
}

/// Marks a notification as read.
#[utoipa::path(post, path = "/{id}/read", operation_id = "readNotification", tag = "notifications",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn read(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::read(&app, &actor, id, clock::now()).await?;
    Ok(NoContent)
}

/// Marks all of the caller's notifications as read.
#[utoipa::path(post, path = "/read-all", operation_id = "readAllNotifications", tag = "notifications",
    responses((status = 204)))]
pub(super) async fn read_all(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<NoContent> {
    service::read_all(&app, &actor, clock::now()).await?;
    Ok(NoContent)
}
