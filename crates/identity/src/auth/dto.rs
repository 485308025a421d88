//! Request and answer types of sign-in.

use crate::users::dto::UserView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who signs in: e-mail or username, and the password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginInput {
    /// E-mail address.
    pub(crate) email: Option<String>,
    /// Username, in place of the e-mail address.
    pub(crate) username: Option<String>,
    /// The password.
    #[schema(format = "password")]
    pub(crate) password: String,
}

/// A refresh token; browsers send it as a cookie instead.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshInput {
    /// The token of the last answer.
    pub(crate) refresh: Option<String>,
}

/// A signed-in session.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// Access token (JWT).
    pub(crate) access: String,
    /// Refresh token; works once.
    pub(crate) refresh: String,
    /// Always `Bearer`.
    pub(crate) token_type: String,
    /// Seconds until the access token expires.
    pub(crate) expires_in: i64,
    /// Who is signed in.
    pub(crate) user: UserView,
}
