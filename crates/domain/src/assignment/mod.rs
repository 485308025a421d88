//! Who of a team gets a ticket.

pub mod events;
pub mod model;
pub mod rules;
