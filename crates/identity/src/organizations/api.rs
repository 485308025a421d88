//! Handlers of organizations.

use super::dto::{
    NewOrganizationView, OrganizationInput, OrganizationPatch, OrganizationQuery, OrganizationView,
    OwnOrganizationPatch, SetupInput, SetupView,
};
use super::service;
use crate::SignedIn;
use axum::Json;
use axum::extract::State;
use steward_platform::http::{Answer, Body, Created, Found, IfMatch, Page, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the organizations of the deployment by name; for operators.
#[utoipa::path(get, path = "", operation_id = "listOrganizations", tag = "administration", params(OrganizationQuery),
    responses((status = 200, body = Page<OrganizationView>), (status = 403, description = "You are no operator")))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<OrganizationQuery>,
) -> Answer<Json<Page<OrganizationView>>> {
    Ok(Json(service::list(&app, &actor, query).await?))
}

/// Adds an organization with its first administrator; for operators.
#[utoipa::path(post, path = "", operation_id = "createOrganization", tag = "administration",
    request_body = OrganizationInput, responses((status = 201, body = NewOrganizationView),
    (status = 403, description = "You are no operator"),
    (status = 409, description = "The name, the domain or the address is taken"),
    (status = 422, description = "A field is not valid; the password is weak or personal")))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<OrganizationInput>,
) -> Answer<Created<NewOrganizationView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/organizations/{}", body.organization.id),
        version: body.organization.version,
        body,
    })
}

/// One organization; for operators.
#[utoipa::path(get, path = "/{id}", operation_id = "getOrganization", tag = "administration",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = OrganizationView), (status = 403, description = "You are no operator")))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<OrganizationView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes an organization; for operators. Deactivating one signs its people out at once.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateOrganization", tag = "administration",
    params(("id" = Uuid, Path)), request_body = OrganizationPatch, responses((status = 200, body = OrganizationView),
    (status = 403, description = "You are no operator"),
    (status = 409, description = "The name or domain is taken, or it is your own organization that you deactivate")))]
pub(super) async fn change(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Body(patch): Body<OrganizationPatch>,
) -> Answer<Found<OrganizationView>> {
    Ok(Found(
        service::change(&app, &actor, id, patch, seen, clock::now()).await?,
    ))
}

/// The organization of the signed-in person.
#[utoipa::path(get, path = "", operation_id = "getOwnOrganization", tag = "administration",
    responses((status = 200, body = OrganizationView)))]
pub(super) async fn own(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Found<OrganizationView>> {
    Ok(Found(service::own(&app, &actor).await?))
}

/// Changes name, time zone and language of the own organization.
#[utoipa::path(patch, path = "", operation_id = "updateOwnOrganization", tag = "administration",
    request_body = OwnOrganizationPatch, responses((status = 200, body = OrganizationView),
    (status = 409, description = "The name is taken")))]
pub(super) async fn change_own(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    seen: IfMatch,
    Body(patch): Body<OwnOrganizationPatch>,
) -> Answer<Found<OrganizationView>> {
    Ok(Found(
        service::change_own(&app, &actor, patch, seen, clock::now()).await?,
    ))
}

/// Whether the deployment waits for its first organization.
#[utoipa::path(get, path = "", operation_id = "getSetup", tag = "administration", security(()),
    responses((status = 200, body = SetupView)))]
pub(super) async fn needs_setup(State(app): State<App>) -> Answer<Json<SetupView>> {
    let needed = service::is_empty(&app).await?;
    Ok(Json(SetupView { needed }))
}

/// Makes the first organization and its administrator, who may also manage further organizations.
///
/// Works once, while there is no organization. The code stands in the log of the server's start.
#[utoipa::path(post, path = "", operation_id = "setUp", tag = "administration", security(()),
    request_body = SetupInput, responses((status = 201, body = NewOrganizationView),
    (status = 403, description = "The code is wrong"),
    (status = 409, description = "There is an organization already"),
    (status = 422, description = "A field is not valid; the password is weak or personal")))]
pub(super) async fn set_up(
    State(app): State<App>,
    Body(input): Body<SetupInput>,
) -> Answer<Created<NewOrganizationView>> {
    let body = service::set_up(&app, input, clock::now()).await?;
    Ok(Created {
        location: "/api/v1/organization".to_owned(),
        version: body.organization.version,
        body,
    })
}
