//! Handlers of conditions.

use super::dto::{ConditionCheckInput, ConditionCheckView, FieldList};
use super::service;
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body};
use steward_platform::{App, clock};

/// The fields that a condition can test, with their operators and values.
#[utoipa::path(get, path = "/fields", operation_id = "listExpressionFields", tag = "expressions",
    responses((status = 200, body = FieldList)))]
pub(super) async fn fields(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<FieldList>> {
    Ok(Json(service::fields(&app, &actor).await?))
}

/// The form of a condition as JSON Schema.
#[utoipa::path(get, path = "/schema", operation_id = "getExpressionSchema", tag = "expressions",
    responses((status = 200, body = Object, content_type = "application/json")))]
pub(super) async fn schema(SignedIn(actor): SignedIn) -> Answer<Json<Value>> {
    Ok(Json(service::schema(&actor)?))
}

/// Checks a condition, says it in words and counts the open tickets that it
/// matches now. Keeps nothing; a condition with mistakes is answered with them.
#[utoipa::path(post, path = "/check", operation_id = "checkExpression", tag = "expressions",
    request_body = ConditionCheckInput, responses((status = 200, body = ConditionCheckView)))]
pub(super) async fn check(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<ConditionCheckInput>,
) -> Answer<Json<ConditionCheckView>> {
    Ok(Json(
        service::check(&app, &actor, input, clock::now()).await?,
    ))
}
