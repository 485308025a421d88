//! Handlers of what belongs to a ticket, of search and of bulk actions.

use crate::tickets::dto::{
    BulkInput, BulkResult, BulkUndone, CommentPatch, LinkInput, Links, MergeInput, Revisions,
    SearchQuery, SearchResults, SplitInput, TaskInput, Tasks, TicketView, WatcherInput, Watchers,
};
use crate::tickets::service;
use axum::Json;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Created, Found, NoContent, Path, Query};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Finds tickets by words, best first; on demand people and teams too, of those whom the caller may see.
#[utoipa::path(get, path = "", operation_id = "search", tag = "search", params(SearchQuery),
    responses((status = 200, body = SearchResults)))]
pub(in crate::tickets) async fn search(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<SearchQuery>,
) -> Answer<Json<SearchResults>> {
    Ok(Json(service::search(&app, &actor, query).await?))
}

/// Who watches a ticket.
#[utoipa::path(get, path = "/{key}/watchers", operation_id = "listWatchers", tag = "tickets",
    params(("key" = String, Path)), responses((status = 200, body = Watchers)))]
pub(in crate::tickets) async fn watchers(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Json<Watchers>> {
    Ok(Json(service::watchers(&app, &actor, &key).await?))
}

/// Watches a ticket, or lets someone else watch it.
#[utoipa::path(post, path = "/{key}/watchers", operation_id = "addWatcher", tag = "tickets",
    params(("key" = String, Path)), request_body = WatcherInput, responses((status = 200, body = Watchers)))]
pub(in crate::tickets) async fn watch(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<WatcherInput>,
) -> Answer<Json<Watchers>> {
    let now = clock::now();
    Ok(Json(service::watch(&app, &actor, &key, input, now).await?))
}

/// Ends someone's watching.
#[utoipa::path(delete, path = "/{key}/watchers/{user_id}", operation_id = "removeWatcher", tag = "tickets",
    params(("key" = String, Path), ("user_id" = Uuid, Path)), responses((status = 204)))]
pub(in crate::tickets) async fn unwatch(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path((key, user)): Path<(String, Uuid)>,
) -> Answer<NoContent> {
    service::unwatch(&app, &actor, &key, user, clock::now()).await?;
    Ok(NoContent)
}

/// Links of a ticket to others that the caller sees.
#[utoipa::path(get, path = "/{key}/links", operation_id = "listLinks", tag = "tickets",
    params(("key" = String, Path)), responses((status = 200, body = Links)))]
pub(in crate::tickets) async fn links(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Json<Links>> {
    Ok(Json(service::links(&app, &actor, &key).await?))
}

/// Links two tickets.
#[utoipa::path(post, path = "/{key}/links", operation_id = "addLink", tag = "tickets",
    params(("key" = String, Path)), request_body = LinkInput, responses((status = 200, body = Links)))]
pub(in crate::tickets) async fn link(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<LinkInput>,
) -> Answer<Json<Links>> {
    let now = clock::now();
    Ok(Json(service::link(&app, &actor, &key, input, now).await?))
}

/// Removes a link.
#[utoipa::path(delete, path = "/{key}/links/{link_id}", operation_id = "removeLink", tag = "tickets",
    params(("key" = String, Path), ("link_id" = Uuid, Path)), responses((status = 204)))]
pub(in crate::tickets) async fn unlink(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path((key, link)): Path<(String, Uuid)>,
) -> Answer<NoContent> {
    service::unlink(&app, &actor, &key, link, clock::now()).await?;
    Ok(NoContent)
}

/// Tasks of a ticket.
#[utoipa::path(get, path = "/{key}/tasks", operation_id = "listTasks", tag = "tickets",
    params(("key" = String, Path)), responses((status = 200, body = Tasks)))]
pub(in crate::tickets) async fn tasks(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Json<Tasks>> {
    Ok(Json(service::tasks(&app, &actor, &key).await?))
}

/// Adds a task to a ticket.
#[utoipa::path(post, path = "/{key}/tasks", operation_id = "addTask", tag = "tickets",
    params(("key" = String, Path)), request_body = TaskInput, responses((status = 201, body = TicketView)))]
