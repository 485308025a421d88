//! Handlers of reports.

use super::dto::{ReportList, ReportQuery, ReportView};
use super::service;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Path, Query};
use steward_platform::{App, clock};

/// The reports that there are, with their definitions.
#[utoipa::path(get, path = "", operation_id = "listReports", tag = "reports",
    responses((status = 200, body = ReportList)))]
pub(super) async fn list(SignedIn(actor): SignedIn) -> Answer<Json<ReportList>> {
    Ok(Json(service::list(&actor)?))
}

/// Figures of a period, over the tickets that the caller may see.
#[utoipa::path(get, path = "/{name}", operation_id = "getReport", tag = "reports",
    params(("name" = String, Path), ReportQuery), responses((status = 200, body = ReportView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(name): Path<String>,
    Query(query): Query<ReportQuery>,
) -> Answer<Json<ReportView>> {
    Ok(Json(
        service::get(&app, &actor, &name, query, clock::now()).await?,
    ))
}

/// The same figures as CSV.
#[utoipa::path(get, path = "/{name}/export", operation_id = "exportReport", tag = "reports",
    params(("name" = String, Path), ReportQuery),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(super) async fn export(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(name): Path<String>,
    Query(query): Query<ReportQuery>,
) -> Answer<impl IntoResponse> {
    let view = service::get(&app, &actor, &name, query, clock::now()).await?;
    let disposition = format!("attachment; filename=\"{}.csv\"", view.name);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, service::csv(&view)))
}
