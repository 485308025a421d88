//! Choosing who of a team gets a ticket.
//!
//! Invariants: the choice is made inside the transaction that assigns, behind
//! a lock of the team's turn and of its members, so that racing requests are
//! shared out as if they came one after the other and no maximum is exceeded.
//! A person named by hand is never refused for it.

pub mod dto;
mod service;
mod store;

pub(crate) use service::{Outcome, Ticket, choose};
pub(crate) use store::leads;
