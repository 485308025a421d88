//! What happened while tickets were given to people.

use super::model::Strategy;
use serde::Serialize;
use steward_kernel::DomainEvent;
use steward_kernel::id::{TeamId, TicketId, UserId};

/// A fact about the assignment of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AssignmentEvent {
    /// Nobody of the team could take it; it stays with the team.
    Unassignable {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// The team it stays with.
        team_id: TeamId,
        /// How a person was looked for.
        strategy: Strategy,
        /// The team's leads, who are told.
        recipient_ids: Vec<UserId>,
    },
}

impl DomainEvent for AssignmentEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Unassignable { .. } => "ticket.unassignable",
        }
    }
}
