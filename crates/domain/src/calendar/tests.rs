//! The calendar against a slow second implementation that asks the time-zone
//! library about every single instant.

use super::*;
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use steward_kernel::Instant;

type Week = [Vec<(String, String)>; 7];

fn at(text: &str) -> Instant {
    text.parse().expect("an instant")
}

/// `1 09:00-17:00` is Monday; several parts by comma.
fn week(text: &str) -> Week {
    let mut week = Week::default();
    for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let (days, hours) = part.split_once(' ').expect("days and hours");
        let (from, until) = hours.split_once('-').expect("a span");
        for day in days.bytes().map(|b| usize::from(b - b'1')) {
            week[day].push((from.to_owned(), until.to_owned()));
        }
    }
    week
}

fn calendar(zone: &str, hours: &str, holidays: &[&str]) -> Calendar {
    let holidays: Vec<Holiday> = holidays
        .iter()
        .map(|h| h.parse().expect("a date"))
        .collect();
    Calendar::new(zone, &week(hours), &holidays).expect("a calendar")
}

/// Asks the library about one instant after another.
struct Slow {
    zone: TimeZone,
    week: Week,
    holidays: Vec<Holiday>,
}

impl Slow {
    fn instant(&self, date: Date, time: &str) -> Instant {
        let (hours, minutes) = time.split_once(':').expect("a time");
        let (mut date, mut hours) = (date, hours.parse::<i8>().expect("hours"));
        if hours == 24 {
            date = date.tomorrow().expect("a date");
            hours = 0;
        }
        let local = date.at(hours, minutes.parse().expect("minutes"), 0, 0);
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        ambiguous.compatible().expect("an instant")
    }

    fn exists(&self, date: Date) -> bool {
        self.zone.to_datetime(self.instant(date, "00:00")).date() == date
    }

    fn is_open(&self, now: Instant) -> bool {
        let today = self.zone.to_datetime(now).date();
        let is_holiday = self.holidays.iter().any(|h| match h {
            Holiday::On(date) => *date == today,
            Holiday::Yearly(m, d) => (*m, *d) == (today.month(), today.day()),
        });
        if is_holiday {
            return false;
        }
        (-2..=1).any(|distance| {
            let date = today
                .checked_add(Span::new().days(distance))
                .expect("a date");
            let day = usize::try_from(date.weekday().to_monday_zero_offset()).expect("small");
            self.exists(date)
                && self.week[day].iter().any(|(from, until)| {
                    let end = if until > from {
                        date
                    } else {
                        date.tomorrow().expect("a date")
                    };
                    self.instant(date, from) <= now && now < self.instant(end, until)
                })
        })
    }

    fn open(&self, from: Instant, until: Instant) -> Micros {
        let mut open = 0;
        let mut now = from;
        while now < until {
            let next = now + Span::new().minutes(1);
            if self.is_open(now) {
                open += 60 * SECOND;
            }
            now = next;
        }
        open
    }
}

fn both(zone: &str, week: &Week, holidays: &[Holiday]) -> (Calendar, Slow) {
    let fast = Calendar::new(zone, week, holidays).expect("a calendar");
    let slow = Slow {
        zone: super::zone(zone).expect("a zone"),
        week: week.clone(),
        holidays: holidays.to_vec(),
    };
    (fast, slow)
}

