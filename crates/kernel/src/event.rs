//! What happened, in the form in which it is stored and handed to reactions.

use crate::Instant;
use crate::id::{EventId, OrganizationId, UserId};
use serde::{Deserialize, Serialize};

/// A fact of a module, past tense and versioned.
pub trait DomainEvent: Serialize {
    /// Stable name: `ticket.created`.
    fn name(&self) -> &'static str;
    /// Version of the payload's shape, from 1.
    fn version(&self) -> i32 {
        1
    }
}

/// A stored event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Sorts by time of creation (UUIDv7).
    pub id: EventId,
    /// The tenant it belongs to.
    pub organization_id: OrganizationId,
    /// `ticket.created`
    pub name: String,
    /// Version of the payload's shape.
    pub version: i32,
    /// The record it is about.
    pub aggregate_id: uuid::Uuid,
    /// Who did it; `None` for the system.
    pub actor_id: Option<UserId>,
    /// When it happened.
    pub at: Instant,
    /// The fact itself.
    pub payload: serde_json::Value,
}
