//! What happened around incidents beside the ticket itself.

use serde::Serialize;
use steward_kernel::DomainEvent;

/// A fact about how the organization handles incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum IncidentEvent {
    /// The organization's priority matrix was replaced.
    PriorityMatrixChanged {
        /// Its new version.
        version: i64,
    },
}

impl DomainEvent for IncidentEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::PriorityMatrixChanged { .. } => "priority_matrix.changed",
        }
    }
}
