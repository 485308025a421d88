//! Tickets: kinds, lifecycle, policy, events (ITIL 4 service desk practice).

pub mod allowed;
pub mod events;
pub mod model;
pub mod policy;
pub mod rating;
pub mod rules;
