//! Handlers of sites.

use crate::SignedIn;
use crate::directory::dto::{DirectoryQuery, SiteInput, SitePatch, SiteView};
use crate::directory::service::sites as service;
use axum::Json;
use axum::extract::State;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, NoContent, Page, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the sites of the organization, by name.
#[utoipa::path(get, path = "", operation_id = "listSites", tag = "people", params(DirectoryQuery),
    responses((status = 200, body = Page<SiteView>)))]
pub(crate) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<DirectoryQuery>,
) -> Answer<Json<Page<SiteView>>> {
    Ok(Json(service::list(&app, &actor, query).await?))
}

/// Adds a site.
#[utoipa::path(post, path = "", operation_id = "createSite", tag = "people", request_body = SiteInput,
    responses((status = 201, body = SiteView), (status = 409, description = "The name is taken")))]
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<SiteInput>,
) -> Answer<Created<SiteView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/sites/{}", body.id),
        version: body.version,
        body,
    })
}

/// One site.
#[utoipa::path(get, path = "/{id}", operation_id = "getSite", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = SiteView)))]
pub(crate) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<SiteView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes a site; what is left out stays, `null` takes away.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateSite", tag = "people", params(("id" = Uuid, Path)),
    request_body = SitePatch, responses((status = 200, body = SiteView)))]
pub(crate) async fn change(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Body(patch): Body<SitePatch>,
) -> Answer<Found<SiteView>> {
    Ok(Found(
        service::change(&app, &actor, id, patch, seen, clock::now()).await?,
    ))
}

/// Removes a site that nothing hangs on.
#[utoipa::path(delete, path = "/{id}", operation_id = "deleteSite", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 409, description = "Something still hangs on it")))]
pub(crate) async fn delete(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::delete(&app, &actor, id).await?;
    Ok(NoContent)
}
