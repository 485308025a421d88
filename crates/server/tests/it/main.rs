//! What the API promises, through the real router, on both engines.
#![allow(clippy::as_conversions, reason = "tests may cast small numbers")]

mod accounts;
mod contract;
mod support;
mod tickets;
mod walls;
