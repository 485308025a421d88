//! What an answer means, when a delivery is tried again, and when a webhook is
//! switched off.

use std::time::Duration;
use steward_kernel::Instant;

/// Waits after the first, second, … failure, in seconds. With the whole jitter
/// the last try is 23 hours and 53 minutes after the first.
const WAITS: [u64; 10] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600, 28_800];

/// A delivery that could not be handed over for this long is given up.
pub const GIVEN_UP_AFTER: Duration = Duration::from_secs(24 * 3600);

/// The longest wait that a receiver can ask for.
pub const LONGEST_ASKED: Duration = Duration::from_secs(6 * 3600);

/// A webhook that nobody answered for this long is switched off.
pub const SWITCHED_OFF_AFTER: Duration = Duration::from_secs(5 * 24 * 3600);

/// A webhook that failed this often in a row is switched off, too, if the
/// first of these failures is a day old.
pub const MOST_FAILURES: i32 = 500;

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 2xx: the receiver has it.
    Taken,
    /// 410: the receiver wants nothing any more.
    Gone,
    /// Everything else, redirects included: once more later.
    Failed,
}

/// What a status means.
#[must_use]
pub const fn verdict(status: u16) -> Verdict {
    match status {
        200..=299 => Verdict::Taken,
        410 => Verdict::Gone,
        _ => Verdict::Failed,
    }
}

/// How long a receiver asks to wait: `Retry-After` as seconds or as a date
/// (RFC 9110 §10.2.3); none when it cannot be read or lies in the past.
#[must_use]
pub fn asked(value: &str, now: Instant) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Duration::try_from(at.duration_since(now)).ok()
}

/// When a delivery is tried again after `attempts` failures (from 1), the first
/// try of which was at `first_at`; none when it is given up. `jitter` (0 to
/// 255) adds up to a tenth, so that deliveries which failed together do not come
/// back together. A longer wait that the receiver `asked` for is kept, up to
/// [`LONGEST_ASKED`].
#[must_use]
pub fn again(
    first_at: Instant,
    attempts: i32,
    jitter: u8,
    asked: Option<Duration>,
    now: Instant,
) -> Option<Instant> {
    let index = usize::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    let wait = *WAITS.get(index)?;
    let extra = wait * 100 * u64::from(jitter) / 255;
    let wait = Duration::from_secs(wait) + Duration::from_millis(extra);
    let wait = asked.map_or(wait, |asked| wait.max(asked.min(LONGEST_ASKED)));
    let at = now.checked_add(wait).ok()?;
    let end = first_at.checked_add(GIVEN_UP_AFTER).ok()?;
    (at <= end).then_some(at)
}

/// Whether a webhook that has failed `failures` times in a row since
/// `failing_since` is switched off.
#[must_use]
pub fn must_switch_off(failing_since: Instant, failures: i32, now: Instant) -> bool {
    let is_older = |age: Duration| {
        failing_since
            .checked_add(age)
            .is_ok_and(|until| until <= now)
    };
    is_older(SWITCHED_OFF_AFTER) || (failures >= MOST_FAILURES && is_older(GIVEN_UP_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Instant {
        Instant::from_second(1_700_000_000 + seconds).expect("an instant")
    }

    #[test]
    fn only_a_success_is_one() {
        for (status, expected) in [
            (200, Verdict::Taken),
            (204, Verdict::Taken),
            (299, Verdict::Taken),
            (199, Verdict::Failed),
            (301, Verdict::Failed),
            (302, Verdict::Failed),
            (307, Verdict::Failed),
            (400, Verdict::Failed),
            (404, Verdict::Failed),
            (410, Verdict::Gone),
            (429, Verdict::Failed),
            (500, Verdict::Failed),
        ] {
            assert_eq!(verdict(status), expected, "{status}");
        }
    }

    #[test]
    fn waits_grow_until_a_day_is_over() {
        let mut now = at(0);
        let mut waits = Vec::new();
        for attempts in 1.. {
            let Some(next) = again(at(0), attempts, 0, None, now) else {
                break;
            };
            waits.push(next.duration_since(now).as_secs());
            now = next;
        }
        assert_eq!(
            waits,
            [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 21_600, 28_800]
        );
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_within_bounds() {
        let wait = |asked| {
            let next = again(at(0), 1, 0, Some(Duration::from_secs(asked)), at(0));
            next.map(|next| next.duration_since(at(0)).as_secs())
        };
        assert_eq!(wait(1), Some(5), "never sooner than we would");
        assert_eq!(wait(60), Some(60));
        assert_eq!(wait(1_000_000), Some(6 * 3600));
        let late = again(at(0), 2, 0, Some(LONGEST_ASKED), at(20 * 3600));
        assert_eq!(late, None, "a day is a day");
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = "2015-10-21T07:27:00Z".parse().expect("an instant");
        for (text, expected) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Wed, 21 Oct 2015 07:28:00 GMT", Some(60)),
            ("Wed, 21 Oct 2015 07:26:00 GMT", None),
            ("-5", None),
            ("soon", None),
            ("", None),
        ] {
            let found = asked(text, now).map(|wait| wait.as_secs());
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_webhook_is_switched_off_after_days_without_success() {
        let hours = |n: i64| at(n * 3600);
        for (since, failures, now, expected) in [
            (hours(0), 1, hours(119), false),
            (hours(0), 1, hours(120), true),
            (hours(0), 500, hours(23), false),
            (hours(0), 500, hours(24), true),
            (hours(0), 499, hours(24), false),
        ] {
            assert_eq!(
                must_switch_off(since, failures, now),
                expected,
                "{failures} {now}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_try_is_later_than_a_day_after_the_first(
            attempts in 1..20, jitter: u8, asked in 0_u64..1_000_000, passed in 0_i64..100_000
        ) {
            let asked = Some(Duration::from_secs(asked));
            if let Some(next) = again(at(0), attempts, jitter, asked, at(passed)) {
                prop_assert!(next > at(passed) && next <= at(24 * 3600));
            }
        }

        #[test]
        fn with_any_jitter_every_wait_of_the_table_fits_into_the_day(jitter: u8) {
            let mut now = at(0);
            for attempts in 1..=10 {
                let next = again(at(0), attempts, jitter, None, now);
                prop_assert!(next.is_some(), "{}", attempts);
                now = next.unwrap_or(now);
            }
        }
    }
}
