//! Handlers of the ledger.

use crate::mailboxes::dto::mails::{
    InboundMailDetail, InboundMailView, InboundMails, MailQuery, RawMail,
};
use crate::mailboxes::service;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use steward_identity::SignedIn;
use steward_platform::files::Pieces;
use steward_platform::http::{Answer, Download, Path, Query, download};
use steward_platform::{App, clock};
use uuid::Uuid;

/// What came in by mail and what became of it, newest first (`mailbox:manage`).
#[utoipa::path(get, path = "", operation_id = "listInboundMails", tag = "mail",
    params(MailQuery), responses((status = 200, body = InboundMails)))]
pub(in crate::mailboxes) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<MailQuery>,
) -> Answer<Json<InboundMails>> {
    Ok(Json(service::list_mails(&app, &actor, query).await?))
}

/// A message with its headers and text (`mailbox:manage`).
#[utoipa::path(get, path = "/{id}", operation_id = "getInboundMail", tag = "mail",
    params(("id" = Uuid, Path)), responses((status = 200, body = InboundMailDetail)))]
pub(in crate::mailboxes) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<InboundMailDetail>> {
    Ok(Json(service::get_mail(&app, &actor, id).await?))
}

/// A message as it came (`mailbox:manage`); of one that was too large its beginning.
#[utoipa::path(get, path = "/{id}/raw", operation_id = "downloadInboundMail", tag = "mail",
    params(("id" = Uuid, Path)), responses(
        (status = 200, body = RawMail, content_type = "message/rfc822"),
        (status = 206, body = RawMail, content_type = "message/rfc822"),
        (status = 304, description = "The caller has it already")))]
pub(in crate::mailboxes) async fn raw(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Answer<Download<Pieces>> {
    let wanted = |etag: &str, size| download::wanted(&headers, etag, size);
    Ok(service::raw(&app, &actor, id, wanted).await?)
}

/// Has a message worked on again that did nothing so far (`mailbox:manage`).
#[utoipa::path(post, path = "/{id}/process", operation_id = "processInboundMail", tag = "mail",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = InboundMailView), (status = 409, description = "It did what it asks for")))]
pub(in crate::mailboxes) async fn process(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<InboundMailView>> {
    let mail = service::process_again(&app, &actor, id, clock::now()).await?;
    Ok(Json(mail))
}
