//! Handler of the assessment.

use super::dto::{AssessmentInput, AssessmentView};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::App;
use steward_platform::http::{Answer, Body};

/// Suggests impact, urgency and priority from what is known, and says why.
/// Keeps nothing.
#[utoipa::path(post, path = "/assess", operation_id = "assessIncident", tag = "incidents",
    request_body = AssessmentInput, responses((status = 200, body = AssessmentView)))]
pub(super) async fn assess(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<AssessmentInput>,
) -> Answer<Json<AssessmentView>> {
    Ok(Json(service::assess(&app, &actor, input).await?))
}
