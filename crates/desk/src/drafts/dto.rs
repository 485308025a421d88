//! Request and answer types of drafts.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// A draft with what was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftView {
    /// Id.
    pub id: Uuid,
    /// What it belongs to: `new_incident`, `reply:ID` or `internal:ID` of a ticket.
    pub context: String,
    /// What was written, in the form's own words.
    #[schema(value_type = Object)]
    pub content: Value,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was begun.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it was last saved.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(DraftView);

/// A draft without its content.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftRowView {
    /// Id.
    pub id: Uuid,
    /// What it belongs to.
    pub context: String,
    /// Counts changes.
    pub version: i64,
    /// When it was last saved.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// The caller's drafts, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftList {
    /// At most 200.
    pub data: Vec<DraftRowView>,
}

/// What to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftInput {
    /// What was written, in the form's own words; at most 65,536 bytes of JSON.
    #[schema(value_type = Object)]
    pub content: Map<String, Value>,
}
