//! Handler of the simulation.

use crate::sla::dto::{SimulationInput, SimulationView};
use crate::sla::service::simulate as service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body};
use steward_platform::{App, clock};

/// Replays the tickets of a period under draft policies and calendars, and
/// compares. Changes nothing.
#[utoipa::path(post, path = "/simulate", operation_id = "simulateSla", tag = "sla",
    request_body = SimulationInput, responses((status = 200, body = SimulationView)))]
pub(in crate::sla) async fn simulate(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<SimulationInput>,
) -> Answer<Json<SimulationView>> {
    Ok(Json(
        service::simulate(&app, &actor, input, clock::now()).await?,
    ))
}
