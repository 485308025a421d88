//! What happened to tickets.

use serde::{Deserialize, Serialize};
use steward_kernel::DomainEvent;
use steward_kernel::id::{CommentId, TeamId, TicketId, UserId};

/// A ticket as it is after the event: what reactions decide by without
/// loading it, and nothing that only some may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The ticket.
    pub ticket_id: TicketId,
    /// Its number.
    pub number: String,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: String,
    /// Its priority.
    pub priority: String,
    /// Who reported it.
    pub requester_id: UserId,
    /// For whom.
    pub requested_for_id: Option<UserId>,
    /// Who works on it.
    pub assignee_id: Option<UserId>,
    /// The team that looks after it.
    pub team_id: Option<TeamId>,
    /// Who watches it.
    pub watcher_ids: Vec<UserId>,
}

/// A field that changed; texts as in the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Name of the field.
    pub field: String,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
    /// Hidden from requesters.
    pub is_internal: bool,
}

/// A comment that came with the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentAdded {
    /// The comment.
    pub comment_id: CommentId,
    /// Whether the requester may read it.
    pub is_public: bool,
    /// People it names with `@username`.
    pub mentioned_ids: Vec<UserId>,
}

/// A fact about a ticket. One event per transaction, however much it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TicketEvent {
    /// It was reported.
    Created {
        /// The ticket.
        ticket: Snapshot,
    },
    /// Fields changed, someone commented, or both.
    Updated {
        /// The ticket.
        ticket: Snapshot,
        /// Who worked on it before, when that changed.
        previous_assignee_id: Option<UserId>,
        /// What changed.
        changes: Vec<FieldChange>,
        /// What was said.
        comment: Option<CommentAdded>,
    },
}

impl DomainEvent for TicketEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "ticket.created",
            Self::Updated { .. } => "ticket.updated",
        }
    }
}
