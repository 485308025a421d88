//! When a resolved ticket closes by itself: some working days later, at the
//! same time of day.
//!
//! Working days are the dates on which the organization's default calendar
//! opens, so weekends and holidays do not count. What is resolved on another
//! day counts from the start of the next working day. A time that a change of
//! the clocks leaves out is taken as the same distance after the gap.

use crate::calendar::Calendar;
use jiff::civil::{Date, DateTime, Time};
use steward_kernel::Instant;

/// Working days when the organization does not say.
pub const DEFAULT_DAYS: u16 = 5;
/// Most working days that can be asked for.
pub const MAX_DAYS: u16 = 365;
/// Days after which a calendar is taken to open again, whatever it says.
const LONGEST_BREAK: u16 = 60;

/// When a ticket resolved at `resolved_at` closes after `days` working days.
#[must_use]
pub fn closes_at(resolved_at: Instant, days: u16, calendar: &Calendar) -> Instant {
    let local = calendar.zone().to_datetime(resolved_at);
    let (mut date, time) = if calendar.opens_on(local.date()) {
        (local.date(), local.time())
    } else {
        let next = walk(local.date(), calendar, Date::tomorrow);
        (next, Time::midnight())
    };
    for _ in 0..days {
        date = walk(date, calendar, Date::tomorrow);
    }
    instant(date.to_datetime(time), calendar)
}

/// The latest instant before which everything resolved may be due at `now`:
/// where to begin to look. What [`closes_at`] says of each ticket counts.
#[must_use]
pub fn resolved_before(now: Instant, days: u16, calendar: &Calendar) -> Instant {
    let mut date = calendar.zone().to_datetime(now).date();
    for _ in 0..days {
        date = walk(date, calendar, Date::yesterday);
    }
    // The whole day is looked at, so that no change of the clocks hides a ticket.
    let next = date.tomorrow().unwrap_or(Date::MAX);
    instant(next.to_datetime(Time::midnight()), calendar).min(now)
}

/// The first working day after `from` in steps of a day; the calendar's end is
/// taken as one.
fn walk(from: Date, calendar: &Calendar, step: fn(Date) -> Result<Date, jiff::Error>) -> Date {
    let mut date = from;
    for _ in 0..LONGEST_BREAK {
        let Ok(next) = step(date) else { return date };
        date = next;
        if calendar.opens_on(date) {
            break;
        }
    }
    date
}

