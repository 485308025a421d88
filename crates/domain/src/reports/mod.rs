//! Figures about tickets: which tickets a report is about, what it measures,
//! and how the measures are reckoned from one ticket after another.
//!
//! Invariants: the tickets of a report and of each of its groups are a
//! condition, so that the ticket list shows the same ones; every measure is
//! told with its definition; memory grows with groups, steps and one number a
//! ticket, not with what a ticket holds.

pub mod cohort;
pub mod csv;
pub mod model;
pub mod sums;
pub mod window;
