//! Answer types of sessions.

use serde::Serialize;
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// A sign-in that has not ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenSessionView {
    /// Id.
    pub(crate) id: Uuid,
    /// The browser or program, as it named itself.
    pub(crate) user_agent: String,
    /// Whether this request belongs to it.
    pub(crate) is_current: bool,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) created_at: Instant,
    /// When its tokens were last renewed.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) last_used_at: Instant,
    /// When it ends if it is not used.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) expires_at: Instant,
}

/// One's own sessions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenSessions {
    /// The sessions, last used first.
    pub(crate) data: Vec<OpenSessionView>,
}
