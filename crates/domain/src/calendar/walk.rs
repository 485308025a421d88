//! Counting open time over any stretch, week by week where the clocks are
//! even and date by date where they change.

use super::hours::merged;
use super::model::Calendar;
use super::region::{Offset, Region, Regions, instant, instants_of};
use super::{DAY, Micros, date};
use jiff::civil::Date;
use steward_kernel::Instant;

/// 400 years of the Gregorian calendar: whole weeks, after which dates,
/// weekdays and the rules of time zones come again.
const CYCLE: Micros = 146_097 * DAY;
/// 2101-01-01: no zone has changes of its own after it, only rules.
const RULES_ONLY: i64 = 47_847;

/// How far a search for an amount of open time came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// All of it had passed at this instant, and not before.
    Reached(Micros),
    /// The stretch ended with this much still missing.
    Missing(Micros),
}

impl Calendar {
    /// Open time between two instants; nothing when the second is not later.
    #[must_use]
    pub fn open_between(&self, from: Instant, until: Instant) -> Micros {
        self.open(from.as_microsecond(), until.as_microsecond())
    }

    /// Whether it opens at all on a local date.
    #[must_use]
    pub fn opens_on(&self, date: Date) -> bool {
        let day = date::day_of(date);
        let (from, until) = ((day - 2) * DAY, (day + 3) * DAY);
        Regions::new(&self.zone, from, until).any(|region| {
            let (from, until, clock) = region.parts();
            instants_of(&clock, day).any(|(a, b)| self.open(a.max(from), b.min(until)) > 0)
        })
    }

    pub(crate) fn open(&self, from: Micros, until: Micros) -> Micros {
        match self.advance(from, until, Micros::MAX) {
            Progress::Reached(_) => 0,
            Progress::Missing(missing) => Micros::MAX - missing,
        }
    }

    /// The earliest instant of the stretch at which `need` was open. `need` is
    /// more than nothing.
    pub(crate) fn advance(&self, from: Micros, until: Micros, need: Micros) -> Progress {
        let mut missing = need;
        if self.hours.is_never() {
            return Progress::Missing(missing);
        }
        for region in Regions::new(&self.zone, from, until) {
            match region {
                Region::Even {
                    from,
                    until,
                    offset,
                } => {
                    let local = (from + offset, until + offset);
                    if let Some(at) = self.even(local, &mut missing) {
                        return Progress::Reached(at - offset);
                    }
                }
                Region::Uneven { from, until, clock } => {
                    for (from, until) in self.uneven(from, until, &clock) {
                        if until - from >= missing {
                            return Progress::Reached(from + missing);
                        }
                        missing -= until - from;
                    }
                }
            }
        }
        Progress::Missing(missing)
    }

    /// The earliest instant from `from` on at which `need` was open; none when
    /// the open time never suffices. `need` is more than nothing.
    pub(crate) fn reach(&self, from: Micros, need: Micros) -> Option<Micros> {
        let end = Instant::MAX.as_microsecond();
        let last_once = self.holidays.last_once().map_or(RULES_ONLY, |day| day + 7);
        let repeats = (last_once.max(RULES_ONLY) * DAY).max(from);
        let (mut at, mut missing) = (from, need);
        let mut stop = repeats;
        while at < end && missing <= end - at {
            match self.advance(at, stop.min(end), missing) {
                Progress::Reached(reached) => return Some(reached),
                Progress::Missing(rest) => {
                    let open = missing - rest;
                    let is_cycle = stop.checked_sub(at) == Some(CYCLE);
                    missing = rest;
                    at = stop;
                    if is_cycle {
                        // What comes again need not be walked again.
                        let more = (missing - 1).checked_div(open)?;
                        at = at.checked_add(more.checked_mul(CYCLE)?)?;
                        missing -= more * open;
                    }
                    stop = at.checked_add(CYCLE)?;
                }
            }
        }
        None
    }

    /// Local time without any change: from holiday to holiday at once.
    fn even(&self, (mut at, end): (Micros, Micros), missing: &mut Micros) -> Option<Micros> {
        while at < end {
            let holiday = self.holidays.next_from(at.div_euclid(DAY));
            let stop = holiday.map_or(end, |day| (day * DAY).min(end));
            if stop > at {
                let open = self.hours.between(at, stop);
                if open >= *missing {
                    return self.hours.reach(at, *missing);
                }
                *missing -= open;
            }
            at = holiday.map_or(end, |day| (day + 1) * DAY);
        }
        None
    }

    /// What is open of a stretch around changes of the clocks, in order.
    pub(super) fn uneven(
        &self,
        from: Micros,
        until: Micros,
        clock: &[Offset],
    ) -> Vec<(Micros, Micros)> {
        let (first, last) = dates(from, until, clock);
        let mut open = Vec::new();
        for day in first..=last {
            if instants_of(clock, day).next().is_none() {
                continue;
            }
            for interval in self.hours.of_weekday(date::weekday(day)) {
                let begin = instant(clock, day * DAY + interval.from);
                let end = instant(clock, day * DAY + interval.until);
                open.push((begin.max(from), end.min(until)));
            }
        }
        let mut open = merged(open);
        let mut holiday = self.holidays.next_from(first);
        while let Some(day) = holiday.filter(|day| *day <= last) {
            for closed in instants_of(clock, day) {
                cut(&mut open, closed);
            }
            holiday = self.holidays.next_from(day + 1);
        }
        open
    }
}

/// The dates on which an interval may begin that is felt in the stretch.
pub(super) fn dates(from: Micros, until: Micros, clock: &[Offset]) -> (i64, i64) {
    let offsets = || clock.iter().map(|o| o.offset);
    let least = offsets().min().unwrap_or(0);
    let most = offsets().max().unwrap_or(0);
    (
        (from + least).div_euclid(DAY) - 2,
        (until + most).div_euclid(DAY),
    )
}

/// Takes a stretch out of intervals.
fn cut(open: &mut Vec<(Micros, Micros)>, (from, until): (Micros, Micros)) {
    if !open.iter().any(|(a, b)| *a < until && from < *b) {
        return;
    }
    let rest = open
        .iter()
        .flat_map(|(a, b)| [(*a, (*b).min(from)), ((*a).max(until), *b)]);
    *open = rest.filter(|(a, b)| a < b).collect();
}
