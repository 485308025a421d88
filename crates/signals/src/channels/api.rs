//! Handlers of channels.

use super::dto::{
    ChannelInput, ChannelPatch, ChannelView, NotificationChannels, TestInput, TestView,
};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Path};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Channels of the organization beside mail, by name (`notification_channel:manage`).
#[utoipa::path(get, path = "", operation_id = "listNotificationChannels", tag = "notification channels",
    responses((status = 200, body = NotificationChannels)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<NotificationChannels>> {
    Ok(Json(service::list(&app, &actor).await?))
}

/// Adds a channel; it sends nothing until it is active.
#[utoipa::path(post, path = "", operation_id = "createNotificationChannel", tag = "notification channels",
    request_body = ChannelInput, responses((status = 201, body = ChannelView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<ChannelInput>,
) -> Answer<Created<ChannelView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/notification-channels/{}", body.id),
        version: body.version,
        body,
    })
}

/// One channel.
#[utoipa::path(get, path = "/{id}", operation_id = "getNotificationChannel", tag = "notification channels",
    params(("id" = Uuid, Path)), responses((status = 200, body = ChannelView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<ChannelView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes a channel; address and secret stay when they are left out.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateNotificationChannel", tag = "notification channels",
    params(("id" = Uuid, Path)), request_body = ChannelPatch, responses((status = 200, body = ChannelView)))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Body(patch): Body<ChannelPatch>,
) -> Answer<Found<ChannelView>> {
    let now = clock::now();
    Ok(Found(
        service::update(&app, &actor, id, patch, seen, now).await?,
    ))
}

/// Removes a channel; what was sent by it stays in the log.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteNotificationChannel", tag = "notification channels",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, seen, clock::now()).await?;
    Ok(NoContent)
}

/// Sends a test by a channel at once and says what was answered.
#[utoipa::path(post, path = "/{id}/test", operation_id = "testNotificationChannel", tag = "notification channels",
    params(("id" = Uuid, Path)), request_body = TestInput, responses((status = 200, body = TestView)))]
pub(super) async fn test(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    Body(input): Body<TestInput>,
) -> Answer<Json<TestView>> {
    Ok(Json(service::test(&app, &actor, id, input).await?))
}
