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
mod tests;
