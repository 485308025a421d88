//! Handlers of second factors.

use super::dto::{
    CodeInput, EnrollInput, EnrollmentView, MfaView, PasswordAndCodeInput, RecoveryCodesView,
};
use super::service;
use crate::SignedIn;
use crate::auth::Enrolling;
use crate::users::dto::UserView;
use axum::Json;
use axum::extract::State;
use steward_platform::http::{Answer, Body, Found, Path};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Whether one's own second factor is on.
#[utoipa::path(get, path = "/mfa", operation_id = "getMfa", tag = "auth", responses((status = 200, body = MfaView)))]
pub(super) async fn get(
    State(app): State<App>,
    Enrolling(actor): Enrolling,
) -> Answer<Json<MfaView>> {
    Ok(Json(service::get(&app, &actor).await?))
}

/// Draws a secret for an authenticator; it counts once a code confirms it.
#[utoipa::path(post, path = "/mfa/enroll", operation_id = "enrollMfa", tag = "auth", request_body = EnrollInput,
    responses((status = 200, body = EnrollmentView)))]
pub(super) async fn enroll(
    State(app): State<App>,
    Enrolling(actor): Enrolling,
    Body(input): Body<EnrollInput>,
) -> Answer<Json<EnrollmentView>> {
    let view = service::enroll(&app, &actor, input.password, clock::now()).await?;
    Ok(Json(view))
}

/// Switches the second factor on with a first code, and gives the recovery codes.
#[utoipa::path(post, path = "/mfa/confirm", operation_id = "confirmMfa", tag = "auth", request_body = CodeInput,
    responses((status = 200, body = RecoveryCodesView)))]
pub(super) async fn confirm(
    State(app): State<App>,
    Enrolling(actor): Enrolling,
    Body(input): Body<CodeInput>,
) -> Answer<Json<RecoveryCodesView>> {
    let codes = service::confirm(&app, &actor, &input.code, clock::now()).await?;
    Ok(Json(codes))
}

/// Switches the second factor off.
#[utoipa::path(post, path = "/mfa/disable", operation_id = "disableMfa", tag = "auth",
    request_body = PasswordAndCodeInput, responses((status = 200, body = UserView)))]
pub(super) async fn disable(
    State(app): State<App>,
    Enrolling(actor): Enrolling,
    Body(input): Body<PasswordAndCodeInput>,
) -> Answer<Found<UserView>> {
    Ok(Found(
        service::disable(&app, &actor, input.password, &input.code, clock::now()).await?,
    ))
}

/// Gives new recovery codes; the old ones stop working.
#[utoipa::path(post, path = "/mfa/recovery-codes", operation_id = "renewRecoveryCodes", tag = "auth",
    request_body = PasswordAndCodeInput, responses((status = 200, body = RecoveryCodesView)))]
pub(super) async fn renew_recovery_codes(
    State(app): State<App>,
    Enrolling(actor): Enrolling,
    Body(input): Body<PasswordAndCodeInput>,
) -> Answer<Json<RecoveryCodesView>> {
    let (password, code) = (input.password, input.code);
    let codes = service::renew_recovery_codes(&app, &actor, password, &code, clock::now()).await?;
    Ok(Json(codes))
}

/// Removes a person's lost second factor and ends their sessions.
#[utoipa::path(post, path = "/{id}/reset-mfa", operation_id = "resetUserMfa", tag = "people",
    params(("id" = Uuid, Path)), responses((status = 200, body = UserView)))]
pub(super) async fn reset(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(id): Path<Uuid>,
) -> Answer<Found<UserView>> {
    Ok(Found(service::reset(&app, &actor, id, clock::now()).await?))
}
