//! Handlers of roles and permissions.

use super::dto::{
    EffectivePermissions, PreviewInput, PreviewView, RoleInput, RolePatch, RoleView, Vocabulary,
};
use super::service;
use crate::SignedIn;
use axum::Json;
use axum::extract::State;
use steward_kernel::page::PageRequest;
use steward_platform::http::{
    Answer, Body, Created, Found, IfMatch, NoContent, Page, Pagination, Path,
};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the roles of the organization; all stand on one page.
#[utoipa::path(get, path = "", operation_id = "listRoles", tag = "people", responses((status = 200, body = Page<RoleView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<Page<RoleView>>> {
    let data = service::list(&app, &actor).await?;
    let total = i64::try_from(data.len()).unwrap_or(i64::MAX);
    let request = PageRequest::new(None, None, None)?;
    let pagination = Pagination::new(&request, total, false, None);
    Ok(Json(Page { data, pagination }))
}

/// Adds a role.
#[utoipa::path(post, path = "", operation_id = "createRole", tag = "people", request_body = RoleInput,
    responses((status = 201, body = RoleView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<RoleInput>,
) -> Answer<Created<RoleView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/roles/{}", body.id),
        version: body.version,
        body,
    })
}

/// One role.
#[utoipa::path(get, path = "/{id}", operation_id = "getRole", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = RoleView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<RoleView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes a role; its holders have the new rights from their next request.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateRole", tag = "people", params(("id" = Uuid, Path)),
    request_body = RolePatch, responses((status = 200, body = RoleView)))]
pub(super) async fn change(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Body(patch): Body<RolePatch>,
) -> Answer<Found<RoleView>> {
    Ok(Found(
        service::change(&app, &actor, id, patch, seen, clock::now()).await?,
    ))
}

/// Removes a role that nobody holds.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteRole", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, clock::now()).await?;
    Ok(NoContent)
}

/// Says who would gain or lose what if the role granted something else. Saves nothing.
#[utoipa::path(post, path = "/{id}/preview", operation_id = "previewRole", tag = "people", params(("id" = Uuid, Path)),
    request_body = PreviewInput, responses((status = 200, body = PreviewView)))]
pub(super) async fn preview(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    Body(input): Body<PreviewInput>,
) -> Answer<Json<PreviewView>> {
    Ok(Json(service::preview(&app, &actor, id, input).await?))
}

/// Lists everything that roles can grant.
#[utoipa::path(get, path = "", operation_id = "listPermissions", tag = "people", responses((status = 200, body = Vocabulary)))]
pub(super) async fn vocabulary(SignedIn(actor): SignedIn) -> Answer<Json<Vocabulary>> {
    Ok(Json(service::vocabulary(&actor)?))
}

/// What a person may do, and which roles give it.
#[utoipa::path(get, path = "/{id}/permissions", operation_id = "listUserPermissions", tag = "people",
    params(("id" = Uuid, Path)), responses((status = 200, body = EffectivePermissions)))]
pub(super) async fn of_user(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<EffectivePermissions>> {
    Ok(Json(service::effective(&app, &actor, id).await?))
}
