//! Elapsed time and due instants (`docs/sla.md`).

use super::model::State;
use super::pauses::Pauses;
use crate::calendar::{Calendar, Micros, Progress};
use steward_kernel::Instant;

/// Open time between two instants without the pauses.
#[must_use]
pub fn elapsed(calendar: &Calendar, from: Instant, until: Instant, pauses: &Pauses) -> Micros {
    let (from, until) = (from.as_microsecond(), until.as_microsecond());
    let rest = pauses.rest(from, until);
    rest.map(|(from, until)| calendar.open(from, until)).sum()
}

/// The earliest instant from `start` on at which `target` has elapsed; none
/// when the open time never suffices.
#[must_use]
pub fn due(
    calendar: &Calendar,
    start: Instant,
    target: Micros,
    pauses: &Pauses,
) -> Option<Instant> {
    if target <= 0 {
        return Some(start);
    }
    let end = Instant::MAX.as_microsecond();
    let mut missing = target;
    for (from, until) in pauses.rest(start.as_microsecond(), end) {
        if until == end {
            let at = calendar.reach(from, missing)?;
            return Instant::from_microsecond(at).ok();
        }
        match calendar.advance(from, until, missing) {
            Progress::Reached(at) => return Instant::from_microsecond(at).ok(),
            Progress::Missing(rest) => missing = rest,
        }
    }
    None
}

/// The state of a clock that is not stopped. A breach shows through a pause.
#[must_use]
pub fn state(elapsed: Micros, target: Micros, is_paused: bool) -> State {
    if elapsed >= target {
        State::Breached
    } else if is_paused {
        State::Paused
    } else if i128::from(elapsed) * 100 >= i128::from(target) * i128::from(AT_RISK_PERCENT) {
        State::AtRisk
    } else {
        State::Running
    }
}

