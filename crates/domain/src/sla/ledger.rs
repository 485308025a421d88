//! All clocks of one ticket, and how each change of the ticket moves them.
//!
//! The same function serves the change as it happens and the replay of a whole
//! history, so that a rebuilt ledger can be compared with the kept one.

use super::book::{Book, PolicyVersion};
use super::clock::{Clock, Mode, Terms};
use super::escalation::{Escalation, Fired, Mark};
use super::explain::Leg;
use super::model::{Agreement, Metric};
use super::situation::{Situation, mode};
use crate::tickets::model::Priority;
use std::cell::LazyCell;
use steward_kernel::Instant;

/// A clock with its life so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// With whom the agreement is.
    pub agreement: Agreement,
    /// What it measures.
    pub metric: Metric,
    /// The clock.
    pub clock: Clock,
    /// How far it was acted on.
    pub fired: Fired,
    /// What it did since when.
    pub legs: Vec<Leg>,
}

/// What changed about a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// How it is now.
    pub situation: Situation,
    /// Its priority now.
    pub priority: Priority,
    /// Whether policies are matched anew.
    pub is_rematch: bool,
    /// Whether its requester was told something new.
    pub is_news: bool,
}

/// The clocks of one ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger(pub Vec<Track>);

impl Ledger {
    /// Moves every clock to the change. `matches` says whether a policy is
    /// meant for the ticket as it is now. Returns whether anything moved.
    pub fn follow(
        &mut self,
        book: &Book,
        change: Change,
        matches: &dyn Fn(&PolicyVersion) -> bool,
        now: Instant,
    ) -> bool {
        let before = self.clone();
        for agreement in Agreement::ALL {
            let meant = |p: &&PolicyVersion| p.agreement == *agreement && matches(p);
            let policy = LazyCell::new(|| book.policies.iter().find(meant));
            for metric in Metric::ALL {
                self.follow_one(book, change, &policy, (*agreement, *metric), now);
            }
        }
        *self != before
    }

    /// Whether a clock that had ended would count again in a situation: then
    /// the policies are asked, for it may have ended because none is meant for
    /// the ticket any more.
    #[must_use]
    pub fn wakes(&self, situation: Situation) -> bool {
        let mut tracks = self.0.iter();
        tracks.any(|track| track.wakes(mode(track.metric, situation)))
    }

    fn follow_one<'b>(
        &mut self,
        book: &Book,
        change: Change,
        policy: &LazyCell<Option<&'b PolicyVersion>, impl FnOnce() -> Option<&'b PolicyVersion>>,
        (agreement, metric): (Agreement, Metric),
        now: Instant,
    ) {
        let found = self
            .0
            .iter_mut()
            .find(|t| t.agreement == agreement && t.metric == metric);
        let kept = found.as_ref().map(|t| t.clock.terms);
        let wanted = mode(metric, change.situation);
        let terms = if change.is_rematch || found.as_ref().is_some_and(|t| t.wakes(wanted)) {
            book.terms(**policy, change.priority, metric, kept.as_ref())
        } else {
            kept
        };
        match (found, terms) {
            (Some(track), Some(terms)) => {
                track.turn(book, wanted, terms, now);
                if change.is_news && metric == Metric::NextUpdate {
                    track.again(book, now);
                }
            }
            // No agreement gives it a target any more.
            (Some(track), None) => {
                let terms = track.clock.terms;
                let ended = if wanted == Mode::Met {
                    wanted
                } else {
                    Mode::Cancelled
                };
                track.turn(book, ended, terms, now);
            }
            // A clock begins when an agreement first applies, not after the end.
            (None, Some(terms)) if matches!(wanted, Mode::Running | Mode::Paused) => {
                self.0
                    .extend(Track::begin(book, (agreement, metric), wanted, terms, now));
            }
            (None, _) => {}
        }
    }

    /// Has the clocks that still count go over to other terms, as an operator
    /// asked for; `terms` names them by agreement and metric.
    pub fn recompute(
        &mut self,
        book: &Book,
        terms: impl Fn(&Track) -> Option<Terms>,
        now: Instant,
    ) -> bool {
        let mut is_changed = false;
        for track in &mut self.0 {
            let counts = matches!(track.clock.mode, Mode::Running | Mode::Paused);
            let Some(terms) = terms(track).filter(|t| counts && *t != track.clock.terms) else {
                continue;
            };
            let mode = track.clock.mode;
            track.turn(book, mode, terms, now);
            if let Some(leg) = track.legs.last_mut() {
                leg.is_recompute = true;
            }
            is_changed = true;
        }
        is_changed
    }

    /// When the first of them breaches, if all goes on like this.
    #[must_use]
    pub fn next_breach_at(&self) -> Option<Instant> {
        let running = self.0.iter().map(|t| &t.clock);
        let running = running.filter(|c| c.mode == Mode::Running && c.breached_at.is_none());
        running.filter_map(|c| c.due_at).min()
    }

    /// Whether any has breached.
    #[must_use]
    pub fn is_breached(&self) -> bool {
        self.0.iter().any(|t| t.clock.breached_at.is_some())
    }
}

