//! Messages as text, and the answer that carries them (HTML Living Standard,
//! Server-sent events).

use super::store::TicketRow;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde_json::json;
use std::collections::BTreeSet;
use std::convert::Infallible;
use steward_kernel::Result;
use steward_platform::events::Position;
use steward_platform::live::{Frame, Seat};
use tokio::sync::mpsc::Receiver;
use uuid::Uuid;

/// What `Last-Event-ID` says.
pub(super) fn position(headers: &HeaderMap) -> Result<Option<Position>> {
    let sent = headers.get("last-event-id");
    let text = sent.map(|value| value.to_str().unwrap_or("?").trim());
    text.filter(|text| !text.is_empty())
        .map(str::parse)
        .transpose()
}

/// A ticket changed.
pub(super) fn ticket(text: &mut String, row: &TicketRow, is_new: bool, fields: &BTreeSet<&str>) {
    let data = json!({
        "type": if is_new { "created" } else { "changed" },
        "ticket_id": row.id,
        "number": row.number,
        "kind": row.kind,
        "version": row.version,
        "fields": fields,
    });
    message(text, "ticket", &data.to_string());
}

/// A record beside tickets changed.
pub(super) fn record(text: &mut String, kind: &str, id: Uuid) {
    let data = json!({ "kind": kind, "id": id });
    message(text, "record", &data.to_string());
}

/// One that says only that it happened.
pub(super) fn bare(text: &mut String, name: &str) {
    message(text, name, "{}");
}

fn message(text: &mut String, name: &str, data: &str) {
    text.push_str(&format!("event: {name}\ndata: {data}\n\n"));
}

/// Everything up to `position` has been told. It stands alone after the
/// messages, so that whoever got only some of them gets all of them again.
pub(super) fn mark(text: &mut String, position: Position) {
    text.push_str(&format!("id: {position}\n\n"));
}

/// Frames as they come, until the listener goes or is let go.
pub(super) fn response(first: Frame, seat: Seat, frames: Receiver<Frame>) -> Response {
    let parts = (Some(first), seat, frames);
    let stream = futures::stream::unfold(parts, |(first, seat, mut frames)| async move {
        let frame = match first {
            Some(first) => first,
            None => frames.recv().await?,
        };
        Some((Ok::<_, Infallible>(frame.to_string()), (None, seat, frames)))
    });
    let mut response = Response::new(Body::from_stream(stream));
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/event-stream");
    headers.insert(header::CONTENT_TYPE, kind);
    // Proxies that gather answers would hold it back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
