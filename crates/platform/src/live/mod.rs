//! Who listens on this node, and what happened last.
//!
//! Invariants: the event table is the truth, what is kept here is its newest
//! part; a listener misses nothing after the position that it names, or is told
//! that it is too far behind; what waits for a listener is bounded, and one that
//! is too slow is let go. Deliberately absent: what events mean, who may hear
//! of them, HTTP.

mod hub;

pub use hub::{Audience, Credential, Hub, Listener, Missed, Opened, Seat};

use steward_kernel::id::OrganizationId;
use uuid::Uuid;

/// Text for one listener, ready to be sent.
pub type Frame = std::sync::Arc<str>;

/// Something of the moment about a ticket that no event tells, such as who
/// looks at it. It may get lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hint {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The ticket.
    pub ticket_id: Uuid,
}
