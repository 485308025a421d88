//! What clocks are told of a change of their ticket.

use crate::tickets::TicketRow;
use steward_domain::sla::situation::Situation;
use steward_domain::tickets::model::{Priority, Status};
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

/// A ticket before or after a change, as far as clocks care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    /// How it stands.
    pub(crate) situation: Situation,
    /// Its priority.
    pub(crate) priority: Priority,
}

/// A change of a ticket.
#[derive(Debug)]
pub(crate) struct Moved<'a> {
    /// The ticket after it, for conditions.
    pub(crate) row: &'a TicketRow,
    /// The tenant.
    pub(crate) organization: OrganizationId,
    /// The ticket.
    pub(crate) ticket: Uuid,
    /// Before; none for a new ticket.
    pub(crate) before: Option<State>,
    /// After.
    pub(crate) after: State,
    /// Whether a field changed by which policies are chosen.
    pub(crate) is_rematch: bool,
    /// Whether its requester was told something new.
    pub(crate) is_news: bool,
    /// Whether a person did it, and not the product.
    pub(crate) is_by_person: bool,
}

impl State {
    /// Whether work is still to be done.
    pub(super) const fn is_open(&self) -> bool {
        self.situation.status.is_open()
    }

    /// Its status.
    pub(super) const fn status(&self) -> Status {
        self.situation.status
    }
}
