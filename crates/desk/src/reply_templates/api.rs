//! Handlers of reply templates.

use super::dto::{
    RenderedTemplate, ReplyTemplateInput, ReplyTemplatePatch, ReplyTemplateQuery, ReplyTemplateView,
};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Page, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the reply templates that the caller may use, by name.
#[utoipa::path(get, path = "", operation_id = "listReplyTemplates", tag = "reply templates",
    params(ReplyTemplateQuery), responses((status = 200, body = Page<ReplyTemplateView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<ReplyTemplateQuery>,
) -> Answer<Json<Page<ReplyTemplateView>>> {
    Ok(Json(service::list(&app, &actor, &query).await?))
}

/// Adds a reply template.
#[utoipa::path(post, path = "", operation_id = "createReplyTemplate", tag = "reply templates",
    request_body = ReplyTemplateInput, responses((status = 201, body = ReplyTemplateView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<ReplyTemplateInput>,
) -> Answer<Created<ReplyTemplateView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/reply-templates/{}", body.id),
        version: body.version,
        body,
    })
}

/// One reply template.
#[utoipa::path(get, path = "/{id}", operation_id = "getReplyTemplate", tag = "reply templates",
    params(("id" = Uuid, Path)), responses((status = 200, body = ReplyTemplateView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<ReplyTemplateView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes a reply template.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateReplyTemplate", tag = "reply templates",
    params(("id" = Uuid, Path)), request_body = ReplyTemplatePatch,
    responses((status = 200, body = ReplyTemplateView)))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
    Body(patch): Body<ReplyTemplatePatch>,
) -> Answer<Found<ReplyTemplateView>> {
    Ok(Found(
        service::update(&app, &actor, id, patch, if_match, clock::now()).await?,
    ))
}

/// Deletes a reply template.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteReplyTemplate", tag = "reply templates",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    if_match: IfMatch,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id, if_match).await?;
    Ok(NoContent)
}

/// Fills a reply template from a ticket. Sends nothing.
#[utoipa::path(post, path = "/{key}/reply-templates/{template_id}/render", operation_id = "renderReplyTemplate",
    tag = "reply templates", params(("key" = String, Path), ("template_id" = Uuid, Path)),
    responses((status = 200, body = RenderedTemplate)))]
pub(super) async fn render(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path((key, template)): Path<(String, Uuid)>,
) -> Answer<Json<RenderedTemplate>> {
    Ok(Json(service::render(&app, &actor, &key, template).await?))
}
