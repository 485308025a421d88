//! Handlers of attachments.

use super::dto::{AttachmentForm, AttachmentList, AttachmentView, FileBytes};
use super::service;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use steward_identity::SignedIn;
use steward_platform::files::Pieces;
use steward_platform::http::{Answer, Created, Download, NoContent, Path, Upload, download};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Attaches files to a ticket; all of them or none.
#[utoipa::path(post, path = "/{key}/attachments", operation_id = "addAttachments", tag = "tickets",
    params(("key" = String, Path)), request_body(content = AttachmentForm, content_type = "multipart/form-data"),
    responses((status = 201, body = AttachmentList)))]
pub(super) async fn attach(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    upload: Upload,
) -> Answer<Created<AttachmentList>> {
    let (ticket, body) = service::attach(&app, &actor, &key, upload, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/tickets/{}/attachments", ticket.id),
        version: ticket.version,
        body,
    })
}

/// Lists the attachments of a ticket that the caller may see, oldest first.
#[utoipa::path(get, path = "/{key}/attachments", operation_id = "listAttachments", tag = "tickets",
    params(("key" = String, Path)), responses((status = 200, body = AttachmentList)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Json<AttachmentList>> {
    Ok(Json(service::list(&app, &actor, &key).await?))
}

/// One attachment, without its bytes.
#[utoipa::path(get, path = "/{id}", operation_id = "getAttachment", tag = "tickets",
    params(("id" = Uuid, Path)), responses((status = 200, body = AttachmentView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<AttachmentView>> {
    Ok(Json(service::get(&app, &actor, id).await?))
}

/// The bytes of an attachment; a part of them with `Range`.
#[utoipa::path(get, path = "/{id}/download", operation_id = "downloadAttachment", tag = "tickets",
    params(("id" = Uuid, Path)), responses(
        (status = 200, body = FileBytes, content_type = "application/octet-stream"),
        (status = 206, body = FileBytes, content_type = "application/octet-stream"),
        (status = 304, description = "The caller has it already")))]
pub(super) async fn download(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Answer<Download<Pieces>> {
    let wanted = |etag: &str, size| download::wanted(&headers, etag, size);
    Ok(service::download(&app, &actor, id, wanted).await?)
}

/// Removes an attachment.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteAttachment", tag = "tickets",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, clock::now()).await?;
    Ok(NoContent)
}
