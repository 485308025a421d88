//! Handlers of teams.

use super::dto::{MemberInput, MemberList, MemberPatch, TeamInput, TeamPatch, TeamQuery, TeamView};
use super::service;
use crate::SignedIn;
use axum::Json;
use axum::extract::State;
use steward_kernel::page::PageRequest;
use steward_platform::http::{
    Answer, Body, Created, Found, IfMatch, NoContent, Page, Pagination, Path, Query,
};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the teams of the organization; all stand on one page.
#[utoipa::path(get, path = "", operation_id = "listTeams", tag = "people", params(TeamQuery),
    responses((status = 200, body = Page<TeamView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<TeamQuery>,
) -> Answer<Json<Page<TeamView>>> {
    let data = service::list(&app, &actor, query).await?;
    let total = i64::try_from(data.len()).unwrap_or(i64::MAX);
    let request = PageRequest::new(None, None, None)?;
    Ok(Json(Page {
        data,
        pagination: Pagination::new(&request, total, false, None),
    }))
}

/// Adds a team.
#[utoipa::path(post, path = "", operation_id = "createTeam", tag = "people", request_body = TeamInput,
    responses((status = 201, body = TeamView)))]
pub(super) async fn create(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<TeamInput>,
) -> Answer<Created<TeamView>> {
    let body = service::create(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/teams/{}", body.id),
        version: body.version,
        body,
    })
}

/// One team.
#[utoipa::path(get, path = "/{id}", operation_id = "getTeam", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = TeamView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<TeamView>> {
    Ok(Found(service::read(&app, &actor, id).await?))
}

/// Changes a team's name, description or how its members get tickets.
#[utoipa::path(patch, path = "/{id}", operation_id = "updateTeam", tag = "people", params(("id" = Uuid, Path)),
    request_body = TeamPatch, responses((status = 200, body = TeamView)))]
pub(super) async fn change(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Body(patch): Body<TeamPatch>,
) -> Answer<Found<TeamView>> {
    Ok(Found(
        service::change(&app, &actor, id, patch, seen, clock::now()).await?,
    ))
}

/// Lists the members of a team, leads first.
#[utoipa::path(get, path = "/{id}/members", operation_id = "listTeamMembers", tag = "people",
    params(("id" = Uuid, Path)), responses((status = 200, body = MemberList)))]
pub(super) async fn members(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<MemberList>> {
    let data = service::members(&app, &actor, id).await?;
    Ok(Json(MemberList { data }))
}

/// Adds a member; adding one twice changes nothing.
#[utoipa::path(post, path = "/{id}/members", operation_id = "addTeamMember", tag = "people",
    params(("id" = Uuid, Path)), request_body = MemberInput, responses((status = 200, body = TeamView)))]
pub(super) async fn add_member(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    Body(input): Body<MemberInput>,
) -> Answer<Found<TeamView>> {
    Ok(Found(
        service::add_member(&app, &actor, id, input.user_id, clock::now()).await?,
    ))
}

/// Makes a member lead of the team, or takes that away.
#[utoipa::path(patch, path = "/{id}/members/{user_id}", operation_id = "updateTeamMember", tag = "people",
    params(("id" = Uuid, Path), ("user_id" = Uuid, Path)), request_body = MemberPatch,
    responses((status = 200, body = MemberList)))]
pub(super) async fn change_member(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path((id, user_id)): Path<(Uuid, Uuid)>,
    Body(patch): Body<MemberPatch>,
) -> Answer<Json<MemberList>> {
    let data = service::change_member(&app, &actor, id, user_id, &patch, clock::now()).await?;
    Ok(Json(MemberList { data }))
}

/// Takes a member out of the team; their tickets stay with them.
#[utoipa::path(delete, path = "/{id}/members/{user_id}", operation_id = "removeTeamMember", tag = "people",
    params(("id" = Uuid, Path), ("user_id" = Uuid, Path)), responses((status = 204)))]
pub(super) async fn remove_member(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path((id, user_id)): Path<(Uuid, Uuid)>,
) -> Answer<NoContent> {
    service::remove_member(&app, &actor, id, user_id, clock::now()).await?;
    Ok(NoContent)
}