impl Track {
    fn begin(
        book: &Book,
        (agreement, metric): (Agreement, Metric),
        mode: Mode,
        terms: Terms,
        now: Instant,
    ) -> Option<Self> {
        let calendar = book.calendar(terms.calendar_version_id)?;
        let mut clock = Clock::start(now, terms, calendar);
        clock.turn(calendar, mode, terms, calendar, now);
        Some(Self {
            agreement,
            metric,
            clock,
            fired: Fired::default(),
            legs: vec![leg(now, mode, terms)],
        })
    }

    fn wakes(&self, wanted: Mode) -> bool {
        self.clock.mode == Mode::Cancelled && matches!(wanted, Mode::Running | Mode::Paused)
    }

    fn turn(&mut self, book: &Book, mode: Mode, terms: Terms, now: Instant) {
        if (mode, terms) == (self.clock.mode, self.clock.terms) {
            return;
        }
        let old = book.calendar(self.clock.terms.calendar_version_id);
        let new = book.calendar(terms.calendar_version_id);
        let (Some(old), Some(new)) = (old, new) else {
            return;
        };
        self.clock.turn(old, mode, terms, new, now);
        self.legs.push(leg(self.clock.as_of, mode, terms));
    }

    fn again(&mut self, book: &Book, now: Instant) {
        let counts = matches!(self.clock.mode, Mode::Running | Mode::Paused);
        let Some(calendar) = book.calendar(self.clock.terms.calendar_version_id) else {
            return;
        };
        if counts {
            self.clock.again(calendar, now);
            self.fired = Fired::default();
            self.legs = vec![leg(self.clock.as_of, self.clock.mode, self.clock.terms)];
        }
    }

    /// The next threshold and its instant.
    #[must_use]
    pub fn next_threshold(&self, book: &Book) -> Option<(Mark, Instant)> {
        let terms = &self.clock.terms;
        let calendar = book.calendar(terms.calendar_version_id)?;
        let mark = self
            .escalation(book)
            .next(self.fired, terms.target_seconds)?;
        Some((mark, self.clock.reaches_mark(calendar, mark)?))
    }

    /// What its policy has happen.
    #[must_use]
    pub fn escalation(&self, book: &Book) -> Escalation {
        let version = book.version(self.clock.terms.policy_version_id);
        version.map_or_else(Escalation::default, |version| version.escalation.clone())
    }

    /// Notes that a threshold was acted on; at 100 % the breach is recorded.
    pub fn fire(&mut self, book: &Book, mark: Mark, now: Instant) {
        self.fired = self.fired.with(mark);
        if mark.is_breach()
            && let Some(calendar) = book.calendar(self.clock.terms.calendar_version_id)
        {
            self.clock.settle(calendar, now);
        }
    }
}

