//! Request and answer types of suggestions.

use crate::incidents::major::dto::MajorRowView;
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// What has been written so far of a report.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuggestionInput {
    /// One line.
    #[schema(max_length = 500)]
    pub title: String,
    /// What happened; looked at while the title says too little.
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// Category.
    #[schema(max_length = 200)]
    pub category: Option<String>,
}

/// A ticket that is alike.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimilarTicket {
    /// Id.
    pub id: Uuid,
    /// Number such as `INC-000042`.
    pub number: String,
    /// Title.
    pub title: String,
    /// Status.
    pub status: String,
    /// How alike, from 0.4 to 1.
    #[schema(minimum = 0, maximum = 1)]
    pub score: f64,
    /// What was done about it.
    pub resolution_note: Option<String>,
    /// When it was reported.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// What may save a report, or help to solve it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestions {
    /// Tickets that the caller may see, the most alike first; at most 5.
    pub similar: Vec<SimilarTicket>,
    /// Major incidents that go on now, newest first; at most 5.
    pub major_incidents: Vec<MajorRowView>,
}
