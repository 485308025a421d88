//! Handlers of the settings of retention.

use super::dto::{RetentionSettingsPatch, RetentionSettingsView};
use super::service;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Found, IfMatch};
use steward_platform::{App, clock};

/// How long mail that came in and what was sent is kept (`organization:update`).
#[utoipa::path(get, path = "", operation_id = "getRetentionSettings", tag = "retention",
    responses((status = 200, body = RetentionSettingsView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Found<RetentionSettingsView>> {
    Ok(Found(service::get(&app, &actor).await?))
}

/// Changes how long it is kept; what is too old goes with the next daily round (`organization:update`).
#[utoipa::path(patch, path = "", operation_id = "updateRetentionSettings", tag = "retention",
    request_body = RetentionSettingsPatch, responses((status = 200, body = RetentionSettingsView)))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    if_match: IfMatch,
    Body(patch): Body<RetentionSettingsPatch>,
) -> Answer<Found<RetentionSettingsView>> {
    Ok(Found(
        service::update(&app, &actor, patch, if_match, clock::now()).await?,
    ))
}
