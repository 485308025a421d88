//! Handlers of background work.

use super::dto::{JobCounts, JobQuery, JobView, Jobs, Retried, RetryInput};
use super::service;
use crate::SignedIn;
use axum::Json;
use axum::extract::State;
use steward_platform::http::{Answer, Body, NoContent, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lists background work: what was given up, or what waits and runs.
///
/// Administrators (`job:manage`) see that of their organization, operators that of the deployment.
#[utoipa::path(get, path = "", operation_id = "listJobs", tag = "administration", params(JobQuery),
    responses((status = 200, body = Jobs), (status = 404, description = "The organization is not yours to see")))]
pub(super) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<JobQuery>,
) -> Answer<Json<Jobs>> {
    Ok(Json(service::list(&app, &actor, query).await?))
}

/// Counts background work by state and kind.
#[utoipa::path(get, path = "/counts", operation_id = "countJobs", tag = "administration",
    responses((status = 200, body = JobCounts)))]
pub(super) async fn counts(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Json<JobCounts>> {
    Ok(Json(service::counts(&app, &actor).await?))
}

/// One job.
#[utoipa::path(get, path = "/{id}", operation_id = "getJob", tag = "administration", params(("id" = Uuid, Path)),
    responses((status = 200, body = JobView), (status = 404, description = "There is none; a job that is done is gone")))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<JobView>> {
    Ok(Json(service::get(&app, &actor, id).await?))
}

/// Gives a dead job another full set of tries.
#[utoipa::path(post, path = "/{id}/retry", operation_id = "retryJob", tag = "administration",
    params(("id" = Uuid, Path)), responses((status = 200, body = JobView), (status = 409, description = "The job is not dead")))]
pub(super) async fn retry(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<JobView>> {
    let job = service::retry(&app, &actor, id, clock::now()).await?;
    Ok(Json(job))
}

/// Gives the dead jobs of a kind, or all of them, another full set of tries.
#[utoipa::path(post, path = "/retry", operation_id = "retryJobs", tag = "administration", request_body = RetryInput,
    responses((status = 200, body = Retried)))]
pub(super) async fn retry_all(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<RetryInput>,
) -> Answer<Json<Retried>> {
    let retried = service::retry_all(&app, &actor, input, clock::now()).await?;
    Ok(Json(retried))
}

/// Drops a dead job: what it was to do will not be done.
#[utoipa::path(delete, path = "/{id}", operation_id = "discardJob", tag = "administration",
    params(("id" = Uuid, Path)), responses((status = 204), (status = 409, description = "The job is not dead")))]
pub(super) async fn discard(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<NoContent> {
    service::discard(&app, &actor, id, clock::now()).await?;
    Ok(NoContent)
}
