//! Handlers of the example.

use super::dto::{ExampleMade, ExampleView};
use super::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Created, NoContent, Versioned};
use steward_platform::{App, clock};

/// Whether there is an example organization, and whether its tickets are all there; for operators.
#[utoipa::path(get, path = "", operation_id = "getExampleOrganization", tag = "administration",
    responses((status = 200, body = ExampleView), (status = 403, description = "You are no operator")))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<ExampleView>> {
    Ok(Json(service::get(&app, &actor).await?))
}

/// Adds an organization of invented people and tickets beside the real ones; for operators.
///
/// The tickets follow within a minute. The password is told here and never again.
#[utoipa::path(post, path = "", operation_id = "addExampleOrganization", tag = "administration",
    responses((status = 201, body = ExampleMade), (status = 403, description = "You are no operator"),
    (status = 409, description = "There is one already, or its name or an address is taken")))]
pub(super) async fn add(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Created<ExampleMade>> {
    let body = service::add(&app, &actor, clock::now()).await?;
    Ok(Created {
        location: "/api/v1/organizations/example".to_owned(),
        version: Versioned::version(&body.organization),
        body,
    })
}

/// Removes the example organization with everything in it, for good; for operators.
#[utoipa::path(delete, path = "", operation_id = "removeExampleOrganization", tag = "administration",
    responses((status = 204), (status = 403, description = "You are no operator"),
    (status = 404, description = "There is none"),
    (status = 409, description = "It is your own organization")))]
pub(super) async fn remove(State(app): State<App>, SignedIn(actor): SignedIn) -> Answer<NoContent> {
    service::remove(&app, &actor, clock::now()).await?;
    Ok(NoContent)
}