fn instant(local: DateTime, calendar: &Calendar) -> Instant {
    let zone = calendar.zone();
    zone.to_timestamp(local).unwrap_or(Instant::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn calendar(zone: &str) -> Calendar {
        let day = || vec![("09:00".to_owned(), "17:00".to_owned())];
        let week = [day(), day(), day(), day(), day(), vec![], vec![]];
        Calendar::new(zone, &week, &["11-26".parse().expect("a date")]).expect("a calendar")
    }

    #[test]
    fn a_calendar_that_never_opens_does_not_keep_tickets_forever() {
        let never = Calendar::new("UTC", &Default::default(), &[]).expect("a calendar");
        assert!(closes_at(at("2026-11-25T10:00:00Z"), 5, &never) < at("2027-12-01T00:00:00Z"));
    }

    #[test]
    fn five_working_days_are_counted_in_the_zone_across_weekends_and_changes_of_the_clocks() {
        // (zone, resolved, days, closes); local times in the remark.
        let table = [
            // Monday 10:00 → next Monday 10:00.
            ("UTC", "2026-11-16T10:00:00Z", 5, "2026-11-23T10:00:00Z"),
            // Wednesday → Wednesday; Friday → Friday.
            ("UTC", "2026-11-18T23:59:59Z", 5, "2026-11-25T23:59:59Z"),
            ("UTC", "2026-11-20T16:30:00Z", 5, "2026-11-30T16:30:00Z"),
            // One working day after Friday is Monday.
            ("UTC", "2026-11-20T16:30:00Z", 1, "2026-11-23T16:30:00Z"),
            ("UTC", "2026-11-20T16:30:00Z", 0, "2026-11-20T16:30:00Z"),
            // A weekend counts from Monday's start.
            ("UTC", "2026-11-21T00:00:00Z", 5, "2026-12-01T00:00:00Z"),
            ("UTC", "2026-11-22T23:59:59Z", 5, "2026-12-01T00:00:00Z"),
            ("UTC", "2026-11-21T09:00:00Z", 1, "2026-11-24T00:00:00Z"),
            // Saturday in Auckland is still Friday in Greenwich.
            (
                "Pacific/Auckland",
                "2026-11-20T12:00:00Z",
                1,
                "2026-11-23T11:00:00Z",
            ),
            ("UTC", "2026-11-20T12:00:00Z", 1, "2026-11-23T12:00:00Z"),
            // Berlin, Wednesday 15:00 before and after the clocks change on Sunday:
            // forward (a week of 167 h), back (169 h).
            (
                "Europe/Berlin",
                "2026-03-25T14:00:00Z",
                5,
                "2026-04-01T13:00:00Z",
            ),
            (
                "Europe/Berlin",
                "2026-10-21T13:00:00Z",
                5,
                "2026-10-28T14:00:00Z",
            ),
            // Cairo moves its clocks on a Friday: 00:30 on 24 April 2026 does not
            // exist and is taken as 01:30 there.
            (
                "Africa/Cairo",
                "2026-04-16T22:30:00Z",
                5,
                "2026-04-23T22:30:00Z",
            ),
            (
                "Africa/Cairo",
                "2026-04-22T22:30:00Z",
                1,
                "2026-04-23T22:30:00Z",
            ),
            // Kathmandu is 5:45 ahead: Monday 00:30 there is Sunday here.
            (
                "Asia/Kathmandu",
                "2026-11-22T18:45:00Z",
                5,
                "2026-11-30T18:45:00Z",
            ),
            // Samoa had no Friday 30 December 2011: Thursday, then Monday.
            (
                "Pacific/Apia",
                "2011-12-29T20:00:00Z",
                1,
                "2012-01-01T20:00:00Z",
            ),
            // Thanksgiving is closed every year in this test.
            ("UTC", "2026-11-25T10:00:00Z", 1, "2026-11-27T10:00:00Z"),
            ("UTC", "2026-11-26T10:00:00Z", 1, "2026-11-30T00:00:00Z"),
        ];
        for (name, resolved, days, closes) in table {
            let got = closes_at(at(resolved), days, &calendar(name));
            assert_eq!(got, at(closes), "{days} days after {resolved} in {name}");
        }
    }

    const ZONES: &[&str] = &[
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Africa/Cairo",
        "Asia/Kathmandu",
        "Pacific/Auckland",
        "Pacific/Apia",
        "America/St_Johns",
        "Australia/Lord_Howe",
    ];

    proptest! {
        #[test]
        fn it_closes_on_a_working_day_and_not_before_so_many_of_them(
            seconds in 1_262_304_000_i64..1_893_456_000, days in 1_u16..20, name in proptest::sample::select(ZONES)
        ) {
            let calendar = calendar(name);
            let resolved = Instant::from_second(seconds).expect("an instant");
            let closes = closes_at(resolved, days, &calendar);
            let local = calendar.zone().to_datetime(closes);
            prop_assert!(closes >= resolved);
            prop_assert!(calendar.opens_on(local.date()), "{local}");
            let whole_days = i64::from(days) * 24 - 2;
            prop_assert!(closes.duration_since(resolved).as_hours() >= whole_days);
            prop_assert!(closes_at(resolved, days + 1, &calendar) > closes);
        }

        #[test]
        fn nothing_due_is_overlooked_where_one_begins_to_look(
            seconds in 1_262_304_000_i64..1_893_456_000, days in 1_u16..20, back in 0_i64..40 * 86_400,
            name in proptest::sample::select(ZONES)
        ) {
            let calendar = calendar(name);
            let now = Instant::from_second(seconds).expect("an instant");
            let resolved = Instant::from_second(seconds - back).expect("an instant");
            if closes_at(resolved, days, &calendar) <= now {
                prop_assert!(resolved < resolved_before(now, days, &calendar));
            }
        }
    }
}