#[test]
fn open_time_is_real_time_within_the_hours_of_the_zone() {
    const OFFICE: &str = "12345 09:00-17:00";
    /// Zone, hours, holidays, from, until, open minutes.
    type Case = (
        &'static str,
        &'static str,
        &'static [&'static str],
        &'static str,
        &'static str,
        i64,
    );
    let table: &[Case] = &[
        (
            "UTC",
            OFFICE,
            &[],
            "2026-11-23T00:00:00Z",
            "2026-11-30T00:00:00Z",
            5 * 480,
        ),
        (
            "UTC",
            OFFICE,
            &["2026-11-25"],
            "2026-11-23T00:00:00Z",
            "2026-11-30T00:00:00Z",
            4 * 480,
        ),
        (
            "UTC",
            "1 09:00-12:00, 1 13:00-17:00",
            &[],
            "2026-11-23T11:00:00Z",
            "2026-11-23T14:00:00Z",
            120,
        ),
        // Overlapping intervals count once.
        (
            "UTC",
            "1 09:00-12:00, 1 11:00-13:00",
            &[],
            "2026-11-23T00:00:00Z",
            "2026-11-24T00:00:00Z",
            240,
        ),
        // A night shift of Friday, with Saturday as a holiday and with Friday as one.
        (
            "UTC",
            "5 22:00-06:00",
            &[],
            "2026-11-27T00:00:00Z",
            "2026-11-30T00:00:00Z",
            480,
        ),
        (
            "UTC",
            "5 22:00-06:00",
            &["2026-11-28"],
            "2026-11-27T00:00:00Z",
            "2026-11-30T00:00:00Z",
            120,
        ),
        (
            "UTC",
            "5 22:00-06:00",
            &["2026-11-27"],
            "2026-11-27T00:00:00Z",
            "2026-11-30T00:00:00Z",
            360,
        ),
        // Sunday's night shift opens Monday.
        (
            "UTC",
            "7 22:00-06:00",
            &[],
            "2026-11-30T00:00:00Z",
            "2026-12-01T00:00:00Z",
            360,
        ),
        (
            "UTC",
            "1 00:00-24:00",
            &[],
            "2026-11-22T00:00:00Z",
            "2026-11-25T00:00:00Z",
            1440,
        ),
        (
            "UTC",
            "1 09:00-09:00",
            &[],
            "2026-11-22T00:00:00Z",
            "2026-11-25T00:00:00Z",
            1440,
        ),
        // Berlin: 02:00 to 03:00 is skipped on 29 March 2026, twice on 25 October.
        (
            "Europe/Berlin",
            "7 00:00-06:00",
            &[],
            "2026-03-28T00:00:00Z",
            "2026-03-30T00:00:00Z",
            300,
        ),
        (
            "Europe/Berlin",
            "7 00:00-06:00",
            &[],
            "2026-10-24T00:00:00Z",
            "2026-10-26T00:00:00Z",
            420,
        ),
        // In the gap the offset before it applies: 02:15–02:45 becomes 03:15–03:45.
        (
            "Europe/Berlin",
            "7 02:15-02:45",
            &[],
            "2026-03-29T01:15:00Z",
            "2026-03-29T01:45:00Z",
            30,
        ),
        // From within the gap to its end there is nothing.
        (
            "Europe/Berlin",
            "7 02:30-03:00",
            &[],
            "2026-03-28T00:00:00Z",
            "2026-03-30T00:00:00Z",
            0,
        ),
        // The earlier of two: 02:30 to 03:00 lasts an hour and a half.
        (
            "Europe/Berlin",
            "7 02:30-03:00",
            &[],
            "2026-10-24T00:00:00Z",
            "2026-10-26T00:00:00Z",
            90,
        ),
        // Samoa left out Friday 30 December 2011.
        (
            "Pacific/Apia",
            "5 09:00-17:00",
            &[],
            "2011-12-25T00:00:00Z",
            "2012-01-03T00:00:00Z",
            0,
        ),
        (
            "Pacific/Apia",
            OFFICE,
            &[],
            "2011-12-25T12:00:00Z",
            "2012-01-01T12:00:00Z",
            4 * 480,
        ),
        // Kwajalein left out Saturday 21 August 1993.
        (
            "Pacific/Kwajalein",
            "567 10:00-11:00",
            &[],
            "1993-08-19T00:00:00Z",
            "1993-08-24T00:00:00Z",
            120,
        ),
        // Newfoundland went back at 00:01: a minute of the holiday, the last 59 of
        // the evening before again, then the holiday; the next day is open.
        (
            "America/St_Johns",
            "123456 00:00-24:00, 7 00:00-24:00",
            &["2010-11-07"],
            "2010-11-07T02:30:00Z",
            "2010-11-08T04:30:00Z",
            59 + 60,
        ),
    ];
    for (zone, hours, holidays, from, until, minutes) in table {
        let got = calendar(zone, hours, holidays).open_between(at(from), at(until));
        assert_eq!(
            got,
            minutes * 60 * SECOND,
            "{zone} {hours} {holidays:?} {from}"
        );
    }
}

