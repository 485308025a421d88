//! Handlers of having running clocks counted by current versions.

use crate::sla::dto::{RecomputePreview, RecomputeView};
use crate::sla::service::recompute as service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Path};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Which running clocks count by earlier versions of policies and calendars,
/// and how they would change.
#[utoipa::path(get, path = "/recomputes/preview", operation_id = "previewSlaRecompute", tag = "sla",
    responses((status = 200, body = RecomputePreview)))]
pub(in crate::sla) async fn preview_recompute(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<RecomputePreview>> {
    Ok(Json(service::preview(&app, &actor, clock::now()).await?))
}

/// Has the running clocks go over to current versions. What they have used up
/// stays used up; breaches stay recorded.
#[utoipa::path(post, path = "/recomputes", operation_id = "recomputeSla", tag = "sla",
    responses((status = 200, body = RecomputeView)))]
pub(in crate::sla) async fn recompute(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<RecomputeView>> {
    Ok(Json(service::apply(&app, &actor, clock::now()).await?))
}

/// Takes a recompute back.
#[utoipa::path(post, path = "/recomputes/{id}/undo", operation_id = "undoSlaRecompute", tag = "sla",
    params(("id" = Uuid, Path)), responses((status = 200, body = RecomputeView)))]
pub(in crate::sla) async fn undo_recompute(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<RecomputeView>> {
    Ok(Json(service::undo(&app, &actor, id, clock::now()).await?))
}
