//! Handlers of preferences.

use super::dto::{PreferencesInput, PreferencesView};
use super::service;
use crate::SignedIn;
use axum::extract::State;
use steward_platform::http::{Answer, Body, Found, IfMatch};
use steward_platform::{App, clock};

/// What the caller chose of the screens.
#[utoipa::path(get, path = "/me/preferences", operation_id = "getPreferences", tag = "people",
    responses((status = 200, body = PreferencesView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Found<PreferencesView>> {
    Ok(Found(service::get(&app, &actor).await?))
}

/// Keeps what the caller chose of the screens, all of it.
#[utoipa::path(put, path = "/me/preferences", operation_id = "putPreferences", tag = "people",
    request_body = PreferencesInput, responses((status = 200, body = PreferencesView)))]
pub(super) async fn put(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    seen: IfMatch,
    Body(input): Body<PreferencesInput>,
) -> Answer<Found<PreferencesView>> {
    Ok(Found(
        service::put(&app, &actor, input, seen, clock::now()).await?,
    ))
}
