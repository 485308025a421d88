//! Handlers of custom fields.

use super::dto::{CustomFieldInput, CustomFieldPatch, CustomFieldQuery, CustomFieldView};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Page, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the fields that the organization added to its tickets, by kind, in
/// the order of the screen. Internal ones are for those who read internal notes.
#[utoipa::path(get, path = "", operation_id = "listCustomFields", tag = "custom fields", params(CustomFieldQuery),
    responses((status = 200, body = Page<CustomFieldView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<CustomFieldQuery>,
) -> Answer<Json<Page<CustomFieldView>>> {
    Ok(Json(service::list(&app, &actor, &query).await?))
}

/// Adds a field to a kind of ticket, at once.
#[utoipa::path(post, path = "", operation_id = "createCustomField", tag = "custom fields",
    request_body = CustomFieldInput, responses((status = 201, body = CustomFieldView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<CustomFieldInput>,
) -> Answer<Created<CustomFieldView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/custom-fields/{}", body.id),
        version: body.version,
        body,
    })
}

/// One field.
#[utoipa::path(get, path = "/{id}", operation_id = "getCustomField", tag = "custom fields",
    params(("id" = Uuid, Path)), responses((status = 200, body = CustomFieldView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<CustomFieldView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes a field. Values that tickets have stay as they are.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateCustomField", tag = "custom fields",
    params(("id" = Uuid, Path)), request_body = CustomFieldPatch,
    responses((status = 200, body = CustomFieldView)))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
    Body(patch): Body<CustomFieldPatch>,
) -> Answer<Found<CustomFieldView>> {
    Ok(Found(
        service::update(&app, &actor, id, patch, if_match, clock::now()).await?,
    ))
}

/// Removes a field from forms and lists. Values that tickets have stay
/// readable, and its key is not free again.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteCustomField", tag = "custom fields",
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
