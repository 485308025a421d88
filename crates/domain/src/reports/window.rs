//! The period of a report and its steps, in the organization's own days.

use super::model::Step;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use steward_kernel::{Error, Instant};

/// Most steps of a trend.
pub const MAX_STEPS: usize = 400;
const DAY: i64 = 24 * 3600;

/// A period, half-open, cut into steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// First instant.
    pub from: Instant,
    /// First instant after it.
    pub to: Instant,
    /// Ends of the steps; the last is `to`.
    pub ends: Vec<Instant>,
    /// Length of a step.
    pub step: Step,
}

impl Window {
    /// Cuts a period at midnights of the zone; without a wish, so that the
    /// steps can still be told apart.
    ///
    /// # Errors
    /// When it is empty, or there would be too many steps.
    pub fn new(
        from: Instant,
        to: Instant,
        step: Option<Step>,
        zone: &TimeZone,
    ) -> Result<Self, Error> {
        if from >= to {
            return Err(Error::field(
                "to",
                "out_of_range",
                "the period ends before it begins",
            ));
        }
        let length = to.as_second().saturating_sub(from.as_second());
        let step = step.unwrap_or(if length <= 45 * DAY {
            Step::Day
        } else if length <= 200 * DAY {
            Step::Week
        } else {
            Step::Month
        });
        let mut ends = Vec::new();
        let mut at = beginning(from, step, zone);
        loop {
            let next = at.as_ref().ok().and_then(|at| after(at, step));
            let Some(next) = next.filter(|next| next.timestamp() < to) else {
                break;
            };
            if next.timestamp() > from {
                ends.push(next.timestamp());
            }
            if ends.len() >= MAX_STEPS {
                let message =
                    format!("the trend has at most {MAX_STEPS} steps; choose longer ones");
                return Err(Error::field("step", "out_of_range", message));
            }
            at = Ok(next);
        }
        ends.push(to);
        Ok(Self {
            from,
            to,
            ends,
            step,
        })
    }

    /// The steps: begin and end of each.
    pub fn steps(&self) -> impl Iterator<Item = (Instant, Instant)> + '_ {
        let begins = std::iter::once(self.from).chain(self.ends.iter().copied());
        begins.zip(self.ends.iter().copied())
    }

    /// The step in which an instant lies; none outside of the period.
    #[must_use]
    pub fn place(&self, at: Instant) -> Option<usize> {
        let inside = self.from <= at && at < self.to;
        inside.then(|| self.ends.partition_point(|end| *end <= at))
    }

    /// The first step that ends after an instant.
    #[must_use]
    pub fn first_end_after(&self, at: Instant) -> usize {
        self.ends.partition_point(|end| *end <= at)
    }
}

/// Midnight of the step in which an instant lies.
fn beginning(at: Instant, step: Step, zone: &TimeZone) -> Result<Zoned, jiff::Error> {
    let local = at.to_zoned(zone.clone());
    let date = match step {
        Step::Day => local.date(),
        Step::Week => {
            let past = local.date().weekday().to_monday_zero_offset();
            local.date().checked_sub(i32::from(past).days())?
        }
        Step::Month => local.date().first_of_month(),
    };
    date.to_zoned(zone.clone())
}

fn after(at: &Zoned, step: Step) -> Option<Zoned> {
    let span = match step {
        Step::Day => 1.day(),
        Step::Week => 1.week(),
        Step::Month => 1.month(),
    };
    // A midnight that does not exist is taken as the first instant of its day.
    let next = at.date().checked_add(span).ok()?;
    next.to_zoned(at.time_zone().clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("a zone")
    }

    #[test]
    fn steps_begin_at_local_midnight() {
        let (from, to) = (at("2026-03-27T12:00:00Z"), at("2026-03-30T12:00:00Z"));
        let window = Window::new(from, to, None, &berlin()).expect("a window");
        assert_eq!(window.step, Step::Day);
        // The clocks go forward on the 29th.
        let expected = [
            "2026-03-27T23:00:00Z",
            "2026-03-28T23:00:00Z",
            "2026-03-29T22:00:00Z",
        ];
        let mut expected: Vec<Instant> = expected.map(at).into();
        expected.push(to);
        assert_eq!(window.ends, expected);
        assert_eq!(window.place(from), Some(0));
        assert_eq!(window.place(expected[0]), Some(1));
        assert_eq!(window.place(to), None);
        let week = Window::new(from, to, Some(Step::Week), &berlin()).expect("a window");
        assert_eq!(week.ends, [at("2026-03-29T22:00:00Z"), to]);
        let month = Window::new(
            at("2026-01-15T00:00:00Z"),
            at("2026-12-31T23:00:00Z"),
            None,
            &berlin(),
        );
        assert_eq!(month.expect("a window").ends.len(), 12);
    }

    #[test]
    fn empty_and_endless_periods_are_refused() {
        let (from, to) = (at("2026-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z"));
        assert_eq!(
            Window::new(to, from, None, &berlin())
                .expect_err("empty")
                .errors[0]
                .field,
            "to"
        );
        assert!(Window::new(from, from, None, &berlin()).is_err());
        let endless = Window::new(from, to, Some(Step::Day), &berlin());
        assert_eq!(endless.expect_err("too many").errors[0].field, "step");
        let ever = Window::new(
            at("1970-01-01T00:00:00Z"),
            at("9000-01-01T00:00:00Z"),
            None,
            &berlin(),
        );
        assert!(ever.is_err());
    }

    proptest! {
        #[test]
        fn every_instant_of_the_period_lies_in_the_step_that_holds_it(
            start in 0_i64..2_000_000_000, length in 1_i64..20_000_000, offset in 0_i64..20_000_000
        ) {
            let from = Instant::from_second(start).expect("in range");
            let to = Instant::from_second(start + length).expect("in range");
            let window = Window::new(from, to, None, &berlin()).expect("a window");
            prop_assert!(window.ends.is_sorted() && window.ends.last() == Some(&to));
            let at = Instant::from_second(start + offset).expect("in range");
            match window.place(at) {
                Some(place) => {
                    let (begin, end) = window.steps().nth(place).expect("a step");
                    prop_assert!(begin <= at && at < end);
                }
                None => prop_assert!(at >= to),
            }
        }
    }
}
