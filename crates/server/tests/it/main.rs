//! What the API promises, through the real router, on both engines.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that finds something else than it expects should stop there"
)]

mod accounts;
mod assignment;
mod attachments;
mod contract;
mod directory;
mod escalation;
mod incidents;
mod jobs;
mod lists;
mod mfa;
mod passwords;
mod relations;
mod roles;
mod sessions;
mod support;
mod tickets;
mod tokens;
mod walls;
mod web;
