//! The handler of the stream.

use super::{frame, service};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use steward_identity::Listening;
use steward_platform::http::Answer;
use steward_platform::{App, clock};

/// Tells what changes, as it happens: Server-Sent Events.
///
/// `ticket`: `{"type": "created" or "changed", "ticket_id", "number", "kind", "version", "fields": [...]}`;
/// `notification`: the caller's notifications changed; `access`: the caller's rights did; `reset`: too much
/// happened since `Last-Event-ID`, load everything again; `end`: the sign-in counts no more; `ready`: what was
/// missed has been told. Only what the caller may see at that moment. Sent with the `id` of the last message as
/// `Last-Event-ID`, nothing in between is missed; something may be told twice.
#[utoipa::path(get, path = "", operation_id = "openStream", tag = "stream",
    params(("Last-Event-ID" = Option<String>, Header, description = "`id` of the last message",
        pattern = "^[0-9]{1,18}\\.[0-9a-f]{32}$")),
    responses((status = 200, body = String, content_type = "text/event-stream")))]
pub(super) async fn open(
    State(app): State<App>,
    headers: HeaderMap,
    Listening(actor, credential): Listening,
) -> Answer<Response> {
    let since = frame::position(&headers)?;
    let (first, opened) = service::open(&app, actor, credential, since, clock::now()).await?;
    Ok(frame::response(first, opened.seat, opened.frames))
}
