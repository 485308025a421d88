//! What happened around incidents beside the ticket itself.

use super::escalation::{Cause, Rung};
use crate::tickets::events::Snapshot;
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
        /// The ticket as it is.
        ticket: Box<Snapshot>,
    },
    /// An incident was declared a major one.
    MajorDeclared {
        /// The incident.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// What it is about, as the organization reads it.
        headline: String,
        /// Who leads the work.
        commander_id: UserId,
    },
    /// Commander, cadence or headline of a major incident changed.
    MajorChanged {
        /// The incident.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// Who leads the work.
        commander_id: UserId,
    },
    /// It is no major incident after all.
    MajorStoodDown {
        /// The incident.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// Who led the work.
        commander_id: UserId,
    },
    /// The stakeholders were told.
    MajorUpdated {
        /// The incident.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// The update.
        update_id: Uuid,
    },
    /// The stakeholders wait for a word.
    MajorUpdateOverdue {
        /// The incident.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// Who is reminded.
        commander_id: UserId,
    },
    /// The post-incident review was written.
    MajorReviewed {
        /// The incident.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// Who led the work.
        commander_id: UserId,
    },
}

impl DomainEvent for IncidentEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::PriorityMatrixChanged { .. } => "priority_matrix.changed",
            Self::Escalated { .. } => "ticket.escalated",
            Self::MajorDeclared { .. } => "major_incident.declared",
            Self::MajorChanged { .. } => "major_incident.changed",
            Self::MajorStoodDown { .. } => "major_incident.stood_down",
            Self::MajorUpdated { .. } => "major_incident.updated",
            Self::MajorUpdateOverdue { .. } => "major_incident.update_overdue",
            Self::MajorReviewed { .. } => "major_incident.reviewed",
        }
    }
}
