//! The storage layer on real databases of both engines.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that finds something else than it expects should stop there"
)]

mod resting;
mod unit;
