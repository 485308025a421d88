//! Handlers of categories.

use super::dto::{CategoryInput, CategoryMove, CategoryPatch, CategoryQuery, CategoryView};
use super::service;
use crate::tickets::if_match;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, NoContent, Page, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the categories of the organization: each before those below it, siblings in order.
#[utoipa::path(get, path = "", operation_id = "listCategories", tag = "categories", params(CategoryQuery),
    responses((status = 200, body = Page<CategoryView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<CategoryQuery>,
) -> Answer<Json<Page<CategoryView>>> {
    Ok(Json(service::list(&app, &actor, &query).await?))
}

/// Adds a category.
#[utoipa::path(post, path = "", operation_id = "createCategory", tag = "categories", request_body = CategoryInput,
    responses((status = 201, body = CategoryView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<CategoryInput>,
) -> Answer<Created<CategoryView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/categories/{}", body.id),
        version: body.version,
        body,
    })
}

/// One category.
#[utoipa::path(get, path = "/{id}", operation_id = "getCategory", tag = "categories",
    params(("id" = Uuid, Path)), responses((status = 200, body = CategoryView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<CategoryView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Renames, retires or reorders a category; tickets keep the name they were given.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateCategory", tag = "categories",
    params(("id" = Uuid, Path)), request_body = CategoryPatch, responses((status = 200, body = CategoryView)))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Body(patch): Body<CategoryPatch>,
) -> Answer<Found<CategoryView>> {
    Ok(Found(
        service::update(&app, &actor, id, patch, if_match(&headers)?, clock::now()).await?,
    ))
}

/// Moves a category with everything below it.
#[utoipa::path(post, path = "/{id}/move", operation_id = "moveCategory", tag = "categories",
    params(("id" = Uuid, Path)), request_body = CategoryMove, responses((status = 200, body = CategoryView)))]
pub(super) async fn move_to(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Body(place): Body<CategoryMove>,
) -> Answer<Found<CategoryView>> {
    Ok(Found(
        service::move_to(&app, &actor, id, place, if_match(&headers)?, clock::now()).await?,
    ))
}

/// Deletes a category that has none below it; tickets keep its name.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteCategory", tag = "categories",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, if_match(&headers)?).await?;
    Ok(NoContent)
}
