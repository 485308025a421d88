//! What a calendar is made of, checked once.

use super::date::{Dates, day_of};
use super::hours::Hours;
use super::{DAY, Micros, SECOND, zone};
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use jiff::civil::Weekday;

/// Most holidays of one calendar.
pub const MAX_HOLIDAYS: usize = 5000;
/// Most intervals that begin on one weekday.
pub const MAX_INTERVALS: usize = 48;

/// A calendar of opening hours, ready to count with.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub(super) zone: TimeZone,
    pub(super) hours: Hours,
    pub(super) holidays: Dates,
}

/// Opening hours that begin on one day, from that day's midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) from: Micros,
    /// More than a day where it runs past midnight.
    pub(super) until: Micros,
}

/// A closed date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holiday {
    /// Once.
    On(Date),
    /// Month and day of every year that has it.
    Yearly(i8, i8),
}

/// What is wrong with a calendar, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Mistake {
    /// `weekly.monday[0][1]`
    pub place: String,
    /// What would be right.
    pub problem: String,
}

impl Mistake {
    fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            problem: problem.into(),
        }
    }
}

/// Names of weekdays in the API, Monday first.
pub(super) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl Calendar {
    /// A calendar from its words: pairs of local times for each weekday,
    /// Monday first.
    ///
    /// # Errors
    /// Names the first wrong place.
    pub fn new(
        time_zone: &str,
        weekly: &[Vec<(String, String)>; 7],
        holidays: &[Holiday],
    ) -> Result<Self, Mistake> {
        let mut days: [Vec<Interval>; 7] = Default::default();
        for ((day, pairs), name) in days.iter_mut().zip(weekly).zip(WEEKDAYS) {
            if pairs.len() > MAX_INTERVALS {
                let problem = format!("at most {MAX_INTERVALS} intervals a day");
                return Err(Mistake::new(format!("weekly.{name}"), problem));
            }
            for (at, (from, until)) in pairs.iter().enumerate() {
                let from = time(&format!("weekly.{name}[{at}][0]"), from, false)?;
                let until = time(&format!("weekly.{name}[{at}][1]"), until, true)?;
                day.push(Interval::new(from, until));
            }
        }
        Self::of(time_zone, Hours::new(days), holidays)
    }

    /// A calendar that is open day and night, holidays apart.
    ///
    /// # Errors
    /// Names the first wrong place.
    pub fn always(time_zone: &str, holidays: &[Holiday]) -> Result<Self, Mistake> {
        let day = || vec![Interval::new(0, DAY)];
        let days = [day(), day(), day(), day(), day(), day(), day()];
        Self::of(time_zone, Hours::new(days), holidays)
    }

    fn of(time_zone: &str, hours: Hours, holidays: &[Holiday]) -> Result<Self, Mistake> {
        let zone = zone::find(time_zone).ok_or_else(|| {
            let problem = "no such time zone; write an IANA name such as Europe/Berlin";
            Mistake::new("time_zone", problem)
        })?;
        if holidays.len() > MAX_HOLIDAYS {
            let problem = format!("at most {MAX_HOLIDAYS} holidays");
            return Err(Mistake::new("holidays", problem));
        }
        let (mut once, mut yearly) = (Vec::new(), Vec::new());
        for holiday in holidays {
            match holiday {
                Holiday::On(date) => once.push(day_of(*date)),
                Holiday::Yearly(month, day) => yearly.push((*month, *day)),
            }
        }
        Ok(Self {
            zone,
            hours,
            holidays: Dates::new(once, yearly),
        })
    }

    /// The calendar's zone.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether it never opens.
    #[must_use]
    pub const fn is_never(&self) -> bool {
        self.hours.is_never()
    }
}

impl Interval {
    /// An end that is not after its start lies on the next date.
    const fn new(from: Micros, until: Micros) -> Self {
        let until = if until > from { until } else { until + DAY };
        Self { from, until }
    }
}

/// Reads `09:30`; `24:00` only where a day ends.
fn time(place: &str, text: &str, is_end: bool) -> Result<Micros, Mistake> {
    let wrong = || {
        let until = if is_end { "24:00" } else { "23:59" };
        Mistake::new(
            place,
            format!("write a time as HH:MM, from 00:00 to {until}, not {text:?}"),
        )
    };
    let (hours, minutes) = text.split_once(':').ok_or_else(wrong)?;
    let number = |digits: &str| {
        let is_two = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<i64>().ok().filter(|_| is_two)
    };
    let (Some(hours), Some(minutes)) = (number(hours), number(minutes)) else {
        return Err(wrong());
    };
    let of_day = hours * 60 + minutes;
    let last = if is_end { 1440 } else { 1439 };
    if minutes > 59 || of_day > last {
        return Err(wrong());
    }
    Ok(of_day * 60 * SECOND)
}

impl std::str::FromStr for Holiday {
    type Err = &'static str;

    /// `2026-12-25`, or `12-25` for every year.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "write a date as YYYY-MM-DD, or MM-DD for every year";
        let is_plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        match (text.len(), is_plain) {
            (10, true) => text.parse().map(Self::On).map_err(|_| WRONG),
            (5, true) => {
                // A leap year, so that 29 February is a date.
                let date: Date = format!("2000-{text}").parse().map_err(|_| WRONG)?;
                Ok(Self::Yearly(date.month(), date.day()))
            }
            _ => Err(WRONG),
        }
    }
}

impl std::fmt::Display for Holiday {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::On(date) => date.fmt(f),
            Self::Yearly(month, day) => write!(f, "{month:02}-{day:02}"),
        }
    }
}
