//! Business time: when a calendar is open, and how much open time lies between
//! two instants.
//!
//! Invariants: intervals are half-open; open time is real elapsed time in the
//! union of the calendar's intervals; a local time becomes an instant by the
//! "compatible" rule of RFC 5545; a holiday closes exactly the instants whose
//! local date it is. Deliberately absent: pauses and targets, which belong to
//! `sla`, and any look at the system's own zone data.

mod date;
mod hours;
pub mod ical;
mod model;
mod pieces;
mod region;
mod walk;
mod zone;

pub use hours::Hours;
pub(crate) use hours::merged;
pub use model::{Calendar, Holiday, MAX_HOLIDAYS, MAX_INTERVALS, Mistake, Weekday};
pub use pieces::{Kind, Piece};
pub(crate) use walk::Progress;
pub use zone::{VERSION, find as zone};

#[cfg(test)]
mod tests;

/// Microseconds, the unit in which business time is counted.
pub type Micros = i64;

/// One second in [`Micros`].
pub const SECOND: Micros = 1_000_000;
pub(crate) const DAY: Micros = 86_400 * SECOND;
