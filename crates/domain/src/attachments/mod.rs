//! Attachments: names, types, who may do what, events.

pub mod events;
pub mod media;
pub mod policy;
pub mod rules;