#[test]
fn wrong_calendars_are_refused_with_their_place() {
    let place = |zone: &str, hours: &str| {
        let built = Calendar::new(zone, &week(hours), &[]);
        built.map(|_| String::new()).unwrap_or_else(|m| m.place)
    };
    for (zone, hours, expected) in [
        ("Mars/Olympus", "", "time_zone"),
        ("", "", "time_zone"),
        ("+02:00", "", "time_zone"),
        ("UTC", "2 9:00-17:00", "weekly.tuesday[0][0]"),
        ("UTC", "2 09:00-24:01", "weekly.tuesday[0][1]"),
        ("UTC", "2 24:00-09:00", "weekly.tuesday[0][0]"),
        (
            "UTC",
            "2 08:00-09:00, 2 09:60-10:00",
            "weekly.tuesday[1][0]",
        ),
        ("UTC", "7 08:00-09:00:00", "weekly.sunday[0][1]"),
        ("UTC", "7 +8:00-09:00", "weekly.sunday[0][0]"),
        ("UTC", "7 00:00-24:00", ""),
    ] {
        assert_eq!(place(zone, hours), expected, "{zone} {hours}");
    }
    for text in [
        "2026-02-29",
        "2026-13-01",
        "02-30",
        "1-1",
        "2026-1-1",
        "25.12.2026",
        "",
    ] {
        assert!(text.parse::<Holiday>().is_err(), "{text}");
    }
    assert_eq!("02-29".parse::<Holiday>(), Ok(Holiday::Yearly(2, 29)));
}

#[test]
fn day_and_night_is_wall_time_around_every_change_of_every_zone() {
    let from = at("2000-01-01T00:00:00Z");
    let end = at("2040-01-01T00:00:00Z");
    for name in zone::names() {
        let calendar = Calendar::always(&name, &[]).expect("a calendar");
        let wall = end.duration_since(from).as_secs() * SECOND;
        assert_eq!(calendar.open_between(from, end), wall, "{name}");
    }
}

/// A calendar with edges wherever clocks are moved.
const EDGES: &str = "1234567 00:30-01:30, 1234567 01:45-02:15, 1234567 02:30-03:00, 246 22:30-00:15, 357 23:45-06:00, 5 23:00-24:00";

#[test]
fn around_changes_of_all_zones_each_instant_is_what_the_library_says() {
    let hours = week(EDGES);
    let mut checked = 0;
    for (zone_at, name) in zone::names().iter().enumerate() {
        let zone = super::zone(name).expect("a zone");
        let changes: Vec<Instant> = zone
            .following(at("2000-01-01T00:00:00Z"))
            .map(|t| t.timestamp())
            .take_while(|t| *t < at("2040-01-01T00:00:00Z"))
            .collect();
        let step = 19;
        for change in changes.iter().skip(zone_at % step).step_by(step) {
            let today = zone.to_datetime(*change).date();
            let holiday = match zone_at % 3 {
                0 => vec![Holiday::On(today)],
                1 => vec![Holiday::On(today.yesterday().expect("a date"))],
                _ => Vec::new(),
            };
            let (fast, slow) = both(name, &hours, &holiday);
            for minutes in [
                -1500, -181, -90, -61, -31, -1, 0, 14, 29, 30, 59, 60, 75, 119, 150, 240, 1435,
            ] {
                let now = *change + Span::new().minutes(minutes);
                let is_open = fast.open_between(now, now + Span::new().seconds(1)) > 0;
                assert_eq!(is_open, slow.is_open(now), "{name} {now} {holiday:?}");
                checked += 1;
            }
        }
    }
    assert!(checked > 10_000, "{checked}");
}

const ZONES: &[&str] = &[
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/St_Johns",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Asia/Tehran",
    "America/Sao_Paulo",
    "Asia/Gaza",
    "Asia/Kolkata",
    "America/Santiago",
    "Pacific/Kwajalein",
];

fn weeks() -> impl Strategy<Value = Week> {
    let time = (0_u32..24, 0_u32..60).prop_map(|(h, m)| format!("{h:02}:{m:02}"));
    let end = prop_oneof![9 => time.clone(), 1 => Just("24:00".to_owned())];
    let day = proptest::collection::vec((time, end), 0..3);
    proptest::array::uniform7(day)
}

