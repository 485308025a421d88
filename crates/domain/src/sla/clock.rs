//! One clock of a ticket: what it has consumed, and what follows from that.

use super::arithmetic::{AT_RISK_PERCENT, due, state};
use super::escalation::Mark;
use super::model::State;
use super::pauses::Pauses;
use crate::calendar::{Calendar, Micros, SECOND};
use crate::tickets::model::vocabulary;
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use uuid::Uuid;

vocabulary! {
    /// What a clock is made to do by its ticket.
    Mode {
        /// It counts.
        Running = "running",
        /// It waits for something outside.
        Paused = "paused",
        /// What it measures has happened.
        Met = "met",
        /// Nobody needs it any more.
        Cancelled = "cancelled",
    }
}

/// What a clock was given by a version of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Version of the policy.
    pub policy_version_id: Uuid,
    /// Version of the calendar.
    pub calendar_version_id: Uuid,
    /// Business time until it breaches.
    pub target_seconds: i64,
}

impl Terms {
    const fn target(&self) -> Micros {
        self.target_seconds.saturating_mul(SECOND)
    }
}

/// A clock as it was left at `as_of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// When it began.
    pub started_at: Instant,
    /// Up to when `consumed` counts.
    pub as_of: Instant,
    /// Business time used up.
    pub consumed: Micros,
    /// What it does since.
    pub mode: Mode,
    /// By what it counts.
    pub terms: Terms,
    /// When its time is used up, if it goes on like this.
    pub due_at: Option<Instant>,
    /// When its time was used up; never taken back.
    pub breached_at: Option<Instant>,
    /// When what it measures happened.
    pub met_at: Option<Instant>,
}

impl Clock {
    /// A clock that begins to count.
    #[must_use]
    pub fn start(at: Instant, terms: Terms, calendar: &Calendar) -> Self {
        let mut clock = Self {
            started_at: at,
            as_of: at,
            consumed: 0,
            mode: Mode::Running,
            terms,
            due_at: None,
            breached_at: None,
            met_at: None,
        };
        clock.due_at = clock.due(calendar);
        clock
    }

    /// Business time used up at an instant; `calendar` is that of its terms.
    #[must_use]
    pub fn consumed_at(&self, calendar: &Calendar, now: Instant) -> Micros {
        match self.mode {
            Mode::Running => self.consumed + calendar.open_between(self.as_of, now),
            _ => self.consumed,
        }
    }

    /// The clock after its ticket changed at `now`: `old` is the calendar it
    /// counted by, `new` the one of `terms`.
    pub fn turn(&mut self, old: &Calendar, mode: Mode, terms: Terms, new: &Calendar, now: Instant) {
        if mode == self.mode && terms == self.terms {
            return;
        }
        self.settle(old, now);
        let was = std::mem::replace(&mut self.mode, mode);
        self.terms = terms;
        match mode {
            Mode::Met if was != Mode::Met => self.met_at = Some(now),
            Mode::Running | Mode::Paused => self.met_at = None,
            Mode::Met | Mode::Cancelled => {}
        }
        if matches!(mode, Mode::Running | Mode::Paused) {
            self.due_at = self.due(new);
        }
    }

    /// Begins again from nothing, as a clock of updates does at each of them;
    /// a breach that happened stays recorded.
    pub fn again(&mut self, calendar: &Calendar, now: Instant) {
        self.settle(calendar, now);
        self.started_at = self.as_of;
        self.consumed = 0;
        if self.mode == Mode::Running {
            self.due_at = self.due(calendar);
        }
    }

    /// When it is at risk, if it goes on like this.
    #[must_use]
    pub fn at_risk_at(&self, calendar: &Calendar) -> Option<Instant> {
        let target = i128::from(self.terms.target()) * i128::from(AT_RISK_PERCENT);
        self.reaches(calendar, Micros::try_from((target + 99) / 100).ok()?)
    }

    /// Counts up to `now`, and records a breach on the way.
    pub fn settle(&mut self, calendar: &Calendar, now: Instant) {
        let running = self.mode == Mode::Running;
        let due_at = self.due_at.filter(|due| running && *due <= now);
        self.breached_at = self.breached_at.or(due_at);
        self.consumed = self.consumed_at(calendar, now);
        // The system's clock may have been set back.
        self.as_of = self.as_of.max(now);
    }

    fn due(&self, calendar: &Calendar) -> Option<Instant> {
        self.reaches(calendar, self.terms.target())
    }

    fn reaches(&self, calendar: &Calendar, target: Micros) -> Option<Instant> {
        match self.mode {
            Mode::Running => {
                let left = target.saturating_sub(self.consumed);
                due(calendar, self.as_of, left, &Pauses::default())
            }
            _ => None,
        }
    }

    /// When it is at a mark, if it goes on like this.
    #[must_use]
    pub fn reaches_mark(&self, calendar: &Calendar, mark: Mark) -> Option<Instant> {
        let target = match mark {
            // To the microsecond: half a percent of a minute is no whole second.
            Mark::Percent(percent) => i128::from(self.terms.target()) * i128::from(percent) / 100,
            Mark::MinutesBefore(_) => {
                i128::from(mark.seconds(self.terms.target_seconds)) * i128::from(SECOND)
            }
        };
        self.reaches(calendar, Micros::try_from(target).ok()?)
    }

    /// Whether its time was used up at `now`.
    #[must_use]
    pub fn is_breached(&self, now: Instant) -> bool {
        let is_due = self.due_at.is_some_and(|due| due <= now);
        self.breached_at.is_some() || (self.mode == Mode::Running && is_due)
    }

