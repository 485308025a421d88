//! Handlers of teams.

use super::dto::{MemberInput, TeamInput, TeamView};
use super::service;
use crate::SignedIn;
use axum::Json;
use axum::extract::State;
use steward_kernel::page::PageRequest;
use steward_platform::http::{Answer, Body, Created, Found, Page, Pagination, Path};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists the teams of the organization; all stand on one page.
#[utoipa::path(get, path = "", operation_id = "listTeams", tag = "people", responses((status = 200, body = Page<TeamView>)))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<Page<TeamView>>> {
    let data = service::list(&app, &actor).await?;
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

/// Adds a member; adding one twice changes nothing.
#[utoipa::path(post, path = "/{id}/members", operation_id = "addTeamMember", tag = "people",
    params(("id" = Uuid, Path)), request_body = MemberInput, responses((status = 200, body = TeamView)))]
pub(super) async fn add_member(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
    Body(input): Body<MemberInput>,
) -> Answer<Found<TeamView>> {
    let view = service::add_member(&app, &actor, id, input.user_id).await?;
    let version = view.version;
    Ok(Found(view, version))
}