/// Share of the target from which on a clock is at risk.
pub const AT_RISK_PERCENT: u8 = 80;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Holiday, SECOND};
    use jiff::{Span, ToSpan};
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn office(zone: &str) -> Calendar {
        let day = || vec![("09:00".to_owned(), "17:00".to_owned())];
        let week = [day(), day(), day(), day(), day(), vec![], vec![]];
        Calendar::new(zone, &week, &[Holiday::Yearly(12, 25)]).expect("a calendar")
    }

    fn pauses(list: &[(&str, &str)]) -> Pauses {
        let list: Vec<_> = list
            .iter()
            .map(|(a, b)| (at(a), (!b.is_empty()).then(|| at(b))))
            .collect();
        Pauses::new(&list).expect("pauses")
    }

    #[test]
    fn due_is_the_earliest_instant_at_which_the_target_has_elapsed() {
        const FRIDAY: &str = "2026-11-27T15:00:00Z";
        type Spans = &'static [(&'static str, &'static str)];
        // (start, minutes, pauses, due)
        let table: &[(&str, i64, Spans, &str)] = &[
            (FRIDAY, 60, &[], "2026-11-27T16:00:00Z"),
            // Spent exactly at closing time.
            (FRIDAY, 120, &[], "2026-11-27T17:00:00Z"),
            (FRIDAY, 121, &[], "2026-11-30T09:01:00Z"),
            (FRIDAY, 0, &[], FRIDAY),
            ("2026-11-28T10:00:00Z", 0, &[], "2026-11-28T10:00:00Z"),
            ("2026-11-28T10:00:00Z", 1, &[], "2026-11-30T09:01:00Z"),
            // A pause over the weekend moves nothing; one in open hours does.
            (
                FRIDAY,
                180,
                &[("2026-11-27T17:00:00Z", "2026-11-30T08:00:00Z")],
                "2026-11-30T10:00:00Z",
            ),
            (
                FRIDAY,
                180,
                &[("2026-11-27T16:00:00Z", "2026-11-30T09:30:00Z")],
                "2026-11-30T11:30:00Z",
            ),
            // Overlapping, empty and earlier pauses.
            (
                FRIDAY,
                60,
                &[
                    ("2026-11-27T15:10:00Z", "2026-11-27T15:20:00Z"),
                    ("2026-11-27T15:15:00Z", "2026-11-27T15:30:00Z"),
                    ("2026-11-27T15:40:00Z", "2026-11-27T15:40:00Z"),
                    ("2026-11-20T00:00:00Z", "2026-11-27T15:05:00Z"),
                ],
                "2026-11-27T16:25:00Z",
            ),
            // A pause that goes on: reached before it, or never.
            (
                FRIDAY,
                60,
                &[("2026-11-27T16:00:00Z", "")],
                "2026-11-27T16:00:00Z",
            ),
            (FRIDAY, 61, &[("2026-11-27T16:00:00Z", "")], ""),
            (FRIDAY, i64::MAX / 60 / SECOND, &[], ""),
        ];
        for (start, minutes, list, expected) in table {
            let target = minutes * 60 * SECOND;
            let got = due(&office("UTC"), at(start), target, &pauses(list));
            let expected = (!expected.is_empty()).then(|| at(expected));
            assert_eq!(got, expected, "{minutes} from {start} with {list:?}");
        }
    }

    #[test]
    fn a_calendar_that_never_opens_is_due_never_and_centuries_are_counted() {
        let never = Calendar::new("Europe/Berlin", &Default::default(), &[]).expect("a calendar");
        let start = at("2026-11-27T15:00:00Z");
        assert_eq!(due(&never, start, 1, &Pauses::default()), None);
        assert_eq!(due(&never, start, 0, &Pauses::default()), Some(start));
        let berlin = office("Europe/Berlin");
        for years in [60, 600, 1700, 6000] {
            let target = years * 250 * 480 * 60 * SECOND;
            let far = due(&berlin, start, target, &Pauses::default()).expect("due");
            let year = far.to_zoned(jiff::tz::TimeZone::UTC).year();
            assert!(i64::from(year) > 2020 + years * 95 / 100, "{far}");
            assert_eq!(elapsed(&berlin, start, far, &Pauses::default()), target);
        }
        assert_eq!(
            due(
                &berlin,
                start,
                9000 * 250 * 480 * 60 * SECOND,
                &Pauses::default()
            ),
            None
        );
        // Every date of the year is a holiday.
        let all: Vec<Holiday> = (1..=12)
            .flat_map(|m| (1..=31).map(move |d| Holiday::Yearly(m, d)))
            .collect();
        let closed = Calendar::always("UTC", &all).expect("a calendar");
        assert_eq!(due(&closed, start, 1, &Pauses::default()), None);
    }

    #[test]
    fn pauses_that_end_before_they_begin_are_refused() {
        let (a, b) = (at("2026-11-27T15:00:00Z"), at("2026-11-27T16:00:00Z"));
        let refused = Pauses::new(&[(a, Some(a)), (b, Some(a))]);
        assert_eq!(refused, Err(super::super::pauses::Refusal::Reversed(1)));
        let cover = pauses(&[("2026-11-27T15:00:00Z", "2026-11-27T16:00:00Z")]);
        assert!(cover.cover(a) && !cover.cover(b));
    }

    #[test]
    fn the_state_follows_from_what_has_elapsed() {
        for (elapsed, target, is_paused, expected) in [
            (0, 100, false, State::Running),
            (79, 100, false, State::Running),
            (80, 100, false, State::AtRisk),
            (80, 100, true, State::Paused),
            (100, 100, false, State::Breached),
            (100, 100, true, State::Breached),
            (0, 0, false, State::Breached),
            (i64::MAX - 1, i64::MAX, false, State::AtRisk),
        ] {
            assert_eq!(
                state(elapsed, target, is_paused),
                expected,
                "{elapsed} of {target}"
            );
        }
    }

    const ZONES: &[&str] = &[
        "UTC",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Pacific/Apia",
    ];

    fn spans() -> impl Strategy<Value = Vec<(i64, i64)>> {
        proptest::collection::vec((-100_000_i64..900_000, 0_i64..200_000), 0..5)
    }

    fn from_spans(start: Instant, spans: &[(i64, i64)]) -> Pauses {
        let list: Vec<_> = spans
            .iter()
            .map(|(a, n)| {
                let from = start + a.seconds();
                (from, Some(from + n.seconds()))
            })
            .collect();
        Pauses::new(&list).expect("pauses")
    }

    proptest! {
        #[test]
        fn elapsed_until_due_is_the_target_and_pauses_only_take_away(
            second in 946_684_800_i64..2_208_988_800, target in 1_i64..3_000_000,
            spans in spans(), name in proptest::sample::select(ZONES)
        ) {
            let calendar = office(name);
            let start = Instant::from_second(second).expect("an instant");
            let none = Pauses::default();
            let paused = from_spans(start, &spans);
            let target = target * SECOND;
            let due_at = due(&calendar, start, target, &paused).expect("due");
            prop_assert_eq!(elapsed(&calendar, start, due_at, &paused), target);
            let before = due_at - Span::new().microseconds(1);
            prop_assert_eq!(elapsed(&calendar, start, before, &paused), target - 1);
            let plain = due(&calendar, start, target, &none).expect("due");
            prop_assert!(plain <= due_at, "a pause brought it forward");
            let end = start + 30_i64.hours() * 24;
            let with = elapsed(&calendar, start, end, &paused);
            prop_assert!(with <= elapsed(&calendar, start, end, &none));
            let twice: Vec<_> = spans.iter().chain(&spans).copied().collect();
            prop_assert_eq!(with, elapsed(&calendar, start, end, &from_spans(start, &twice)));
        }

        #[test]
        fn an_instant_is_counted_unless_a_pause_covers_it(
            second in 946_684_800_i64..2_208_988_800, spans in spans(), offset in 0_i64..900_000
        ) {
            let always = Calendar::always("Europe/Berlin", &[]).expect("a calendar");
            let start = Instant::from_second(second).expect("an instant");
            let paused = from_spans(start, &spans);
            let now = start + offset.seconds();
            let step = elapsed(&always, now, now + 1.microseconds(), &paused);
            prop_assert_eq!(step == 0, paused.cover(now));
            let sum = (0..10).map(|n| elapsed(&always, now + n.hours(), now + (n + 1).hours(), &paused));
            prop_assert_eq!(sum.sum::<i64>(), elapsed(&always, now, now + 10.hours(), &paused));
        }
    }
}
