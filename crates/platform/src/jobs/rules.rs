//! When a failed job is tried again.

use std::time::Duration;

/// A job that failed this often is dead.
pub const MAX_ATTEMPTS: i32 = 10;

const FIRST: u64 = 5;
const LONGEST: u64 = 3600;

/// Wait before the next try after `attempts` failures (from 1): doubling from
/// 5 seconds up to an hour, plus up to a quarter of it by `jitter` (0 to 255),
/// so that jobs which failed together do not come back together. `None` when
/// the job is dead.
#[must_use]
pub fn backoff(attempts: i32, jitter: u8) -> Option<Duration> {
    if attempts >= MAX_ATTEMPTS {
        return None;
    }
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    let base = FIRST
        .saturating_mul(2_u64.saturating_pow(doublings))
        .min(LONGEST);
    let extra = base * 1000 / 4 * u64::from(jitter) / 255;
    Some(Duration::from_secs(base) + Duration::from_millis(extra))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn waits_double_from_five_seconds_to_an_hour_and_end() {
        let seconds: Vec<_> = (1..=MAX_ATTEMPTS)
            .map(|n| backoff(n, 0).map(|d| d.as_secs()))
            .collect();
        let expected = [5, 10, 20, 40, 80, 160, 320, 640, 1280].map(Some);
        assert_eq!(seconds[..9], expected);
        assert_eq!(seconds[9], None);
    }

    proptest! {
        #[test]
        fn jitter_adds_at_most_a_quarter(attempts in 1..MAX_ATTEMPTS, jitter: u8) {
            let plain = backoff(attempts, 0).expect("alive");
            let jittered = backoff(attempts, jitter).expect("alive");
            prop_assert!(jittered >= plain && jittered <= plain + plain / 4);
        }
    }
}
