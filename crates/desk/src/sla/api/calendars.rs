//! Handlers of calendars.

use crate::sla::dto::{
    CalendarInput, CalendarPatch, CalendarPreview, CalendarPreviewQuery, CalendarView, Calendars,
    HolidayFile, HolidayFileView,
};
use crate::sla::service::calendars as service;
use crate::tickets::if_match;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, NoContent, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Every calendar of opening hours, by name.
#[utoipa::path(get, path = "/calendars", operation_id = "listSlaCalendars", tag = "sla",
    responses((status = 200, body = Calendars)))]
pub(in crate::sla) async fn list_calendars(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<Calendars>> {
    Ok(Json(service::list(&app, &actor).await?))
}

/// Adds a calendar.
#[utoipa::path(post, path = "/calendars", operation_id = "createSlaCalendar", tag = "sla",
    request_body = CalendarInput, responses((status = 201, body = CalendarView)))]
pub(in crate::sla) async fn create_calendar(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<CalendarInput>,
) -> Answer<Created<CalendarView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/sla/calendars/{}", body.id),
        version: body.version,
        body,
    })
}

/// One calendar.
#[utoipa::path(get, path = "/calendars/{id}", operation_id = "getSlaCalendar", tag = "sla",
    params(("id" = Uuid, Path)), responses((status = 200, body = CalendarView)))]
pub(in crate::sla) async fn get_calendar(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<CalendarView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Makes a new version of a calendar. Running clocks keep the version they have.
#[utoipa::path(patch, path = "/calendars/{id}", operation_id = "updateSlaCalendar", tag = "sla",
    params(("id" = Uuid, Path)), request_body = CalendarPatch, responses((status = 200, body = CalendarView)))]
pub(in crate::sla) async fn update_calendar(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Body(patch): Body<CalendarPatch>,
) -> Answer<Found<CalendarView>> {
    let if_match = if_match(&headers)?;
    Ok(Found(
        service::update(&app, &actor, id, patch, if_match, clock::now()).await?,
    ))
}

/// Removes a calendar that no policy uses; the default stays.
#[utoipa::path(delete, path = "/calendars/{id}", operation_id = "deleteSlaCalendar", tag = "sla",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(in crate::sla) async fn delete_calendar(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, clock::now()).await?;
    Ok(NoContent)
}

/// When a calendar opens next, and when a target from now would be due.
#[utoipa::path(get, path = "/calendars/{id}/preview", operation_id = "previewSlaCalendar", tag = "sla",
    params(("id" = Uuid, Path), CalendarPreviewQuery), responses((status = 200, body = CalendarPreview)))]
pub(in crate::sla) async fn preview_calendar(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    Query(query): Query<CalendarPreviewQuery>,
) -> Answer<Json<CalendarPreview>> {
    let view = service::preview(&app, &actor, id, &query, clock::now()).await?;
    Ok(Json(view))
}

/// Reads the all-day events of an iCalendar file as closed dates. Nothing is
/// saved: put what is wanted of the answer into a calendar.
#[utoipa::path(post, path = "/holidays/read", operation_id = "readHolidayFile", tag = "sla",
    request_body = HolidayFile, responses((status = 200, body = HolidayFileView)))]
pub(in crate::sla) async fn read_holidays(
    SignedIn(actor): SignedIn,
    Body(input): Body<HolidayFile>,
) -> Answer<Json<HolidayFileView>> {
    Ok(Json(service::read_file(&actor, &input, clock::now())?))
}
