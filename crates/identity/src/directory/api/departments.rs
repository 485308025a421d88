//! Handlers of departments.

use crate::SignedIn;
use crate::directory::dto::{DepartmentInput, DepartmentPatch, DepartmentView, DirectoryQuery};
use crate::directory::service::departments as service;
use axum::Json;
use axum::extract::State;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Page, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the departments of the organization, by name.
#[utoipa::path(get, path = "", operation_id = "listDepartments", tag = "people", params(DirectoryQuery),
    responses((status = 200, body = Page<DepartmentView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<DirectoryQuery>,
) -> Answer<Json<Page<DepartmentView>>> {
    Ok(Json(service::list(&app, &actor, query).await?))
}

/// Adds a department.
#[utoipa::path(post, path = "", operation_id = "createDepartment", tag = "people", request_body = DepartmentInput,
    responses((status = 201, body = DepartmentView), (status = 409, description = "The name is taken")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<DepartmentInput>,
) -> Answer<Created<DepartmentView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/departments/{}", body.id),
        version: body.version,
        body,
    })
}

/// One department.
#[utoipa::path(get, path = "/{id}", operation_id = "getDepartment", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = DepartmentView)))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<DepartmentView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes a department; what is left out stays, `null` takes away.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateDepartment", tag = "people", params(("id" = Uuid, Path)),
    request_body = DepartmentPatch, responses((status = 200, body = DepartmentView)))]
pub(crate) async fn change(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Body(patch): Body<DepartmentPatch>,
) -> Answer<Found<DepartmentView>> {
    Ok(Found(
        service::change(&app, &actor, id, patch, seen, clock::now()).await?,
    ))
}

/// Removes a department that nothing hangs on.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteDepartment", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 409, description = "Something still hangs on it")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id).await?;
    Ok(NoContent)
}
