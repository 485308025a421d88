//! Lockout after failed sign-ins.

use jiff::SignedDuration;
use steward_kernel::Instant;

/// Failures in a row that lock an account.
pub const FAILURES: i32 = 5;

/// The count after one more failure, and until when the account is locked:
/// 15 minutes after the first five, 30 after every further five.
#[must_use]
pub fn after_failure(failures: i32, now: Instant) -> (i32, Option<Instant>) {
    let failures = failures.saturating_add(1);
    if failures % FAILURES != 0 {
        return (failures, None);
    }
    let minutes = if failures == FAILURES { 15 } else { 30 };
    (
        failures,
        now.checked_add(SignedDuration::from_mins(minutes)).ok(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_failure_locks_for_15_minutes_and_the_tenth_for_30() {
        let now = Instant::UNIX_EPOCH;
        assert_eq!(after_failure(3, now), (4, None));
        assert_eq!(after_failure(4, now).1.map(Instant::as_second), Some(900));
        assert_eq!(after_failure(5, now), (6, None));
        assert_eq!(after_failure(9, now).1.map(Instant::as_second), Some(1800));
    }
}
