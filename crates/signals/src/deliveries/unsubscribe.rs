//! Handlers of the link in a mail that mutes its ticket (RFC 8058).

use super::service;
use axum::extract::State;
use axum::response::Html;
use steward_platform::http::{Answer, Path};
use steward_platform::{App, clock};

const ASK: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
    <title>Mute this ticket</title><form method=\"post\"><h1>Mute this ticket?</h1>\
    <p>You get no more mail about it, unless someone names you or gives it to you.</p>\
    <button>Mute it</button></form></html>";
const DONE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
    <title>Muted</title><h1>Muted</h1><p>You get no more mail about this ticket. \
    On the ticket&rsquo;s page you can change that.</p></html>";

/// A page that asks whether to mute the ticket of a mail: only a POST mutes it.
#[utoipa::path(get, path = "/{token}", operation_id = "askToUnsubscribe", tag = "notifications", security(()),
    params(("token" = String, Path)),
    responses((status = 200, body = String, content_type = "text/html")))]
pub(super) async fn ask(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Answer<Html<&'static str>> {
    service::check_link(&app, &token)?;
    Ok(Html(ASK))
}

/// Mutes the ticket of a mail for its reader, with the token of the mail's link.
#[utoipa::path(post, path = "/{token}", operation_id = "unsubscribe", tag = "notifications", security(()),
    params(("token" = String, Path)),
    responses((status = 200, body = String, content_type = "text/html")))]
pub(super) async fn unsubscribe(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Answer<Html<&'static str>> {
    service::unsubscribe(&app, &token, clock::now()).await?;
    Ok(Html(DONE))
}
