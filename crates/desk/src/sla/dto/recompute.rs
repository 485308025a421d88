//! Types of having running clocks counted by current versions.

use super::{AgreementWord, MetricWord};
use crate::tickets::dto::TicketReference;
use serde::Serialize;
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// How a clock would change, or has.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockChange {
    /// The ticket.
    pub ticket: TicketReference,
    /// With whom the agreement is.
    pub agreement: AgreementWord,
    /// What it measures.
    pub metric: MetricWord,
    /// Target before.
    pub old_target_seconds: i64,
    /// Target after.
    pub new_target_seconds: i64,
    /// Due before.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub old_due_at: Option<Instant>,
    /// Due after.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub new_due_at: Option<Instant>,
}

/// What a recompute would change.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecomputePreview {
    /// Clocks that would change.
    pub total: usize,
    /// The first hundred of them.
    pub changes: Vec<ClockChange>,
}

/// A recompute that was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecomputeView {
    /// Id.
    pub id: Uuid,
    /// Clocks that changed.
    pub total: usize,
    /// When it was done.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it was taken back.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub undone_at: Option<Instant>,
}
