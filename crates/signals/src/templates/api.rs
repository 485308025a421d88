//! Handlers of notification templates.

use super::dto::{
    NotificationTemplates, PreviewInput, PreviewView, TemplateInput, TemplateVersions, TemplateView,
};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Found, IfMatch, Path};
use steward_platform::{App, clock};

type Address = (String, String, String);

/// Every template of notifications, and which the organization wrote itself (`notification_template:manage`).
#[utoipa::path(get, path = "", operation_id = "listNotificationTemplates", tag = "notification templates",
    responses((status = 200, body = NotificationTemplates)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<NotificationTemplates>> {
    Ok(Json(service::list(&app, &actor).await?))
}

/// One template: the organization's own, else the built-in one.
#[utoipa::path(get, path = "/{matter}/{medium}/{language}", operation_id = "getNotificationTemplate",
    tag = "notification templates",
    params(("matter" = String, Path), ("medium" = String, Path), ("language" = String, Path)),
    responses((status = 200, body = TemplateView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(address): Path<Address>,
) -> Answer<Found<TemplateView>> {
    let key = service::key(&address)?;
    Ok(Found(service::get(&app, &actor, key).await?))
}

/// Keeps an own version of a template, if it can be written and leaves out nothing that was said.
#[utoipa::path(put, path = "/{matter}/{medium}/{language}", operation_id = "putNotificationTemplate",
    tag = "notification templates",
    params(("matter" = String, Path), ("medium" = String, Path), ("language" = String, Path)),
    request_body = TemplateInput, responses((status = 200, body = TemplateView),
    (status = 422, description = "A part cannot be written, or leaves out what was said; names line and column")))]
pub(super) async fn put(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(address): Path<Address>,
    seen: IfMatch,
    Body(input): Body<TemplateInput>,
) -> Answer<Found<TemplateView>> {
    let key = service::key(&address)?;
    let kept = service::put(&app, &actor, key, input, seen, clock::now()).await?;
    Ok(Found(kept))
}

/// Lets the built-in template hold again; the own versions stay in the history.
#[utoipa::path(delete, path = "/{matter}/{medium}/{language}", operation_id = "resetNotificationTemplate",
    tag = "notification templates",
    params(("matter" = String, Path), ("medium" = String, Path), ("language" = String, Path)),
    responses((status = 200, body = TemplateView)))]
pub(super) async fn reset(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(address): Path<Address>,
    seen: IfMatch,
) -> Answer<Found<TemplateView>> {
    let key = service::key(&address)?;
    let kept = service::reset(&app, &actor, key, seen, clock::now()).await?;
    Ok(Found(kept))
}

/// Versions of a template, the newest first: who changed what, and when.
#[utoipa::path(get, path = "/{matter}/{medium}/{language}/versions", operation_id = "listNotificationTemplateVersions",
    tag = "notification templates",
    params(("matter" = String, Path), ("medium" = String, Path), ("language" = String, Path)),
    responses((status = 200, body = TemplateVersions)))]
pub(super) async fn history(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(address): Path<Address>,
) -> Answer<Json<TemplateVersions>> {
    let key = service::key(&address)?;
    Ok(Json(service::history(&app, &actor, key).await?))
}

/// Writes the mail or message that a ticket's news would make, by what is being written. Sends nothing.
#[utoipa::path(post, path = "/{matter}/{medium}/{language}/preview", operation_id = "previewNotificationTemplate",
    tag = "notification templates",
    params(("matter" = String, Path), ("medium" = String, Path), ("language" = String, Path)),
    request_body = PreviewInput, responses((status = 200, body = PreviewView)))]
pub(super) async fn preview(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(address): Path<Address>,
    Body(input): Body<PreviewInput>,
) -> Answer<Json<PreviewView>> {
    let key = service::key(&address)?;
    Ok(Json(service::preview(&app, &actor, key, input).await?))
}
