//! Handlers of the priority matrix.

use super::dto::{MatrixInput, MatrixView};
use super::service;
use axum::extract::State;
use axum::http::HeaderMap;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Found};
use steward_platform::{App, clock};

/// The priority for each impact and urgency.
#[utoipa::path(get, path = "", operation_id = "getPriorityMatrix", tag = "incidents",
    responses((status = 200, body = MatrixView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Found<MatrixView>> {
    Ok(Found(service::get(&app, &actor).await?))
}

/// Replaces the matrix. Tickets keep their priority until their impact or
/// urgency changes.
#[utoipa::path(put, path = "", operation_id = "replacePriorityMatrix", tag = "incidents",
    request_body = MatrixInput, responses((status = 200, body = MatrixView)))]
pub(super) async fn put(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
    Body(input): Body<MatrixInput>,
) -> Answer<Found<MatrixView>> {
    let if_match = crate::tickets::if_match(&headers)?;
    Ok(Found(
        service::replace(&app, &actor, input, if_match, clock::now()).await?,
    ))
}
