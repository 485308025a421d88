//! The one place where domain time (jiff) meets database time (chrono).

use chrono::{DateTime, Utc};
use steward_kernel::Instant;

/// Truncates to microseconds, which both engines keep, so that what is
/// answered equals what is read back.
#[must_use]
pub fn to_db(at: Instant) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.as_microsecond()).unwrap_or_default()
}

/// Instant of a stored time.
#[must_use]
pub fn from_db(at: DateTime<Utc>) -> Instant {
    Instant::from_microsecond(at.timestamp_micros()).unwrap_or(Instant::UNIX_EPOCH)
}
