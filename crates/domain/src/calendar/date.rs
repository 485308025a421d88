//! Civil dates as days since 1970-01-01, and sets of them.

use jiff::civil::Date;

/// Days since 1970-01-01 of the proleptic Gregorian calendar.
pub(super) fn day_of(date: Date) -> i64 {
    days(
        i64::from(date.year()),
        i64::from(date.month()),
        i64::from(date.day()),
    )
}

/// Counts years from March, so that a leap day is a year's last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days; the inverse of [`days`].
pub(super) fn civil(day: i64) -> (i64, i8, i8) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    let small = |n: i64| i8::try_from(n).unwrap_or(i8::MAX);
    (year, small(month), small(day))
}

/// The date of a number of days, if the calendar has it.
pub(super) fn date(day: i64) -> Option<Date> {
    let (year, month, day) = civil(day);
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

/// Monday is 0.
pub(super) fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Dates, once or every year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dates {
    once: Vec<i64>,
    yearly: Vec<(i8, i8)>,
}

impl Dates {
    pub(super) fn new(mut once: Vec<i64>, mut yearly: Vec<(i8, i8)>) -> Self {
        once.sort_unstable();
        once.dedup();
        yearly.sort_unstable();
        yearly.dedup();
        Self { once, yearly }
    }

    /// The last of the dates that do not come back.
    pub(super) fn last_once(&self) -> Option<i64> {
        self.once.last().copied()
    }

    /// The first of the dates at `day` or later.
    pub(super) fn next_from(&self, day: i64) -> Option<i64> {
        let at = self.once.partition_point(|known| *known < day);
        let once = self.once.get(at).copied();
        match (once, self.next_yearly(day)) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// A leap day comes again within eight years.
    fn next_yearly(&self, day: i64) -> Option<i64> {
        if self.yearly.is_empty() {
            return None;
        }
        let (year, month, date) = civil(day);
        let first = self.yearly.partition_point(|known| *known < (month, date));
        let exists = |year: i64, (m, d): (i8, i8)| (m, d) != (2, 29) || is_leap(year);
        let of = |year: i64, skip: usize| {
            let found = self.yearly.iter().skip(skip).find(|md| exists(year, **md));
            found.map(|(m, d)| days(year, i64::from(*m), i64::from(*d)))
        };
        of(year, first).or_else(|| (year + 1..=year + 8).find_map(|year| of(year, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn days_and_civil_dates_agree_with_the_library(day in -3_000_000_i64..2_900_000) {
            let date = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(day)).expect("in range");
            prop_assert_eq!(day_of(date), day);
            prop_assert_eq!(super::date(day), Some(date));
            let monday = i64::from(date.weekday().to_monday_zero_offset());
            prop_assert_eq!(i64::try_from(weekday(day)).expect("small"), monday);
        }

        #[test]
        fn the_next_date_is_the_first_that_a_search_day_by_day_finds(
            once in proptest::collection::vec(0_i64..3000, 0..4),
            yearly in proptest::collection::vec((1_i8..=12, 1_i8..=28), 0..3), leap: bool, from in 0_i64..3000
        ) {
            let mut yearly = yearly;
            if leap { yearly.push((2, 29)); }
            let dates = Dates::new(once.clone(), yearly.clone());
            let is_one = |day: &i64| {
                let (_, m, d) = civil(*day);
                once.contains(day) || yearly.contains(&(m, d))
            };
            let found = (from..from + 3000).find(is_one);
            prop_assert_eq!(dates.next_from(from), found);
        }
    }
}
