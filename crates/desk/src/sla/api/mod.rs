//! Handlers of service levels.

mod calendars;
mod policies;
mod recompute;
mod simulate;

pub(super) use calendars::*;
pub(super) use policies::*;
pub(super) use recompute::*;
pub(super) use simulate::*;

use super::calculate::calculate as answer;
use super::dto::{CalculateAnswer, CalculateInput, TicketSlaView};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Path};
use steward_platform::{App, clock};

/// When is a target reached on a given calendar, or how much business time
/// lies between two instants? The same arithmetic as that of tickets.
#[utoipa::path(post, path = "/calculate", operation_id = "calculateSla", tag = "sla",
    request_body = CalculateInput, responses((status = 200, body = CalculateAnswer)))]
pub(super) async fn calculate(
    SignedIn(_actor): SignedIn,
    Body(input): Body<CalculateInput>,
) -> Answer<Json<CalculateAnswer>> {
    Ok(Json(answer(&input)?))
}

/// The clocks of a ticket: how they stand, and why. The counted intervals sum
/// to what is used up.
#[utoipa::path(get, path = "/{key}/sla", operation_id = "getTicketSla", tag = "sla",
    params(("key" = String, Path)), responses((status = 200, body = TicketSlaView)))]
pub(super) async fn explain(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Json<TicketSlaView>> {
    let view = service::explain::explain(&app, &actor, &key, clock::now()).await?;
    Ok(Json(view))
}