const fn leg(at: Instant, mode: Mode, terms: Terms) -> Leg {
    Leg {
        at,
        mode,
        terms,
        is_recompute: false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::book::{CalendarVersion, Target, Targets};
    use super::super::explain::{Kind, pieces};
    use super::*;
    use crate::calendar::{Calendar, Micros, SECOND};
    use crate::tickets::model::Status;
    use jiff::ToSpan;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn target(response: i64, resolution: i64, calendar: Option<u128>) -> Target {
        Target {
            response_minutes: Some(response),
            resolution_minutes: Some(resolution),
            next_update_minutes: Some(resolution / 2),
            calendar_id: calendar.map(id),
        }
    }

    /// Office hours in Berlin; critical runs day and night.
    fn book() -> Book {
        let day = || vec![("09:00".to_owned(), "17:00".to_owned())];
        let week = [day(), day(), day(), day(), day(), vec![], vec![]];
        let office = Calendar::new("Europe/Berlin", &week, &[]).expect("a calendar");
        let always = Calendar::always("Europe/Berlin", &[]).expect("a calendar");
        let version = |n: u128, calendar| CalendarVersion {
            id: id(n * 10),
            calendar_id: id(n),
            calendar,
        };
        Book {
            policies: vec![PolicyVersion {
                id: id(100),
                policy_id: id(99),
                agreement: Agreement::Sla,
                calendar_id: id(1),
                targets: Targets {
                    critical: target(15, 240, Some(2)),
                    high: target(30, 480, None),
                    medium: target(60, 1440, None),
                    low: target(120, 2880, None),
                },
                escalation: Escalation::default(),
            }],
            earlier: Vec::new(),
            calendars: [(id(10), version(1, office)), (id(20), version(2, always))].into(),
            current: [(id(1), id(10)), (id(2), id(20))].into(),
        }
    }

    fn change(status: Status, is_answered: bool, priority: Priority) -> Change {
        Change {
            situation: Situation {
                status,
                is_answered,
                is_merged: false,
            },
            priority,
            is_rematch: true,
            is_news: false,
        }
    }

    fn counted(track: &Track, book: &Book, now: Instant) -> Micros {
        let pieces = pieces(&track.legs, |id| book.calendar(id), now, usize::MAX);
        for pair in pieces.windows(2) {
            assert_eq!(pair[0].until, pair[1].from);
        }
        let counted = pieces.iter().filter(|p| p.kind == Kind::Counted);
        counted.map(super::super::explain::Piece::length).sum()
    }

    #[test]
    fn a_ticket_over_a_weekend_with_two_raises_and_a_reopening_is_explained() {
        let book = book();
        let at = |text: &str| -> Instant { text.parse().expect("an instant") };
        let mut ledger = Ledger::default();
        let all = |_: &PolicyVersion| true;
        // Friday 10:00 in Berlin, low; held over the weekend; raised twice on Monday.
        for (when, status, is_answered, priority) in [
            ("2026-11-27T09:00:00Z", Status::New, false, Priority::Low),
            (
                "2026-11-27T10:00:00Z",
                Status::InProgress,
                true,
                Priority::Low,
            ),
            ("2026-11-27T12:00:00Z", Status::OnHold, true, Priority::Low),
            (
                "2026-11-30T09:00:00Z",
                Status::InProgress,
                true,
                Priority::Low,
            ),
            (
                "2026-11-30T10:00:00Z",
                Status::InProgress,
                true,
                Priority::High,
            ),
            (
                "2026-11-30T11:00:00Z",
                Status::InProgress,
                true,
                Priority::Critical,
            ),
            (
                "2026-11-30T11:30:00Z",
                Status::Resolved,
                true,
                Priority::Critical,
            ),
            (
                "2026-12-01T11:30:00Z",
                Status::InProgress,
                true,
                Priority::Critical,
            ),
            (
                "2026-12-01T12:00:00Z",
                Status::Resolved,
                true,
                Priority::Critical,
            ),
        ] {
            assert!(ledger.follow(&book, change(status, is_answered, priority), &all, at(when)));
        }
        let resolution = ledger
            .0
            .iter()
            .find(|t| t.metric == Metric::Resolution)
            .expect("a clock");
        // 3 h on Friday, 2 h on Monday, then half an hour twice.
        assert_eq!(resolution.clock.consumed, 6 * 3600 * SECOND);
        assert_eq!(
            resolution.clock.breached_at,
            Some(at("2026-11-30T11:00:00Z"))
        );
        let later = at("2026-12-05T00:00:00Z");
        assert_eq!(counted(resolution, &book, later), 6 * 3600 * SECOND);
        let response = &ledger.0[0];
        assert_eq!(response.clock.met_at, Some(at("2026-11-27T10:00:00Z")));
        assert_eq!(response.clock.consumed, 3600 * SECOND);
    }

    #[test]
    fn without_a_policy_there_is_no_clock_and_one_that_is_lost_ends() {
        let book = book();
        let now: Instant = "2026-11-27T09:00:00Z".parse().expect("an instant");
        let mut ledger = Ledger::default();
        let new = change(Status::New, false, Priority::Low);
        assert!(!ledger.follow(&book, new, &|_| false, now));
        assert!(ledger.follow(&book, new, &|_| true, now + 1.hours()));
        assert!(
            ledger
                .0
                .iter()
                .all(|t| t.clock.started_at == now + 1.hours())
        );
        assert!(ledger.next_breach_at().is_some());
        assert!(ledger.follow(&book, new, &|_| false, now + 2.hours()));
        assert!(ledger.0.iter().all(|t| t.clock.mode == Mode::Cancelled));
        assert_eq!(ledger.next_breach_at(), None);
    }

    #[test]
    fn a_clock_that_lost_its_policy_wakes_only_when_one_is_meant_for_it_again() {
        let book = book();
        let now: Instant = "2026-11-27T09:00:00Z".parse().expect("an instant");
        let on = |status| Change {
            is_rematch: false,
            ..change(status, false, Priority::Low)
        };
        let modes = |ledger: &Ledger| -> Vec<Mode> {
            ledger.0.iter().map(|track| track.clock.mode).collect()
        };
        let mut ledger = Ledger::default();
        let new = change(Status::New, false, Priority::Low);
        assert!(ledger.follow(&book, new, &|_| true, now));
        assert!(!ledger.wakes(new.situation), "they run");
        assert!(ledger.follow(&book, new, &|_| false, now + 1.hours()));
        assert!(ledger.wakes(new.situation));
        for status in [Status::Assigned, Status::InProgress, Status::OnHold] {
            assert!(!ledger.follow(&book, on(status), &|_| false, now + 2.hours()));
            let news = Change {
                is_news: true,
                ..on(status)
            };
            assert!(!ledger.follow(&book, news, &|_| false, now + 2.hours()));
        }
        assert_eq!(modes(&ledger), [Mode::Cancelled; 3]);
        assert!(ledger.follow(&book, on(Status::InProgress), &|_| true, now + 3.hours()));
        assert_eq!(modes(&ledger), [Mode::Running; 3]);
        // A ticket that was cancelled and is open again has its clocks back.
        let terms: Vec<Terms> = ledger.0.iter().map(|track| track.clock.terms).collect();
        assert!(ledger.follow(&book, on(Status::Cancelled), &|_| true, now + 4.hours()));
        assert!(ledger.follow(&book, on(Status::InProgress), &|_| true, now + 5.hours()));
        assert_eq!(modes(&ledger), [Mode::Running; 3]);
        assert!(ledger.0.iter().map(|track| track.clock.terms).eq(terms));
    }

    #[test]
    fn a_new_version_counts_for_running_clocks_only_when_asked_for() {
        let mut book = book();
        let now: Instant = "2026-11-27T09:00:00Z".parse().expect("an instant");
        let mut ledger = Ledger::default();
        let all = |_: &PolicyVersion| true;
        ledger.follow(&book, change(Status::New, false, Priority::Low), &all, now);
        let old = book.policies[0].clone();
        book.policies[0].id = id(101);
        book.policies[0].targets.high = target(1, 2, None);
        book.earlier.push(old);
        // Raised: the targets of the version it began with.
        ledger.follow(
            &book,
            change(Status::New, false, Priority::High),
            &all,
            now + 1.hours(),
        );
        assert_eq!(ledger.0[0].clock.terms.target_seconds, 30 * 60);
        let current = book.policies[0].clone();
        let asked = |track: &Track| book.terms(Some(&current), Priority::High, track.metric, None);
        assert!(ledger.recompute(&book, asked, now + 2.hours()));
        assert_eq!(ledger.0[0].clock.terms.target_seconds, 60);
        assert!(ledger.0[0].legs.last().expect("a leg").is_recompute);
        assert!(
            !ledger.recompute(&book, asked, now + 3.hours()),
            "a second time changes nothing"
        );
    }

    proptest! {
        #[test]
        fn what_is_explained_sums_to_what_was_consumed(
            steps in proptest::collection::vec((0_i64..400_000, 0_usize..7, any::<bool>(), 0_usize..4, any::<bool>()), 1..15),
            second in 1_262_304_000_i64..1_893_456_000
        ) {
            let book = book();
            let mut ledger = Ledger::default();
            let mut now = Instant::from_second(second).expect("an instant");
            let mut is_answered = false;
            for (wait, status, answers, priority, is_news) in steps {
                now += wait.seconds();
                is_answered |= answers;
                let mut to = change(Status::ALL[status], is_answered, Priority::ALL[priority]);
                to.is_news = is_news;
                ledger.follow(&book, to, &|_| true, now);
                let again = ledger.clone();
                to.is_news = false;
                prop_assert!(!ledger.follow(&book, to, &|_| true, now), "twice moves nothing");
                prop_assert_eq!(&again, &ledger);
                for track in &ledger.0 {
                    let calendar = book.calendar(track.clock.terms.calendar_version_id).expect("known");
                    let later = now + 3.hours();
                    prop_assert_eq!(counted(track, &book, later), track.clock.consumed_at(calendar, later));
                    if let Some((mark, at)) = track.next_threshold(&book) {
                        prop_assert!(track.fired.with(mark) != track.fired && at >= track.clock.as_of);
                    }
                }
            }
        }
    }
}
