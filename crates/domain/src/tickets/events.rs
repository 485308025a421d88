//! What happened to tickets.

use serde::Serialize;
use steward_kernel::DomainEvent;
use steward_kernel::id::{CommentId, TicketId, UserId};

/// A fact about a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TicketEvent {
    /// It was reported.
    Created {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// Who reported it.
        requester_id: UserId,
    },
    /// Fields other than the status changed.
    Changed {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
    },
    /// The status changed.
    StatusChanged {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// Before.
        from: String,
        /// After.
        to: String,
    },
    /// Someone commented.
    Commented {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// The comment.
        comment_id: CommentId,
        /// Whether the requester may read it.
        is_public: bool,
    },
    /// It was brought in from another system, with its history; what happened
    /// there is announced by nothing else.
    Imported {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// The other system.
        external_source: String,
        /// Its number there.
        external_reference: String,
    },
    /// A later import brought more of its history.
    ImportContinued {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
    },
}

impl DomainEvent for TicketEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "ticket.created",
            Self::Changed { .. } => "ticket.changed",
            Self::StatusChanged { .. } => "ticket.status_changed",
            Self::Commented { .. } => "ticket.commented",
            Self::Imported { .. } => "ticket.imported",
            Self::ImportContinued { .. } => "ticket.import_continued",
        }
    }
}
