//! Handlers of mailboxes.

use crate::mailboxes::dto::mailboxes::{
    MailboxCheck, MailboxInput, MailboxPatch, MailboxView, Mailboxes,
};
use crate::mailboxes::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Path};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the mailboxes of the organization (`mailbox:manage`).
#[utoipa::path(get, path = "", operation_id = "listMailboxes", tag = "mail",
    responses((status = 200, body = Mailboxes)))]
pub(in crate::mailboxes) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<Mailboxes>> {
    Ok(Json(service::list(&app, &actor).await?))
}

/// Adds a mailbox (`mailbox:manage`).
#[utoipa::path(post, path = "", operation_id = "createMailbox", tag = "mail",
    request_body = MailboxInput, responses((status = 201, body = MailboxView)))]
pub(in crate::mailboxes) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<MailboxInput>,
) -> Answer<Created<MailboxView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/mailboxes/{}", body.id),
        version: body.version,
        body,
    })
}

/// One mailbox (`mailbox:manage`).
#[utoipa::path(get, path = "/{id}", operation_id = "getMailbox", tag = "mail",
    params(("id" = Uuid, Path)), responses((status = 200, body = MailboxView)))]
pub(in crate::mailboxes) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<MailboxView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes a mailbox (`mailbox:manage`).
#[utoipa::path(patch, path = "/{id}", operation_id = "updateMailbox", tag = "mail",
    params(("id" = Uuid, Path)), request_body = MailboxPatch,
    responses((status = 200, body = MailboxView)))]
pub(in crate::mailboxes) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
    Body(patch): Body<MailboxPatch>,
) -> Answer<Found<MailboxView>> {
    Ok(Found(
        service::update(&app, &actor, id, patch, if_match, clock::now()).await?,
    ))
}

/// Deletes a mailbox; what came in stays in the ledger (`mailbox:manage`).
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteMailbox", tag = "mail",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(in crate::mailboxes) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, if_match).await?;
    Ok(NoContent)
}

/// Signs in to the server of a mailbox and opens its folder; changes nothing there (`mailbox:manage`).
#[utoipa::path(post, path = "/{id}/check", operation_id = "checkMailbox", tag = "mail",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = MailboxCheck), (status = 409, description = "It fetches from no server")))]
pub(in crate::mailboxes) async fn check(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<MailboxCheck>> {
    Ok(Json(service::check(&app, &actor, id).await?))
}
