//! What happened to attachments of a ticket.

use serde::Serialize;
use steward_kernel::DomainEvent;
use steward_kernel::id::TicketId;
use uuid::Uuid;

/// A fact about an attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AttachmentEvent {
    /// A file was attached.
    Added {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// The attachment.
        attachment_id: Uuid,
        /// Whether the requester may read it.
        is_public: bool,
    },
    /// A file was removed.
    Removed {
        /// The ticket.
        ticket_id: TicketId,
        /// Its number.
        number: String,
        /// The attachment.
        attachment_id: Uuid,
        /// Whether the requester could read it.
        is_public: bool,
    },
}

impl DomainEvent for AttachmentEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Added { .. } => "ticket.attachment_added",
            Self::Removed { .. } => "ticket.attachment_removed",
        }
    }
}
