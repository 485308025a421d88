//! Handlers of tickets.

mod relations;

pub(super) use relations::*;

use crate::tickets::dto::{
    AssignInput, CommentInput, ExportQuery, GroupFieldWord, IncidentInput, RatingInput,
    ReasonInput, ResolutionCodeInput, ResolveInput, StepInput, TicketGroups, TicketPatch,
    TicketQuery, TicketRowView, TicketView, Timeline,
};
use crate::tickets::service::{self, Step};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use steward_domain::tickets::model::{GroupField, ResolutionCode};
use steward_domain::tickets::rules::Verb;
use steward_identity::SignedIn;
use steward_kernel::{Error, ErrorCode};
use steward_platform::http::{Answer, Body, Created, CsvFile, Found, Page, Path, Query};
use steward_platform::{App, clock};

/// Lists the tickets that the caller may see, newest first.
#[utoipa::path(get, path = "", operation_id = "listTickets", tag = "tickets", params(TicketQuery),
    responses((status = 200, body = Page<TicketRowView>)))]
pub(in crate::tickets) async fn list(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<TicketQuery>,
) -> Answer<Json<Page<TicketRowView>>> {
    Ok(Json(service::list(&app, &actor, query).await?))
}

/// The list as a CSV file, at most 100,000 tickets, in the order of `sort`.
/// What changes while it is written may be missing or there twice.
#[utoipa::path(get, path = "/export", operation_id = "exportTickets", tag = "tickets", params(ExportQuery),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(in crate::tickets) async fn export(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<ExportQuery>,
) -> Answer<CsvFile> {
    Ok(service::export(&app, &actor, query.filters()?, clock::now()).await?)
}

/// Groups of the list: by `status`, `priority`, `assignee` or `team`, with how many tickets each.
#[utoipa::path(get, path = "/groups/{field}", operation_id = "groupTickets", tag = "tickets",
    params(("field" = inline(GroupFieldWord), Path), ExportQuery), responses((status = 200, body = TicketGroups)))]
pub(in crate::tickets) async fn groups(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(field): Path<GroupField>,
    Query(query): Query<ExportQuery>,
) -> Answer<Json<TicketGroups>> {
    let groups = service::groups(&app, &actor, field, query.filters()?).await?;
    Ok(Json(groups))
}

/// The ticket list, incidents only.
#[utoipa::path(get, path = "", operation_id = "listIncidents", tag = "incidents", params(TicketQuery),
    responses((status = 200, body = Page<TicketRowView>)))]
pub(in crate::tickets) async fn list_incidents(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Query(query): Query<TicketQuery>,
) -> Answer<Json<Page<TicketRowView>>> {
    Ok(Json(service::list_incidents(&app, &actor, query).await?))
}

/// One incident, by id or number; a ticket of another kind is not found here.
#[utoipa::path(get, path = "/{key}", operation_id = "getIncident", tag = "incidents", params(("key" = String, Path)),
    responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn get_incident(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Found<TicketView>> {
    Ok(Found(
        service::get_incident(&app, &actor, &key, clock::now()).await?,
    ))
}

/// Reports an incident.
#[utoipa::path(post, path = "", operation_id = "createIncident", tag = "incidents", request_body = IncidentInput,
    responses((status = 201, body = TicketView)))]
pub(in crate::tickets) async fn create_incident(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<IncidentInput>,
) -> Answer<Created<TicketView>> {
    let body = service::report(&app, &actor, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/tickets/{}", body.id),
        version: body.version,
        body,
    })
}

/// One ticket, by id or number.
#[utoipa::path(get, path = "/{key}", operation_id = "getTicket", tag = "tickets", params(("key" = String, Path)),
    responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Found<TicketView>> {
    Ok(Found(service::get(&app, &actor, &key, clock::now()).await?))
}

/// Changes fields of a ticket.
#[utoipa::path(patch, path = "/{key}", operation_id = "updateTicket", tag = "tickets", params(("key" = String, Path)),
    request_body = TicketPatch, responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    headers: HeaderMap,
    Body(patch): Body<TicketPatch>,
) -> Answer<Found<TicketView>> {
    Ok(Found(
        service::update(&app, &actor, &key, patch, if_match(&headers)?, clock::now()).await?,
    ))
}

/// Everything that happened to a ticket, oldest first.
#[utoipa::path(get, path = "/{key}/timeline", operation_id = "listTimeline", tag = "tickets",
    params(("key" = String, Path)), responses((status = 200, body = Timeline)))]
pub(in crate::tickets) async fn timeline(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
) -> Answer<Json<Timeline>> {
    Ok(Json(service::timeline(&app, &actor, &key).await?))
}

/// Adds a comment.
#[utoipa::path(post, path = "/{key}/comments", operation_id = "addComment", tag = "tickets",
    params(("key" = String, Path)), request_body = CommentInput, responses((status = 201, body = TicketView)))]
