//! Handlers of the settings of the desk.

use super::dto::{DeskSettingsPatch, DeskSettingsView};
use super::service;
use axum::extract::State;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Found, IfMatch};
use steward_platform::{App, clock};

/// The settings of the desk: when tickets close, reopen and ask for a rating.
#[utoipa::path(get, path = "", operation_id = "getDeskSettings", tag = "desk settings",
    responses((status = 200, body = DeskSettingsView)))]
pub(super) async fn get(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
) -> Answer<Found<DeskSettingsView>> {
    Ok(Found(service::get(&app, &actor).await?))
}

/// Changes settings of the desk; they hold at once.
#[utoipa::path(patch, path = "", operation_id = "updateDeskSettings", tag = "desk settings",
    request_body = DeskSettingsPatch, responses((status = 200, body = DeskSettingsView)))]
pub(super) async fn update(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    if_match: IfMatch,
    Body(patch): Body<DeskSettingsPatch>,
) -> Answer<Found<DeskSettingsView>> {
    Ok(Found(
        service::update(&app, &actor, patch, if_match, clock::now()).await?,
    ))
}
