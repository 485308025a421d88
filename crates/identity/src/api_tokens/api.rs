//! Handlers of API tokens.

use super::dto::{ApiTokenInput, ApiTokenQuery, ApiTokenView, ApiTokens, NewApiTokenView};
use super::service;
use crate::SignedIn;
use axum::Json;
use axum::extract::State;
use steward_platform::http::{Answer, Body, Created, NoContent, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists API tokens that have not ended: one's own, or those of an account one manages.
#[utoipa::path(get, path = "", operation_id = "listApiTokens", tag = "people", params(ApiTokenQuery),
    responses((status = 200, body = ApiTokens)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<ApiTokenQuery>,
) -> Answer<Json<ApiTokens>> {
    Ok(Json(
        service::list(&app, &actor, query.user, clock::now()).await?,
    ))
}

/// Makes an API token with some of one's own rights. The token is shown once.
#[utoipa::path(post, path = "", operation_id = "createApiToken", tag = "people", request_body = ApiTokenInput,
    responses((status = 201, body = NewApiTokenView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<ApiTokenInput>,
) -> Answer<Created<NewApiTokenView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/api-tokens/{}", body.id),
        version: 1,
        body,
    })
}

/// One API token, without the token.
#[utoipa::path(get, path = "/{id}", operation_id = "getApiToken", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = ApiTokenView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<ApiTokenView>> {
    Ok(Json(service::get(&app, &actor, id).await?))
}

/// Ends an API token at once.
#[utoipa::path(delete, path = "/{id}", operation_id = "revokeApiToken", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn revoke(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::revoke(&app, &actor, id, clock::now()).await?;
    Ok(NoContent)
}
