//! Handlers of keys that sign mail.

use super::dto::{DkimKeyInput, DkimKeyPatch, DkimKeyView, DkimKeys};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Path};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Keys that sign outgoing mail, with the DNS record of each; for operators.
#[utoipa::path(get, path = "", operation_id = "listDkimKeys", tag = "mail",
    responses((status = 200, body = DkimKeys), (status = 403, description = "You are no operator")))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<DkimKeys>> {
    Ok(Json(service::list(&app, &actor).await?))
}

/// Makes a key; it signs once its record is published and it is switched on. For operators.
#[utoipa::path(post, path = "", operation_id = "createDkimKey", tag = "mail",
    request_body = DkimKeyInput, responses((status = 201, body = DkimKeyView),
    (status = 403, description = "You are no operator"),
    (status = 409, description = "The domain has a key of this selector, or there are too many")))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<DkimKeyInput>,
) -> Answer<Created<DkimKeyView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/dkim-keys/{}", body.id),
        version: body.version,
        body,
    })
}

/// Switches a key on or off; of a domain one signs at most. For operators.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateDkimKey", tag = "mail",
    params(("id" = Uuid, Path)), request_body = DkimKeyPatch, responses((status = 200, body = DkimKeyView),
    (status = 403, description = "You are no operator")))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Body(patch): Body<DkimKeyPatch>,
) -> Answer<Found<DkimKeyView>> {
    Ok(Found(
        service::update(&app, &actor, id, patch, seen, clock::now()).await?,
    ))
}

/// Deletes a key that does not sign; for operators. Take its record out of the DNS some days later.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteDkimKey", tag = "mail",
    params(("id" = Uuid, Path)), responses((status = 204),
    (status = 403, description = "You are no operator"), (status = 409, description = "It signs mail")))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, seen).await?;
    Ok(NoContent)
}
