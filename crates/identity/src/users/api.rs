//! Handlers of people.

use super::dto::{ListQuery, NewUserInput, UserView};
use super::service;
use crate::SignedIn;
use axum::Json;
use axum::extract::State;
use steward_kernel::page::PageRequest;
use steward_platform::http::{Answer, Body, Created, Found, Page, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the people of the organization.
#[utoipa::path(get, path = "", operation_id = "listUsers", tag = "people", params(ListQuery),
    responses((status = 200, body = Page<UserView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<ListQuery>,
) -> Answer<Json<Page<UserView>>> {
    let request = PageRequest::new(query.page, query.per_page, None)?;
    Ok(Json(service::list(&app, &actor, &request).await?))
}

/// Adds a person.
#[utoipa::path(post, path = "", operation_id = "createUser", tag = "people", request_body = NewUserInput,
    responses((status = 201, body = UserView),
    (status = 409, description = "The address or username is taken"),
    (status = 422, description = "A field is not valid; the password is weak or personal; a role is unknown")))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<NewUserInput>,
) -> Answer<Created<UserView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/users/{}", body.id),
        version: body.version,
        body,
    })
}

/// The signed-in person.
#[utoipa::path(get, path = "/me", operation_id = "getMe", tag = "people", responses((status = 200, body = UserView)))]
pub(super) async fn me(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Found<UserView>> {
    let view = service::get(&app, &actor, actor.user_id.0).await?;
    let version = view.version;
    Ok(Found(view, version))
}

/// One person.
#[utoipa::path(get, path = "/{id}", operation_id = "getUser", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = UserView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<UserView>> {
    let view = service::get(&app, &actor, id).await?;
    let version = view.version;
    Ok(Found(view, version))
}

/// Ends a person's access at once.
#[utoipa::path(post, path = "/{id}/deactivate", operation_id = "deactivateUser", tag = "people",
    params(("id" = Uuid, Path)), responses((status = 200, body = UserView)))]
pub(super) async fn deactivate(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<UserView>> {
    let view = service::deactivate(&app, &actor, id, clock::now()).await?;
    let version = view.version;
    Ok(Found(view, version))
}
