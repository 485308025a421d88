//! Drafts: texts that were not sent yet.

pub mod rules;
