//! Request and answer types of API tokens.

use crate::users::dto::Reference;
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// An API token, without the token.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiTokenView {
    /// Id.
    pub(crate) id: Uuid,
    /// What it is for.
    pub(crate) name: String,
    /// How it begins, to recognise it.
    pub(crate) hint: String,
    /// Whose rights it has.
    pub(crate) user: Reference,
    /// What it is limited to, as `resource:action:scope`.
    pub(crate) permissions: Vec<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) created_at: Instant,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) expires_at: Instant,
    /// When it was last used, to the minute.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) last_used_at: Option<Instant>,
}

/// API tokens.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiTokens {
    /// The tokens that have not ended, newest first.
    pub(crate) data: Vec<ApiTokenView>,
}

/// A new API token. It is not shown again.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewApiTokenView {
    /// Id.
    pub(crate) id: Uuid,
    /// The token; send it as `Authorization: Bearer`.
    pub(crate) token: String,
    /// What it is for.
    pub(crate) name: String,
    /// What it is limited to.
    pub(crate) permissions: Vec<String>,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) expires_at: Instant,
}

/// An API token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiTokenInput {
    /// What it is for.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: String,
    /// What it is limited to, as `resource:action:scope`; never more than you may yourself.
    #[schema(min_items = 1, max_items = 200)]
    pub(crate) permissions: Vec<String>,
    /// When it ends: at most two years from now; 90 days from now when left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) expires_at: Option<Instant>,
}

/// Query of a list of tokens.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ApiTokenQuery {
    /// Whose tokens; your own when left out.
    pub(crate) user: Option<Uuid>,
}