/// Near a change of the clocks as often as not.
fn starts() -> impl Strategy<Value = (&'static str, Instant)> {
    let second = prop_oneof![
        Just(1_325_160_000_i64),
        Just(745_876_800),
        Just(1_289_100_000),
        946_684_800_i64..2_208_988_800
    ];
    (
        proptest::sample::select(ZONES),
        second,
        0..40_usize,
        -4000..4000_i64,
        any::<bool>(),
    )
        .prop_map(|(name, second, skip, minutes, near)| {
            let zone = super::zone(name).expect("a zone");
            let second = Instant::from_second(second / 60 * 60).expect("an instant");
            let change = zone.following(second).nth(skip).map(|t| t.timestamp());
            let start = change.filter(|_| near).unwrap_or(second);
            (name, start + Span::new().minutes(minutes))
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_count_is_what_a_walk_minute_by_minute_counts(
        (name, start) in starts(), week in weeks(), minutes in 1..6000_i64, closed in proptest::collection::vec(-3..5_i64, 0..3)
    ) {
        let today = super::zone(name).expect("a zone").to_datetime(start).date();
        let day = |n: i64| today.checked_add(Span::new().days(n)).expect("a date");
        let holidays: Vec<Holiday> = closed.iter().enumerate().map(|(at, n)| match at {
            0 => Holiday::Yearly(day(*n).month(), day(*n).day()),
            _ => Holiday::On(day(*n)),
        }).collect();
        let (fast, slow) = both(name, &week, &holidays);
        let end = start + Span::new().minutes(minutes);
        prop_assert_eq!(fast.open_between(start, end), slow.open(start, end));
        let pieces = fast.pieces(start, end, 10_000);
        let open: i64 = pieces.iter().filter(|p| p.kind == Kind::Open)
            .map(|p| p.until.as_microsecond() - p.from.as_microsecond()).sum();
        prop_assert_eq!(open, slow.open(start, end));
    }

    #[test]
    fn pieces_follow_each_other_without_gaps(
        (name, start) in starts(), week in weeks(), days in 1..60_i64
    ) {
        let calendar = Calendar::new(name, &week, &[Holiday::Yearly(12, 25)]).expect("a calendar");
        let end = start + Span::new().hours(days * 24);
        let pieces = calendar.pieces(start, end, 10_000);
        prop_assert_eq!(pieces.first().map(|p| p.from), Some(start));
        prop_assert_eq!(pieces.last().map(|p| p.until), Some(end));
        for pair in pieces.windows(2) {
            prop_assert_eq!(pair[0].until, pair[1].from);
            prop_assert_ne!(pair[0].kind, pair[1].kind);
        }
    }
}

proptest! {
    #[test]
    fn the_count_adds_up_and_never_falls(
        (name, start) in starts(), week in weeks(), a in 0..900_000_i64, b in 0..20_000_000_i64
    ) {
        let calendar = Calendar::new(name, &week, &[]).expect("a calendar");
        let middle = start + Span::new().seconds(a);
        let end = middle + Span::new().seconds(b);
        let (first, second) = (calendar.open_between(start, middle), calendar.open_between(middle, end));
        prop_assert!(first >= 0 && second >= 0 && second <= b * SECOND);
        prop_assert_eq!(first + second, calendar.open_between(start, end));
        prop_assert_eq!(calendar.open_between(end, middle), 0);
    }

    #[test]
    fn what_was_searched_for_is_reached_then_and_not_before(
        (name, start) in starts(), week in weeks(), need in 1..40_000_000_i64
    ) {
        let calendar = Calendar::new(name, &week, &[Holiday::Yearly(1, 1)]).expect("a calendar");
        let from = start.as_microsecond();
        let end = from + 400 * 86_400 * SECOND;
        match calendar.advance(from, end, need * SECOND) {
            super::walk::Progress::Reached(at) => {
                prop_assert_eq!(calendar.open(from, at), need * SECOND);
                prop_assert_eq!(calendar.open(from, at - 1), need * SECOND - 1);
            }
            super::walk::Progress::Missing(missing) => {
                prop_assert_eq!(calendar.open(from, end), need * SECOND - missing);
            }
        }
    }
}
