//! Handlers of preferences and of the delivery log.

use super::dto::{
    Deliveries, DeliveryExportQuery, DeliveryQuery, DeliveryView, MutedTickets, PreferencesBody,
    PreferencesView, RetriedDeliveries, RetryDeliveries,
};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, CsvFile, Found, IfMatch, NoContent, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// What the caller wants to be told, by which channel and when.
#[utoipa::path(get, path = "", operation_id = "getNotificationPreferences", tag = "notifications",
    responses((status = 200, body = PreferencesView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Found<PreferencesView>> {
    Ok(Found(service::get(&app, &actor).await?))
}

/// Keeps what the caller wants to be told, all of it; what is left out is as at the start.
#[utoipa::path(put, path = "", operation_id = "putNotificationPreferences", tag = "notifications",
    request_body = PreferencesBody, responses((status = 200, body = PreferencesView)))]
pub(super) async fn put(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    seen: IfMatch,
    Body(PreferencesBody(input)): Body<PreferencesBody>,
) -> Answer<Found<PreferencesView>> {
    Ok(Found(
        service::put(&app, &actor, input, seen, clock::now()).await?,
    ))
}

/// The tickets of which the caller wants to hear only when named or when it becomes theirs.
#[utoipa::path(get, path = "/muted-tickets", operation_id = "listMutedTickets", tag = "notifications",
    responses((status = 200, body = MutedTickets)))]
pub(super) async fn list_mutes(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<MutedTickets>> {
    Ok(Json(service::list_mutes(&app, &actor).await?))
}

/// Mutes a ticket for the caller.
#[utoipa::path(put, path = "/muted-tickets/{ticket_id}", operation_id = "muteTicket", tag = "notifications",
    params(("ticket_id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn mute(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(ticket): Path<Uuid>,
) -> Answer<NoContent> {
    service::mute(&app, &actor, ticket, clock::now()).await?;
    Ok(NoContent)
}

/// Lets the caller hear of a ticket again.
#[utoipa::path(delete, path = "/muted-tickets/{ticket_id}", operation_id = "unmuteTicket", tag = "notifications",
    params(("ticket_id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn unmute(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(ticket): Path<Uuid>,
) -> Answer<NoContent> {
    service::unmute(&app, &actor, ticket).await?;
    Ok(NoContent)
}

/// What was sent to whom and how it ended, newest first (`job:manage`; of one
/// ticket also for those who read its internal notes).
#[utoipa::path(get, path = "", operation_id = "listDeliveries", tag = "notifications",
    params(DeliveryQuery), responses((status = 200, body = Deliveries)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<DeliveryQuery>,
) -> Answer<Json<Deliveries>> {
    Ok(Json(service::list(&app, &actor, query).await?))
}

/// The delivery log as a CSV file, newest first, at most 100,000 rows (`job:manage`).
#[utoipa::path(get, path = "/export", operation_id = "exportDeliveries", tag = "notifications",
    params(DeliveryExportQuery), responses((status = 200, body = String, content_type = "text/csv")))]
pub(super) async fn export(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<DeliveryExportQuery>,
) -> Answer<CsvFile> {
    Ok(service::export(&app, &actor, query).await?)
}

/// Sends again everything that was given up, all of it or of one person or ticket (`job:manage`).
#[utoipa::path(post, path = "/retry", operation_id = "retryDeliveries", tag = "notifications",
    request_body = RetryDeliveries, responses((status = 200, body = RetriedDeliveries)))]
pub(super) async fn retry_all(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<RetryDeliveries>,
) -> Answer<Json<RetriedDeliveries>> {
    Ok(Json(
        service::retry_all(&app, &actor, input, clock::now()).await?,
    ))
}

/// Sends again what was given up (`job:manage`), with all that was in the same mail.
#[utoipa::path(post, path = "/{id}/retry", operation_id = "retryDelivery", tag = "notifications",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = DeliveryView), (status = 409, description = "It was not given up")))]
pub(super) async fn retry(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<DeliveryView>> {
    let delivery = service::retry(&app, &actor, id, clock::now()).await?;
    Ok(Json(delivery))
}
