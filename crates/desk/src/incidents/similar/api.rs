//! Handlers of suggestions.

use super::dto::{SuggestionInput, Suggestions};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::App;
use steward_platform::http::{Answer, Body, Path};

/// Tickets like what is being written, and the major incidents that go on.
/// Keeps nothing.
#[utoipa::path(post, path = "/suggestions", operation_id = "suggestForReport", tag = "incidents",
    request_body = SuggestionInput, responses((status = 200, body = Suggestions)))]
pub(super) async fn for_text(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<SuggestionInput>,
) -> Answer<Json<Suggestions>> {
    Ok(Json(service::for_text(&app, &actor, &input).await?))
}

/// Tickets like this one, and the major incidents that go on.
#[utoipa::path(get, path = "/{key}/suggestions", operation_id = "listSuggestions", tag = "incidents",
    params(("key" = String, Path)), responses((status = 200, body = Suggestions)))]
pub(super) async fn for_ticket(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Json<Suggestions>> {
    Ok(Json(service::for_ticket(&app, &actor, &key).await?))
}
