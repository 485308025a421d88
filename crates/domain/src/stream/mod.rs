//! What listeners hear of events.

pub mod rules;
