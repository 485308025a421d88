//! A ticket's life under other policies and calendars, and what it would have
//! come to.

use super::book::{Book, PolicyVersion};
use super::clock::Mode;
use super::ledger::{Change, Ledger};
use super::model::Metric;
use super::situation::Situation;
use crate::tickets::model::{Priority, Status, vocabulary};
use steward_kernel::Instant;

/// Something that happened to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Its status became this.
    Status(Status),
    /// Its priority became this.
    Priority(Priority),
    /// It went into another ticket, or came back.
    Merged(bool),
    /// Someone who works it answered for the first time.
    Answered,
}

/// What happened to a ticket from its report on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// When it was reported.
    pub created_at: Instant,
    /// Its first status.
    pub status: Status,
    /// Its first priority.
    pub priority: Priority,
    /// What happened then, oldest first.
    pub turns: Vec<(Instant, Turn)>,
}

/// The clocks that the ticket would have under a book.
#[must_use]
pub fn relive(life: &Life, book: &Book, matches: &dyn Fn(&PolicyVersion) -> bool) -> Ledger {
    let mut ledger = Ledger::default();
    let mut change = Change {
        situation: Situation {
            status: life.status,
            is_answered: false,
            is_merged: false,
        },
        priority: life.priority,
        is_rematch: true,
        is_news: false,
    };
    let mut now = life.created_at;
    for (at, turn) in &life.turns {
        // What happens at one instant is one change.
        if *at > now {
            ledger.follow(book, change, matches, now);
            change.is_rematch = false;
            now = *at;
        }
        match turn {
            Turn::Status(status) => change.situation.status = *status,
            Turn::Priority(priority) => {
                change.priority = *priority;
                change.is_rematch = true;
            }
            Turn::Merged(is_merged) => change.situation.is_merged = *is_merged,
            Turn::Answered => change.situation.is_answered = true,
        }
    }
    ledger.follow(book, change, matches, now);
    ledger
}

vocabulary! {
    /// What a clock came to.
    Outcome {
        /// It was stopped in time.
        Met = "met",
        /// Its time was used up.
        Breached = "breached",
        /// It still runs or waits.
        Open = "open",
    }
}

/// What a clock came to by `now`; none where nobody needed it to the end.
#[must_use]
pub fn outcome(
    mode: Mode,
    due_at: Option<Instant>,
    breached_at: Option<Instant>,
    now: Instant,
) -> Option<Outcome> {
    let is_due = mode == Mode::Running && due_at.is_some_and(|due| due <= now);
    if breached_at.is_some() || is_due {
        return Some(Outcome::Breached);
    }
    match mode {
        Mode::Met => Some(Outcome::Met),
        Mode::Running | Mode::Paused => Some(Outcome::Open),
        Mode::Cancelled => None,
    }
}

/// What the clock of the agreement with the customer came to.
#[must_use]
pub fn outcome_of(ledger: &Ledger, metric: Metric, now: Instant) -> Option<Outcome> {
    let mut tracks = ledger.0.iter();
    let track =
        tracks.find(|t| t.agreement == super::model::Agreement::Sla && t.metric == metric)?;
    let clock = &track.clock;
    outcome(clock.mode, clock.due_at, clock.breached_at, now)
}

/// Clocks by what they came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Stopped in time.
    pub met: u32,
    /// Used up.
    pub breached: u32,
    /// Still running or waiting.
    pub open: u32,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, outcome: Option<Outcome>) {
        let count = match outcome {
            Some(Outcome::Met) => &mut self.met,
            Some(Outcome::Breached) => &mut self.breached,
            Some(Outcome::Open) => &mut self.open,
            None => return,
        };
        *count = count.saturating_add(1);
    }

    /// Share of those in time among those that are decided.
    #[must_use]
    pub fn compliance(&self) -> Option<f64> {
        let decided = self.met.saturating_add(self.breached);
        (decided > 0).then(|| f64::from(self.met) / f64::from(decided))
    }
}