pub(in crate::tickets) async fn add_task(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<TaskInput>,
) -> Answer<Created<TicketView>> {
    Ok(created(
        service::add_task(&app, &actor, &key, input, clock::now()).await?,
    ))
}

/// Merges a ticket into another; answers the one that stays.
#[utoipa::path(post, path = "/{key}/merge", operation_id = "mergeTicket", tag = "tickets",
    params(("key" = String, Path)), request_body = MergeInput, responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn merge(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<MergeInput>,
) -> Answer<Found<TicketView>> {
    Ok(Found(
        service::merge(&app, &actor, &key, input, clock::now()).await?,
    ))
}

/// Takes a merge back.
#[utoipa::path(post, path = "/{key}/unmerge", operation_id = "unmergeTicket", tag = "tickets",
    params(("key" = String, Path)), responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn unmerge(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Found<TicketView>> {
    Ok(Found(
        service::unmerge(&app, &actor, &key, clock::now()).await?,
    ))
}

/// Splits a new incident off.
#[utoipa::path(post, path = "/{key}/split", operation_id = "splitTicket", tag = "tickets",
    params(("key" = String, Path)), request_body = SplitInput, responses((status = 201, body = TicketView)))]
pub(in crate::tickets) async fn split(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<SplitInput>,
) -> Answer<Created<TicketView>> {
    Ok(created(
        service::split(&app, &actor, &key, input, clock::now()).await?,
    ))
}

/// Changes an own comment; the earlier text is kept.
#[utoipa::path(patch, path = "/{key}/comments/{comment_id}", operation_id = "updateComment", tag = "tickets",
    params(("key" = String, Path), ("comment_id" = Uuid, Path)), request_body = CommentPatch,
    responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn edit_comment(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path((key, id)): Path<(String, Uuid)>,
    Body(patch): Body<CommentPatch>,
) -> Answer<Found<TicketView>> {
    Ok(Found(
        service::edit_comment(&app, &actor, &key, id, patch, clock::now()).await?,
    ))
}

/// Earlier texts of a comment.
#[utoipa::path(get, path = "/{key}/comments/{comment_id}/revisions", operation_id = "listCommentRevisions",
    tag = "tickets", params(("key" = String, Path), ("comment_id" = Uuid, Path)),
    responses((status = 200, body = Revisions)))]
pub(in crate::tickets) async fn revisions(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path((key, id)): Path<(String, Uuid)>,
) -> Answer<Json<Revisions>> {
    Ok(Json(service::revisions(&app, &actor, &key, id).await?))
}

/// Runs one action on up to 200 tickets; says what became of each.
#[utoipa::path(post, path = "/bulk", operation_id = "bulkUpdateTickets", tag = "tickets", request_body = BulkInput,
    responses((status = 200, body = BulkResult)))]
pub(in crate::tickets) async fn bulk(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<BulkInput>,
) -> Answer<Json<BulkResult>> {
    Ok(Json(
        service::bulk(&app, &actor, input, clock::now()).await?,
    ))
}

/// Takes one's own bulk action back, where nobody has touched the ticket since.
#[utoipa::path(post, path = "/bulk/{undo_id}/undo", operation_id = "undoBulkUpdate", tag = "tickets",
    params(("undo_id" = Uuid, Path)), responses((status = 200, body = BulkUndone)))]
pub(in crate::tickets) async fn undo(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Json<BulkUndone>> {
    Ok(Json(service::undo(&app, &actor, id, clock::now()).await?))
}

/// Takes one's own last change of a ticket back: a step, an assignment or changed fields.
///
/// For ten minutes, and only while nobody has touched the ticket since. Comments stay.
#[utoipa::path(post, path = "/{key}/undo", operation_id = "undoTicketChange", tag = "tickets",
    params(("key" = String, Path)), responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn undo_change(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Found<TicketView>> {
    let body = service::undo_last(&app, &actor, &key, clock::now()).await?;
    Ok(Found(body))
}

fn created(body: TicketView) -> Created<TicketView> {
    Created {
        location: format!("/api/v1/tickets/{}", body.id),
        version: body.version,
        body,
    }
}
