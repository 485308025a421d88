//! What happened around incidents beside the ticket itself.

use super::escalation::{Cause, Rung};
use serde::Serialize;
use steward_kernel::DomainEvent;
use steward_kernel::id::{TicketId, UserId};
use uuid::Uuid;

/// A fact about how the organization handles incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum IncidentEvent {
    /// The organization's priority matrix was replaced.
    PriorityMatrixChanged {
        /// Its new version.
        version: i64,
    },
    /// A ticket was escalated.
    Escalated {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// The escalation, with its reason.
        escalation_id: Uuid,
        /// To whom.
        rung: Rung,
        /// What made it escalate.
        cause: Cause,
        /// Who is told.
        recipient_ids: Vec<UserId>,
    },
}

impl DomainEvent for IncidentEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::PriorityMatrixChanged { .. } => "priority_matrix.changed",
            Self::Escalated { .. } => "ticket.escalated",
        }
    }
}