    /// How it stands at `now`. What was breached and met later stays breached.
    #[must_use]
    pub fn state(&self, calendar: &Calendar, now: Instant) -> State {
        if self.is_breached(now) {
            return State::Breached;
        }
        match self.mode {
            Mode::Met => State::Met,
            Mode::Cancelled => State::Cancelled,
            Mode::Paused => State::Paused,
            Mode::Running => state(self.consumed_at(calendar, now), self.terms.target(), false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use proptest::prelude::*;

    fn calendar(night: bool) -> Calendar {
        if night {
            return Calendar::always("Europe/Berlin", &[]).expect("a calendar");
        }
        let day = || vec![("09:00".to_owned(), "17:00".to_owned())];
        let week = [day(), day(), day(), day(), day(), vec![], vec![]];
        Calendar::new("Europe/Berlin", &week, &[]).expect("a calendar")
    }

    fn terms(calendar: u8, minutes: i64) -> Terms {
        Terms {
            policy_version_id: Uuid::nil(),
            calendar_version_id: Uuid::from_u128(u128::from(calendar)),
            target_seconds: minutes * 60,
        }
    }

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn what_was_consumed_stays_when_target_and_calendar_change() {
        let (office, always) = (calendar(false), calendar(true));
        // Friday 15:00 in Berlin.
        let start = at("2026-11-27T14:00:00Z");
        let mut clock = Clock::start(start, terms(0, 480), &office);
        assert_eq!(clock.due_at, Some(at("2026-11-30T14:00:00Z")));
        // On Monday at 10:00 three hours are used up; critical runs day and night.
        let monday = at("2026-11-30T09:00:00Z");
        clock.turn(&office, Mode::Running, terms(1, 240), &always, monday);
        assert_eq!(clock.consumed, 3 * 3600 * SECOND);
        assert_eq!(clock.due_at, Some(at("2026-11-30T10:00:00Z")));
        assert_eq!(clock.reaches_mark(&always, Mark::Percent(75)), Some(monday));
        assert_eq!(
            clock.reaches_mark(&always, Mark::Percent(90)),
            Some(at("2026-11-30T09:36:00Z"))
        );
        clock.turn(
            &always,
            Mode::Paused,
            terms(1, 240),
            &always,
            at("2026-11-30T09:30:00Z"),
        );
        assert_eq!(
            (clock.due_at, clock.reaches_mark(&always, Mark::Percent(90))),
            (None, None)
        );
        assert_eq!(
            clock.state(&always, at("2026-12-30T09:30:00Z")),
            State::Paused
        );
        clock.turn(
            &always,
            Mode::Running,
            terms(1, 240),
            &always,
            at("2026-12-01T09:30:00Z"),
        );
        assert_eq!(clock.due_at, Some(at("2026-12-01T10:00:00Z")));
        // Resolved too late: it stays breached, also when it is reopened with more time.
        clock.turn(
            &always,
            Mode::Met,
            terms(1, 240),
            &always,
            at("2026-12-01T11:00:00Z"),
        );
        assert_eq!(clock.breached_at, Some(at("2026-12-01T10:00:00Z")));
        assert_eq!(clock.met_at, Some(at("2026-12-01T11:00:00Z")));
        clock.turn(
            &always,
            Mode::Running,
            terms(1, 2400),
            &always,
            at("2026-12-02T11:00:00Z"),
        );
        assert_eq!((clock.met_at, clock.consumed), (None, 5 * 3600 * SECOND));
        assert_eq!(
            clock.state(&always, at("2026-12-02T11:00:00Z")),
            State::Breached
        );
    }

    proptest! {
        #[test]
        fn looking_in_between_changes_nothing(
            steps in proptest::collection::vec((0_i64..500_000, 0_usize..3, any::<bool>(), 1_i64..5000), 1..12),
            looks in proptest::collection::vec(0_i64..6_000_000, 0..8), second in 1_262_304_000_i64..1_893_456_000
        ) {
            let calendars = [calendar(false), calendar(true)];
            let of = |t: &Terms| &calendars[usize::try_from(t.calendar_version_id.as_u128()).expect("small")];
            let start = Instant::from_second(second).expect("an instant");
            let first = terms(0, 600);
            let mut plain = Clock::start(start, first, &calendars[0]);
            let mut watched = plain.clone();
            let mut now = start;
            for (wait, mode, night, minutes) in steps {
                let next = now + wait.seconds();
                for look in looks.iter().map(|l| start + l.seconds()).filter(|l| now < *l && *l < next) {
                    // Another clock's change settles this one with what it has.
                    let terms = watched.terms;
                    watched.settle(of(&terms), look);
                }
                now = next;
                let mode = [Mode::Running, Mode::Paused, Mode::Met][mode];
                let given = terms(u8::from(night), minutes);
                for clock in [&mut plain, &mut watched] {
                    let old = clock.terms;
                    clock.turn(of(&old), mode, given, of(&given), now);
                }
                let calendar = of(&given);
                prop_assert_eq!(plain.consumed_at(calendar, now), watched.consumed_at(calendar, now));
                prop_assert_eq!(plain.state(calendar, now), watched.state(calendar, now));
                prop_assert_eq!((plain.due_at, plain.breached_at, plain.met_at), (watched.due_at, watched.breached_at, watched.met_at));
            }
        }
    }
}