#[cfg(test)]
mod tests {
    use super::super::book::{CalendarVersion, Target, Targets};
    use super::super::model::Agreement;
    use super::*;
    use crate::calendar::Calendar;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn book(response: i64, resolution: i64) -> Book {
        let target = Target {
            response_minutes: Some(response),
            resolution_minutes: Some(resolution),
            next_update_minutes: None,
            calendar_id: None,
        };
        let urgent = Target {
            resolution_minutes: Some(resolution / 4),
            ..target
        };
        let id = Uuid::from_u128(1);
        let calendar = Calendar::always("UTC", &[]).expect("a calendar");
        let version = CalendarVersion {
            id,
            calendar_id: id,
            calendar,
        };
        Book {
            policies: vec![PolicyVersion {
                id,
                policy_id: id,
                agreement: Agreement::Sla,
                calendar_id: id,
                targets: Targets {
                    critical: urgent,
                    high: target,
                    medium: target,
                    low: target,
                },
                escalation: Default::default(),
            }],
            earlier: Vec::new(),
            calendars: [(id, version)].into(),
            current: [(id, id)].into(),
        }
    }

    fn at(minute: i64) -> Instant {
        Instant::from_second(1_767_225_600 + minute * 60).expect("in range")
    }

    fn life(turns: &[(i64, Turn)]) -> Life {
        Life {
            created_at: at(0),
            status: Status::New,
            priority: Priority::Low,
            turns: turns
                .iter()
                .map(|(minute, turn)| (at(*minute), *turn))
                .collect(),
        }
    }

    #[test]
    fn a_life_comes_to_what_its_targets_say() {
        let now = at(10_000);
        let all = |_: &PolicyVersion| true;
        let resolved = life(&[
            (10, Turn::Answered),
            (20, Turn::Status(Status::OnHold)),
            (500, Turn::Status(Status::InProgress)),
            (530, Turn::Status(Status::Resolved)),
        ]);
        // 50 minutes counted: the hold does not.
        for (response, resolution, expected) in [
            (10, 50, (Outcome::Breached, Outcome::Breached)),
            (11, 51, (Outcome::Met, Outcome::Met)),
            (11, 40, (Outcome::Met, Outcome::Breached)),
        ] {
            let ledger = relive(&resolved, &book(response, resolution), &all);
            let found = |metric| outcome_of(&ledger, metric, now).expect("an outcome");
            let found = (found(Metric::Response), found(Metric::Resolution));
            assert_eq!(found, expected, "{response} {resolution}");
        }
        let nobody = relive(&resolved, &book(1, 1), &|_| false);
        assert_eq!(outcome_of(&nobody, Metric::Response, now), None);
        let raised = life(&[(60, Turn::Priority(Priority::Critical))]);
        let ledger = relive(&raised, &book(500, 200), &all);
        assert_eq!(
            outcome_of(&ledger, Metric::Resolution, at(60)),
            Some(Outcome::Breached)
        );
        let cancelled = life(&[(5, Turn::Status(Status::Cancelled))]);
        let ledger = relive(&cancelled, &book(10, 10), &all);
        assert_eq!(outcome_of(&ledger, Metric::Resolution, now), None);
        let open = relive(&life(&[]), &book(60, 60), &all);
        assert_eq!(
            outcome_of(&open, Metric::Response, at(59)),
            Some(Outcome::Open)
        );
        assert_eq!(
            outcome_of(&open, Metric::Response, at(60)),
            Some(Outcome::Breached)
        );
    }

    proptest! {
        #[test]
        fn more_time_never_makes_a_breach(
            steps in proptest::collection::vec((1_i64..300, 0_usize..5), 0..8),
            target in 1_i64..500, more in 0_i64..500
        ) {
            let mut minute = 0;
            let turns: Vec<(i64, Turn)> = steps.into_iter().map(|(wait, turn)| {
                minute += wait;
                (minute, [
                    Turn::Answered, Turn::Status(Status::OnHold), Turn::Status(Status::InProgress),
                    Turn::Status(Status::Resolved), Turn::Status(Status::Closed),
                ][turn])
            }).collect();
            let life = life(&turns);
            let now = at(minute + 100);
            for metric in [Metric::Response, Metric::Resolution] {
                let of = |target| outcome_of(&relive(&life, &book(target, target), &|_| true), metric, now);
                if of(target) != Some(Outcome::Breached) {
                    prop_assert_ne!(of(target + more), Some(Outcome::Breached));
                }
            }
        }
    }
}