pub(in crate::tickets) async fn comment(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<CommentInput>,
) -> Answer<Created<TicketView>> {
    let body = service::comment(&app, &actor, &key, input, clock::now()).await?;
    Ok(Created {
        location: format!("/api/v1/tickets/{}/timeline", body.id),
        version: body.version,
        body,
    })
}

/// The requester says how content they are with a resolved or closed ticket;
/// it can be changed for 7 days.
#[utoipa::path(post, path = "/{key}/rating", operation_id = "rateTicket", tag = "tickets",
    params(("key" = String, Path)), request_body = RatingInput, responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn rate(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    Body(input): Body<RatingInput>,
) -> Answer<Found<TicketView>> {
    Ok(Found(
        service::rate(&app, &actor, &key, input, clock::now()).await?,
    ))
}

/// Gives a ticket to a person, a team or both.
#[utoipa::path(post, path = "/{key}/assign", operation_id = "assignTicket", tag = "tickets",
    params(("key" = String, Path)), request_body = AssignInput, responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn assign(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    headers: HeaderMap,
    Body(input): Body<AssignInput>,
) -> Answer<Found<TicketView>> {
    Ok(Found(
        service::assign(&app, &actor, &key, input, if_match(&headers)?, clock::now()).await?,
    ))
}

/// Resolves a ticket.
#[utoipa::path(post, path = "/{key}/resolve", operation_id = "resolveTicket", tag = "tickets",
    params(("key" = String, Path)), request_body = ResolveInput, responses((status = 200, body = TicketView)))]
pub(in crate::tickets) async fn resolve(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    headers: HeaderMap,
    Body(input): Body<ResolveInput>,
) -> Answer<Found<TicketView>> {
    if input.resolution_note.trim().is_empty() {
        return Err(Error::field("resolution_note", "required", "say what was done").into());
    }
    let code = match input.resolution_code {
        Some(ResolutionCodeInput::Solved) | None => ResolutionCode::Solved,
        Some(ResolutionCodeInput::Workaround) => ResolutionCode::Workaround,
        Some(ResolutionCodeInput::Duplicate) => ResolutionCode::Duplicate,
        Some(ResolutionCodeInput::NotReproducible) => ResolutionCode::NotReproducible,
        Some(ResolutionCodeInput::NoFault) => ResolutionCode::NoFault,
        Some(ResolutionCodeInput::Withdrawn) => ResolutionCode::Withdrawn,
    };
    let step = Step {
        verb: Verb::Resolve,
        comment: None,
        resolution: Some((code.as_str(), input.resolution_note)),
    };
    Ok(Found(
        service::step(&app, &actor, &key, step, if_match(&headers)?, clock::now()).await?,
    ))
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident, $path:literal, $operation:literal, $input:ty, $verb:expr, $text:expr;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(post, path = $path, operation_id = $operation, tag = "tickets", params(("key" = String, Path)),
            request_body = $input, responses((status = 200, body = TicketView)))]
        pub(in crate::tickets) async fn $name(
            State(app): State<App>,
            SignedIn(actor): SignedIn,
            Path(key): Path<String>,
            headers: HeaderMap,
            Body(input): Body<$input>,
        ) -> Answer<Found<TicketView>> {
            let text: fn($input) -> std::result::Result<Option<String>, Error> = $text;
            let step = Step { verb: $verb, comment: text(input)?, resolution: None };
            Ok(Found(service::step(&app, &actor, &key, step, if_match(&headers)?, clock::now()).await?))
        }
    )+};
}

steps! {
    /// Starts work.
    start, "/{key}/start", "startTicket", StepInput, Verb::Start, optional;
    /// Puts a ticket on hold.
    hold, "/{key}/hold", "holdTicket", ReasonInput, Verb::Hold, reason;
    /// Takes a ticket up again.
    resume, "/{key}/resume", "resumeTicket", StepInput, Verb::Resume, optional;
    /// The requester confirms the resolution.
    confirm, "/{key}/confirm", "confirmTicket", StepInput, Verb::Confirm, optional;
    /// Closes a resolved ticket.
    close, "/{key}/close", "closeTicket", StepInput, Verb::Close, optional;
    /// Opens a resolved ticket again.
    reopen, "/{key}/reopen", "reopenTicket", ReasonInput, Verb::Reopen, reason;
    /// Cancels a ticket.
    cancel, "/{key}/cancel", "cancelTicket", ReasonInput, Verb::Cancel, reason;
}

fn optional(input: StepInput) -> Result<Option<String>, Error> {
    Ok(input.comment.filter(|text| !text.trim().is_empty()))
}

fn reason(input: ReasonInput) -> Result<Option<String>, Error> {
    if input.reason.trim().is_empty() {
        return Err(Error::field("reason", "required", "say why"));
    }
    Ok(Some(input.reason))
}

/// The version a writer saw: `If-Match: "3"` (RFC 9110 §13.1.1).
pub(crate) fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Error> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let version = text.trim_matches('"').parse();
    version.map(Some).map_err(|_| {
        Error::new(
            ErrorCode::PreconditionFailed,
            "If-Match must be the ETag of an earlier answer",
        )
    })
}
