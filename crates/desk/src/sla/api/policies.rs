//! Handlers of policies.

use crate::sla::dto::{Policies, PolicyInput, PolicyPatch, PolicyView};
use crate::sla::service::policies as service;
use crate::tickets::if_match;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, NoContent, Path};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Every policy, in their order: the first that matches a ticket counts.
#[utoipa::path(get, path = "/policies", operation_id = "listSlaPolicies", tag = "sla",
    responses((status = 200, body = Policies)))]
pub(in crate::sla) async fn list_policies(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<Policies>> {
    Ok(Json(service::list(&app, &actor).await?))
}

/// Adds a policy.
#[utoipa::path(post, path = "/policies", operation_id = "createSlaPolicy", tag = "sla",
    request_body = PolicyInput, responses((status = 201, body = PolicyView)))]
pub(in crate::sla) async fn create_policy(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<PolicyInput>,
) -> Answer<Created<PolicyView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/sla/policies/{}", body.id),
        version: body.version,
        body,
    })
}

/// One policy.
#[utoipa::path(get, path = "/policies/{id}", operation_id = "getSlaPolicy", tag = "sla",
    params(("id" = Uuid, Path)), responses((status = 200, body = PolicyView)))]
pub(in crate::sla) async fn get_policy(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<PolicyView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Makes a new version of a policy. Running clocks keep the version they have.
#[utoipa::path(patch, path = "/policies/{id}", operation_id = "updateSlaPolicy", tag = "sla",
    params(("id" = Uuid, Path)), request_body = PolicyPatch, responses((status = 200, body = PolicyView)))]
pub(in crate::sla) async fn update_policy(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Body(patch): Body<PolicyPatch>,
) -> Answer<Found<PolicyView>> {
    let if_match = if_match(&headers)?;
    Ok(Found(
        service::update(&app, &actor, id, patch, if_match, clock::now()).await?,
    ))
}

/// Removes a policy; clocks that run under it go on.
#[utoipa::path(delete, path = "/policies/{id}", operation_id = "deleteSlaPolicy", tag = "sla",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(in crate::sla) async fn delete_policy(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, clock::now()).await?;
    Ok(NoContent)
}
