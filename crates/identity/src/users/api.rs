//! Handlers of people.

use super::dto::{
    ExportQuery, ListQuery, LookupQuery, MePatch, NewUserInput, PersonNames, UserPatch, UserView,
};
use super::service;
use crate::SignedIn;
use crate::auth::Enrolling;
use axum::Json;
use axum::extract::State;
use steward_platform::http::{Answer, Body, Created, CsvFile, Found, IfMatch, Page, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the people of the organization.
#[utoipa::path(get, path = "", operation_id = "listUsers", tag = "people", params(ListQuery),
    responses((status = 200, body = Page<UserView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<ListQuery>,
) -> Answer<Json<Page<UserView>>> {
    Ok(Json(service::list(&app, &actor, query).await?))
}

/// The directory as a CSV file, by name, at most 100,000 people.
#[utoipa::path(get, path = "/export", operation_id = "exportUsers", tag = "people", params(ExportQuery),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(super) async fn export(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<ExportQuery>,
) -> Answer<CsvFile> {
    Ok(service::export(&app, &actor, query).await?)
}

/// Finds active people by name, to report something on their behalf: names
/// and departments, no addresses.
#[utoipa::path(get, path = "/lookup", operation_id = "lookUpPeople", tag = "people", params(LookupQuery),
    responses((status = 200, body = PersonNames)))]
pub(super) async fn lookup(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<LookupQuery>,
) -> Answer<Json<PersonNames>> {
    Ok(Json(service::lookup(&app, &actor, query).await?))
}

/// Adds a person.
#[utoipa::path(post, path = "", operation_id = "createUser", tag = "people", request_body = NewUserInput,
    responses((status = 201, body = UserView),
    (status = 409, description = "The address or username is taken"),
    (status = 422, description = "A field is not valid; the password is weak or personal; a role is unknown")))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<NewUserInput>,
) -> Answer<Created<UserView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/users/{}", body.id),
        version: body.version,
        body,
    })
}

/// The signed-in person.
#[utoipa::path(get, path = "/me", operation_id = "getMe", tag = "people", responses((status = 200, body = UserView)))]
pub(super) async fn me(
    State(app): State<App>,
    Enrolling(actor): Enrolling,
) -> Answer<Found<UserView>> {
    Ok(Found(service::get(&app, &actor, actor.user_id.0).await?))
}

/// Changes one's own record: names, telephone, zone, language, skills, absence.
#[utoipa::path(patch, path = "/me", operation_id = "updateMe", tag = "people", request_body = MePatch,
    responses((status = 200, body = UserView)))]
pub(super) async fn change_me(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    seen: IfMatch,
    Body(patch): Body<MePatch>,
) -> Answer<Found<UserView>> {
    Ok(Found(
        service::change_me(&app, &actor, patch, seen, clock::now()).await?,
    ))
}

/// One person.
#[utoipa::path(get, path = "/{id}", operation_id = "getUser", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = UserView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<UserView>> {
    Ok(Found(service::get(&app, &actor, id).await?))
}

/// Changes a person's record and roles.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateUser", tag = "people", params(("id" = Uuid, Path)),
    request_body = UserPatch, responses((status = 200, body = UserView)))]
pub(super) async fn change(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Body(patch): Body<UserPatch>,
) -> Answer<Found<UserView>> {
    Ok(Found(
        service::change(&app, &actor, id, patch, seen, clock::now()).await?,
    ))
}

/// Ends a person's access at once.
#[utoipa::path(post, path = "/{id}/deactivate", operation_id = "deactivateUser", tag = "people",
    params(("id" = Uuid, Path)), responses((status = 200, body = UserView)))]
pub(super) async fn deactivate(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<UserView>> {
    Ok(Found(
        service::deactivate(&app, &actor, id, clock::now()).await?,
    ))
}

/// Lets a person sign in again.
#[utoipa::path(post, path = "/{id}/activate", operation_id = "activateUser", tag = "people",
    params(("id" = Uuid, Path)), responses((status = 200, body = UserView)))]
pub(super) async fn activate(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<UserView>> {
    Ok(Found(
        service::activate(&app, &actor, id, clock::now()).await?,
    ))
}

/// Ends the lockout of an account before its time.
#[utoipa::path(post, path = "/{id}/unlock", operation_id = "unlockUser", tag = "people",
    params(("id" = Uuid, Path)), responses((status = 200, body = UserView)))]
pub(super) async fn unlock(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<UserView>> {
    Ok(Found(
        service::unlock(&app, &actor, id, clock::now()).await?,
    ))
}
