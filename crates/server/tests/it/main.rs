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
mod escalation;
mod incidents;
mod jobs;
mod lists;
mod major;
mod relations;
mod support;
mod tickets;
mod walls;
mod web;
