//! Handlers of passwords.

use super::dto::{PasswordChangeInput, ResetConfirmInput, ResetRequestInput};
use super::service;
use crate::SignedIn;
use axum::extract::State;
use axum::http::StatusCode;
use steward_platform::http::{Answer, Body, NoContent};
use steward_platform::{App, clock};

/// Changes one's own password and ends one's other sessions.
#[utoipa::path(post, path = "/me/password", operation_id = "changePassword", tag = "people",
    request_body = PasswordChangeInput, responses((status = 204),
    (status = 422, description = "The present password is wrong, or the new one is weak, personal or was used before")))]
pub(super) async fn change(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Body(input): Body<PasswordChangeInput>,
) -> Answer<NoContent> {
    service::change(&app, &actor, input, clock::now()).await?;
    Ok(NoContent)
}

/// Asks for a link to set a new password. The answer does not tell whether the account exists.
#[utoipa::path(post, path = "/password-reset/request", operation_id = "requestPasswordReset", tag = "auth", security(()),
    request_body = ResetRequestInput, responses((status = 202)))]
pub(super) async fn request_reset(
    State(app): State<App>,
    Body(input): Body<ResetRequestInput>,
) -> Answer<StatusCode> {
    service::request_reset(&app, &input.email, clock::now()).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Sets a password with the token of a link, and ends all sessions of the account.
#[utoipa::path(post, path = "/password-reset/confirm", operation_id = "confirmPasswordReset", tag = "auth", security(()),
    request_body = ResetConfirmInput, responses((status = 204),
    (status = 422, description = "The link is used or too old, or the password is weak, personal or was used before")))]
pub(super) async fn confirm_reset(
    State(app): State<App>,
    Body(input): Body<ResetConfirmInput>,
) -> Answer<NoContent> {
    service::confirm_reset(&app, &input.token, input.new_password, clock::now()).await?;
    Ok(NoContent)
}
