//! Saved views: named filters over the list of tickets.

pub mod moments;
pub mod policy;
pub mod rules;
pub mod system;
