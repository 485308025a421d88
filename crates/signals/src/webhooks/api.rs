//! Handlers of webhooks.

use super::dto::{
    ReplayInput, ReplayedDeliveries, RotateInput, WebhookDeliveries, WebhookDelivery,
    WebhookDeliveryDetail, WebhookDeliveryQuery, WebhookInput, WebhookPatch, WebhookView, Webhooks,
};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// The webhooks of the caller's organization (`webhook:manage`, as everything here).
#[utoipa::path(get, path = "", operation_id = "listWebhooks", tag = "webhooks",
    responses((status = 200, body = Webhooks)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<Webhooks>> {
    Ok(Json(service::list(&app, &actor, clock::now()).await?))
}

/// Adds a webhook. Only this answer, and that of a new secret, shows the secret.
#[utoipa::path(post, path = "", operation_id = "createWebhook", tag = "webhooks",
    request_body = WebhookInput, responses((status = 201, body = WebhookView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<WebhookInput>,
) -> Answer<Created<WebhookView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/webhooks/{}", body.id),
        version: body.version,
        body,
    })
}

/// One webhook.
#[utoipa::path(get, path = "/{id}", operation_id = "getWebhook", tag = "webhooks",
    params(("id" = Uuid, Path)), responses((status = 200, body = WebhookView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<WebhookView>> {
    Ok(Found(service::get(&app, &actor, id, clock::now()).await?))
}

/// Changes a webhook. What waits for one that is switched off is skipped.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateWebhook", tag = "webhooks",
    params(("id" = Uuid, Path)), request_body = WebhookPatch,
    responses((status = 200, body = WebhookView)))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
    Body(patch): Body<WebhookPatch>,
) -> Answer<Found<WebhookView>> {
    Ok(Found(
        service::update(&app, &actor, id, patch, if_match, clock::now()).await?,
    ))
}

/// Deletes a webhook with everything that was sent to it.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteWebhook", tag = "webhooks",
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

/// Gives a webhook a new secret, which this answer shows. Older ones sign beside it for a while.
#[utoipa::path(post, path = "/{id}/rotate-secret", operation_id = "rotateWebhookSecret", tag = "webhooks",
    params(("id" = Uuid, Path)), request_body = RotateInput,
    responses((status = 200, body = WebhookView), (status = 409, description = "Three secrets sign already")))]
pub(super) async fn rotate_secret(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
    Body(input): Body<RotateInput>,
) -> Answer<Found<WebhookView>> {
    Ok(Found(
        service::rotate(&app, &actor, id, input, if_match, clock::now()).await?,
    ))
}

/// Sends a `webhook.ping` at once, also to a webhook that is switched off, and tells how it went.
#[utoipa::path(post, path = "/{id}/test", operation_id = "testWebhook", tag = "webhooks",
    params(("id" = Uuid, Path)), responses((status = 200, body = WebhookDeliveryDetail)))]
pub(super) async fn test(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<WebhookDeliveryDetail>> {
    Ok(Json(service::test(&app, &actor, id, clock::now()).await?))
}

/// What was sent to a webhook and how it ended, the newest first, for 30 days.
#[utoipa::path(get, path = "/{id}/deliveries", operation_id = "listWebhookDeliveries", tag = "webhooks",
    params(("id" = Uuid, Path), WebhookDeliveryQuery), responses((status = 200, body = WebhookDeliveries)))]
pub(super) async fn list_deliveries(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    Query(query): Query<WebhookDeliveryQuery>,
) -> Answer<Json<WebhookDeliveries>> {
    let page = service::list_deliveries(&app, &actor, id, query).await?;
    Ok(Json(page))
}

/// One delivery with the request and the answer of every try.
#[utoipa::path(get, path = "/{id}/deliveries/{delivery_id}", operation_id = "getWebhookDelivery", tag = "webhooks",
    params(("id" = Uuid, Path), ("delivery_id" = Uuid, Path)),
    responses((status = 200, body = WebhookDeliveryDetail)))]
pub(super) async fn get_delivery(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path((id, delivery)): Path<(Uuid, Uuid)>,
) -> Answer<Json<WebhookDeliveryDetail>> {
    let detail = service::get_delivery(&app, &actor, id, delivery).await?;
    Ok(Json(detail))
}

/// Sends a delivery that has ended again, under the same id.
#[utoipa::path(post, path = "/{id}/deliveries/{delivery_id}/replay", operation_id = "replayWebhookDelivery",
    tag = "webhooks", params(("id" = Uuid, Path), ("delivery_id" = Uuid, Path)),
    responses((status = 200, body = WebhookDelivery),
        (status = 409, description = "It has not ended, or the webhook is switched off")))]
pub(super) async fn replay_delivery(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path((id, delivery)): Path<(Uuid, Uuid)>,
) -> Answer<Json<WebhookDelivery>> {
    let now = clock::now();
    let delivery = service::replay_delivery(&app, &actor, id, delivery, now).await?;
    Ok(Json(delivery))
}

/// Sends what failed or was skipped in a time again, at most 1,000 deliveries, the oldest first.
#[utoipa::path(post, path = "/{id}/replay", operation_id = "replayWebhook", tag = "webhooks",
    params(("id" = Uuid, Path)), request_body = ReplayInput,
    responses((status = 200, body = ReplayedDeliveries),
        (status = 409, description = "The webhook is switched off")))]
pub(super) async fn replay(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    Body(input): Body<ReplayInput>,
) -> Answer<Json<ReplayedDeliveries>> {
    let replayed = service::replay(&app, &actor, id, input, clock::now()).await?;
    Ok(Json(replayed))
}
