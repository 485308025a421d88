//! Request types of passwords.

use serde::Deserialize;
use utoipa::ToSchema;

/// The present password and the new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChangeInput {
    /// The present password.
    #[schema(max_length = 1024, format = "password")]
    pub(crate) current_password: String,
    /// 12 to 128 characters, hard to guess, without name or address, none of the last five.
    #[schema(min_length = 12, max_length = 128, format = "password")]
    pub(crate) new_password: String,
}

/// Whose password was forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetRequestInput {
    /// E-mail address of the account.
    #[schema(max_length = 254)]
    pub(crate) email: String,
}

/// The token of the link, and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetConfirmInput {
    /// From the link; it works once.
    #[schema(max_length = 200)]
    pub(crate) token: String,
    /// 12 to 128 characters, hard to guess, without name or address, none of the last five.
    #[schema(min_length = 12, max_length = 128, format = "password")]
    pub(crate) new_password: String,
}
