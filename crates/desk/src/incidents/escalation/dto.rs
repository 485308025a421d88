//! Request type of escalation.

use serde::Deserialize;
use utoipa::ToSchema;

/// Why a ticket must be known further up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalateInput {
    /// Why; those who may read internal notes see it.
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
    /// 1 the team's lead, 2 the managers, 3 the administrators; the next one
    /// when left out. Upward only.
    #[schema(minimum = 1, maximum = 3)]
    pub level: Option<u8>,
}
