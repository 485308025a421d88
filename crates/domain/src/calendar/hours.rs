//! The opening hours of a week on a clock that nobody moves: how much is open
//! between two local times, and when so much is reached.

use super::model::Interval;
use super::{DAY, Micros};

const WEEK: Micros = 7 * DAY;
/// 1970-01-01 was a Thursday; weeks here begin on Monday.
const MONDAY: Micros = 3 * DAY;

/// Opening hours per weekday, Monday first, and their union over the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    days: [Vec<Interval>; 7],
    union: Vec<Span>,
    total: Micros,
}

/// One stretch of the union, with the open time of the week before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: Micros,
    until: Micros,
    before: Micros,
}

impl Hours {
    pub(super) fn new(days: [Vec<Interval>; 7]) -> Self {
        let mut spans: Vec<(Micros, Micros)> = Vec::new();
        for (start, intervals) in (0_i64..).zip(&days) {
            for interval in intervals {
                let from = start * DAY + interval.from;
                let until = start * DAY + interval.until;
                // What runs past Sunday's midnight opens the week.
                spans.push((from, until.min(WEEK)));
                if until > WEEK {
                    spans.push((0, until - WEEK));
                }
            }
        }
        let mut total = 0;
        let mut union = Vec::new();
        for (from, until) in merged(spans) {
            union.push(Span {
                from,
                until,
                before: total,
            });
            total += until - from;
        }
        Self { days, union, total }
    }

    /// Intervals that begin on a weekday, Monday 0.
    pub(super) fn of_weekday(&self, weekday: usize) -> &[Interval] {
        self.days.get(weekday).map_or(&[], Vec::as_slice)
    }

    /// Whether it never opens.
    #[must_use]
    pub const fn is_never(&self) -> bool {
        self.total == 0
    }

    /// Open time from some fixed Monday up to a local time.
    fn up_to(&self, local: Micros) -> Micros {
        let local = local + MONDAY;
        let of_week = local.rem_euclid(WEEK);
        let at = self.union.partition_point(|span| span.from <= of_week);
        let span = at.checked_sub(1).and_then(|at| self.union.get(at));
        let part = span.map_or(0, |s| s.before + (of_week.min(s.until) - s.from));
        local.div_euclid(WEEK) * self.total + part
    }

    /// Open time between two local times.
    pub(super) fn between(&self, from: Micros, until: Micros) -> Micros {
        self.up_to(until) - self.up_to(from)
    }

    /// The earliest local time at which `need` was open since `from`; `need`
    /// is more than nothing, and the week is not closed altogether.
    pub(super) fn reach(&self, from: Micros, need: Micros) -> Option<Micros> {
        let target = self.up_to(from).checked_add(need)?;
        let week = (target - 1).checked_div_euclid(self.total)?;
        let rest = target - week * self.total;
        let at = self.union.partition_point(|span| span.before < rest);
        let span = self.union.get(at.checked_sub(1)?)?;
        Some(week * WEEK + span.from + (rest - span.before) - MONDAY)
    }
}

/// The union of intervals, in order and apart from each other.
pub(crate) fn merged(mut spans: Vec<(Micros, Micros)>) -> Vec<(Micros, Micros)> {
    spans.retain(|(from, until)| from < until);
    spans.sort_unstable();
    let mut union: Vec<(Micros, Micros)> = Vec::with_capacity(spans.len());
    for (from, until) in spans {
        match union.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => union.push((from, until)),
        }
    }
    union
}
