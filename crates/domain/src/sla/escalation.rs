//! What a policy has happen as time is used up, and when nothing happens.

use crate::incidents::escalation::Cause;
use crate::tickets::model::vocabulary;
use serde::{Deserialize, Serialize};
use steward_kernel::{Error, Result};

/// Most thresholds of one policy, of each sort.
pub const MOST_THRESHOLDS: usize = 10;
/// Longest time until a reminder, and before the end of a clock, in minutes: a year.
pub const MOST_MINUTES: i64 = 366 * 1440;

vocabulary! {
    /// Who is told.
    Audience {
        /// Who works on the ticket.
        Assignee = "assignee",
        /// Who leads its team.
        Lead = "lead",
        /// The managers of the organization.
        Managers = "managers",
    }
}

/// What is done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actions {
    /// Who is told.
    pub tells: Vec<Audience>,
    /// Whether the ticket is escalated one level.
    pub raises_level: bool,
    /// Whether the ticket is given to the lead of its team.
    pub assigns_lead: bool,
    /// Whether the timeline says so, for those who work on it.
    pub notes: bool,
}

impl Actions {
    /// Refuses who is told twice; `place` is where these actions stand.
    fn check(&self, place: &str) -> Result<()> {
        for (i, audience) in self.tells.iter().enumerate() {
            if self.tells.iter().take(i).any(|earlier| earlier == audience) {
                let place = format!("{place}.actions.tells.{i}");
                let hint = format!("{} is there twice", audience.as_str());
                return Err(Error::field(place, "duplicate", hint));
            }
        }
        Ok(())
    }
}

/// A part of a clock's time at which something is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// In percent of the target.
    pub percent: u8,
    /// What is done.
    pub actions: Actions,
}

/// So much time left of a clock at which something is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeDue {
    /// Minutes of business time until it is due.
    pub minutes: i64,
    /// What is done.
    pub actions: Actions,
}

/// A point of a clock's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// So many minutes of it are left.
    MinutesBefore(i64),
    /// So many percent of it are used up; at 100 it is the breach.
    Percent(u8),
}

impl Mark {
    /// Business time that is used up at it, in seconds, of a target of so many.
    #[must_use]
    pub fn seconds(self, target: i64) -> i64 {
        match self {
            Self::MinutesBefore(minutes) => target.saturating_sub(minutes.saturating_mul(60)),
            Self::Percent(percent) => {
                let seconds = i128::from(target) * i128::from(percent) / 100;
                i64::try_from(seconds).unwrap_or(i64::MAX)
            }
        }
    }

    /// Whether it is the end of the clock's time.
    #[must_use]
    pub const fn is_breach(self) -> bool {
        matches!(self, Self::Percent(100..))
    }
}

/// How far a clock was acted on. What changes its target does not set it back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fired {
    /// Highest percent.
    pub percent: u8,
    /// Fewest minutes before the end.
    pub minutes_before: Option<i64>,
}

impl Fired {
    /// After a mark was acted on as well.
    #[must_use]
    pub fn with(self, mark: Mark) -> Self {
        match mark {
            Mark::Percent(percent) => Self {
                percent: self.percent.max(percent),
                ..self
            },
            Mark::MinutesBefore(minutes) => Self {
                minutes_before: Some(self.minutes_before.map_or(minutes, |m| m.min(minutes))),
                ..self
            },
        }
    }
}

/// A time after which something is done about a ticket in which nothing happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Minutes on the wall: a reminder does not wait for opening hours.
    pub after_minutes: i64,
    /// What is done.
    pub actions: Actions,
}

/// Thresholds and reminders of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// In order. The breach is recorded at 100 % with or without one there.
    pub thresholds: Vec<Threshold>,
    /// With the most minutes first. A clock that is given no more time than that passes over it.
    #[serde(default)]
    pub before_due: Vec<BeforeDue>,
    /// While a ticket is new.
    pub no_response: Option<Reminder>,
    /// While it is critical and open.
    pub critical_unresolved: Option<Reminder>,
    /// While it is in progress and nobody says or does anything.
    pub no_update: Option<Reminder>,
}

impl Default for Escalation {
    fn default() -> Self {
        use Audience::{Assignee, Lead, Managers};
        let threshold = |percent, tells: &[Audience], raises_level| Threshold {
            percent,
            actions: Actions {
                tells: tells.to_vec(),
                raises_level,
                ..Actions::default()
            },
        };
        let reminder = |after_minutes| {
            Some(Reminder {
                after_minutes,
                actions: Actions {
                    raises_level: true,
                    ..Actions::default()
                },
            })
        };
        Self {
            thresholds: vec![
                threshold(75, &[Assignee, Lead], false),
                threshold(90, &[Assignee, Lead], true),
                threshold(100, &[Assignee, Lead, Managers], true),
            ],
            before_due: Vec::new(),
            no_response: reminder(30),
            critical_unresolved: reminder(60),
            no_update: reminder(24 * 60),
        }
    }
}

impl Escalation {
    /// The next mark of a clock with a target of so many seconds; the last is the breach.
    #[must_use]
    pub fn next(&self, fired: Fired, target: i64) -> Option<Mark> {
        let percents = self.thresholds.iter().map(|threshold| threshold.percent);
        let above = percents
            .chain([100])
            .filter(|percent| *percent > fired.percent);
        let percent = Mark::Percent(above.min()?);
        let minutes = self.before_due.iter().map(|before| before.minutes);
        let to_come = minutes.filter(|minutes| {
            fired.minutes_before.is_none_or(|fired| *minutes < fired)
                && Mark::MinutesBefore(*minutes).seconds(target) > 0
        });
        let before = to_come.max().map(Mark::MinutesBefore);
        let marks = before.into_iter().chain([percent]);
        marks.min_by_key(|mark| mark.seconds(target))
    }

    /// What is done at a mark.
    #[must_use]
    pub fn at(&self, mark: Mark) -> Actions {
        let found = match mark {
            Mark::Percent(percent) => {
                let mut thresholds = self.thresholds.iter();
                let found = thresholds.find(|threshold| threshold.percent == percent);
                found.map(|threshold| &threshold.actions)
            }
            Mark::MinutesBefore(minutes) => {
                let mut all = self.before_due.iter();
                let found = all.find(|before| before.minutes == minutes);
                found.map(|before| &before.actions)
            }
        };
        found.cloned().unwrap_or_default()
    }

    /// The reminder of a cause, if there is one.
    #[must_use]
    pub const fn reminder(&self, cause: Cause) -> Option<&Reminder> {
        match cause {
            Cause::NoResponse => self.no_response.as_ref(),
            Cause::CriticalUnresolved => self.critical_unresolved.as_ref(),
            Cause::NoUpdate => self.no_update.as_ref(),
            Cause::Manual | Cause::SlaAtRisk | Cause::SlaBreached => None,
        }
    }

    /// Puts thresholds in order and checks all of it.
    ///
    /// # Errors
    /// Names the place that is wrong, from `escalation` on.
    pub fn checked(mut self) -> Result<Self> {
        self.check_thresholds()?;
        self.check_before_due()?;
        self.check_reminders()?;
        self.thresholds.sort_by_key(|threshold| threshold.percent);
        self.before_due
            .sort_by_key(|before| std::cmp::Reverse(before.minutes));
        Ok(self)
    }

    fn check_thresholds(&self) -> Result<()> {
        check_count("thresholds", self.thresholds.len())?;
        let mut seen = Vec::new();
        for (i, threshold) in self.thresholds.iter().enumerate() {
            let place = format!("escalation.thresholds.{i}.percent");
            if !(1..=100).contains(&threshold.percent) {
                return Err(Error::field(place, "out_of_range", "from 1 to 100 percent"));
            }
            if seen.contains(&threshold.percent) {
                let hint = format!("{} % is there twice", threshold.percent);
                return Err(Error::field(place, "duplicate", hint));
            }
            seen.push(threshold.percent);
            threshold
                .actions
                .check(&format!("escalation.thresholds.{i}"))?;
        }
        Ok(())
    }

    fn check_before_due(&self) -> Result<()> {
        check_count("before_due", self.before_due.len())?;
        let mut seen = Vec::new();
        for (i, BeforeDue { minutes, actions }) in self.before_due.iter().enumerate() {
            let place = format!("escalation.before_due.{i}.minutes");
            check_minutes(&place, *minutes)?;
            if seen.contains(minutes) {
                let hint = format!("{minutes} minutes are there twice");
                return Err(Error::field(place, "duplicate", hint));
            }
            seen.push(*minutes);
            actions.check(&format!("escalation.before_due.{i}"))?;
        }
        Ok(())
    }

    fn check_reminders(&self) -> Result<()> {
        for (name, reminder) in [
            ("no_response", &self.no_response),
            ("critical_unresolved", &self.critical_unresolved),
            ("no_update", &self.no_update),
        ] {
            if let Some(reminder) = reminder {
                let place = format!("escalation.{name}.after_minutes");
                check_minutes(&place, reminder.after_minutes)?;
                reminder.actions.check(&format!("escalation.{name}"))?;
            }
        }
        Ok(())
    }
}

fn check_count(name: &str, count: usize) -> Result<()> {
    if count > MOST_THRESHOLDS {
        let hint = format!("use at most {MOST_THRESHOLDS} thresholds");
        return Err(Error::field(format!("escalation.{name}"), "too_many", hint));
    }
    Ok(())
}

fn check_minutes(place: &str, minutes: i64) -> Result<()> {
    if !(1..=MOST_MINUTES).contains(&minutes) {
        let hint = "from 1 minute to 366 days";
        return Err(Error::field(place, "out_of_range", hint));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn with(percents: &[u8]) -> Escalation {
        let threshold = |percent: &u8| Threshold {
            percent: *percent,
            actions: Actions::default(),
        };
        Escalation {
            thresholds: percents.iter().map(threshold).collect(),
            ..Escalation::default()
        }
    }

    #[test]
    fn the_breach_is_always_the_last_threshold() {
        for (percents, expected) in [
            (&[75, 90, 100][..], &[75, 90, 100][..]),
            (&[], &[100]),
            (&[50], &[50, 100]),
            (&[60, 10], &[10, 60, 100]),
        ] {
            let escalation = with(percents).checked().expect("fine");
            let expected: Vec<_> = expected.iter().copied().map(Mark::Percent).collect();
            assert_eq!(marks(&escalation, 3600), expected);
        }
        let breach = Mark::Percent(100);
        assert_eq!(with(&[]).at(breach), Actions::default());
        assert!(Escalation::default().at(breach).raises_level);
    }

    /// Every mark of a clock in its order.
    fn marks(escalation: &Escalation, target: i64) -> Vec<Mark> {
        let mut found = Vec::new();
        let mut fired = Fired::default();
        while let Some(next) = escalation.next(fired, target) {
            found.push(next);
            fired = fired.with(next);
        }
        found
    }

    fn before(percents: &[u8], minutes: &[i64]) -> Escalation {
        let before = |minutes: &i64| BeforeDue {
            minutes: *minutes,
            actions: Actions::default(),
        };
        Escalation {
            before_due: minutes.iter().map(before).collect(),
            ..with(percents)
        }
    }

    #[test]
    fn minutes_before_the_end_come_between_percents_where_the_target_puts_them() {
        use Mark::{MinutesBefore as Before, Percent};
        let escalation = before(&[50, 90], &[5, 60, 15]).checked().expect("fine");
        for (target_minutes, expected) in [
            // 50 % are 60 minutes before the end: what counts down comes first.
            (
                120,
                &[
                    Before(60),
                    Percent(50),
                    Before(15),
                    Percent(90),
                    Before(5),
                    Percent(100),
                ][..],
            ),
            (
                600,
                &[
                    Percent(50),
                    Before(60),
                    Percent(90),
                    Before(15),
                    Before(5),
                    Percent(100),
                ],
            ),
            // No more time than that: passed over.
            (
                60,
                &[
                    Percent(50),
                    Before(15),
                    Percent(90),
                    Before(5),
                    Percent(100),
                ],
            ),
            (5, &[Percent(50), Percent(90), Percent(100)]),
            (0, &[Percent(50), Percent(90), Percent(100)]),
        ] {
            assert_eq!(marks(&escalation, target_minutes * 60), expected);
        }
        assert!(!Before(1).is_breach() && !Percent(99).is_breach() && Percent(100).is_breach());
    }

    #[test]
    fn a_changed_target_does_not_bring_back_what_was_acted_on() {
        let escalation = before(&[], &[60, 15]).checked().expect("fine");
        let fired = Fired::default().with(Mark::MinutesBefore(15));
        assert_eq!(escalation.next(fired, 36_000), Some(Mark::Percent(100)));
        assert_eq!(fired.with(Mark::MinutesBefore(60)), fired);
        let breached = fired.with(Mark::Percent(100));
        assert_eq!(before(&[], &[1]).next(breached, 36_000), None);
    }

    proptest! {
        #[test]
        fn every_mark_comes_once_and_no_earlier_than_the_one_before(
            percents in proptest::collection::btree_set(1_u8..=100, 0..10),
            minutes in proptest::collection::btree_set(1_i64..5000, 0..10),
            target in 0_i64..400_000,
        ) {
            let percents: Vec<u8> = percents.into_iter().collect();
            let all: Vec<i64> = minutes.iter().copied().collect();
            let escalation = before(&percents, &all).checked().expect("fine");
            let marks = marks(&escalation, target);
            let seconds: Vec<i64> = marks.iter().map(|mark| mark.seconds(target)).collect();
            prop_assert!(seconds.is_sorted(), "{seconds:?}");
            prop_assert_eq!(marks.last(), Some(&Mark::Percent(100)));
            let mut seen = marks.clone();
            seen.sort_unstable();
            seen.dedup();
            prop_assert_eq!(seen.len(), marks.len());
            let with_breach = percents.len() + usize::from(!percents.contains(&100));
            let within = minutes.iter().filter(|m| **m * 60 < target).count();
            prop_assert_eq!(marks.len(), with_breach + within);
        }
    }

    #[test]
    fn what_was_stored_before_there_were_minutes_is_read() {
        let mut stored = serde_json::to_value(Escalation::default()).expect("written");
        stored
            .as_object_mut()
            .expect("an object")
            .remove("before_due");
        let read: Escalation = serde_json::from_value(stored).expect("read");
        assert_eq!(read, Escalation::default());
    }

    #[test]
    fn what_is_out_of_bounds_is_named() {
        let place = |escalation: Escalation| {
            let error = escalation.checked().expect_err("refused");
            error.errors[0].field.clone()
        };
        assert_eq!(place(with(&[0])), "escalation.thresholds.0.percent");
        assert_eq!(place(with(&[101])), "escalation.thresholds.0.percent");
        assert_eq!(place(with(&[5, 5])), "escalation.thresholds.1.percent");
        assert_eq!(place(with(&[1; 11])), "escalation.thresholds");
        let mut twice = with(&[5]);
        twice.thresholds[0].actions.tells =
            vec![Audience::Lead, Audience::Managers, Audience::Lead];
        assert_eq!(place(twice), "escalation.thresholds.0.actions.tells.2");
        let mut twice = Escalation::default();
        if let Some(reminder) = &mut twice.no_response {
            reminder.actions.tells = vec![Audience::Assignee; 2];
        }
        assert_eq!(place(twice), "escalation.no_response.actions.tells.1");
        assert_eq!(
            place(before(&[], &[5, 5])),
            "escalation.before_due.1.minutes"
        );
        assert_eq!(place(before(&[], &[1; 11])), "escalation.before_due");
        let mut twice = before(&[], &[5]);
        twice.before_due[0].actions.tells = vec![Audience::Lead; 2];
        assert_eq!(place(twice), "escalation.before_due.0.actions.tells.1");
        for minutes in [0, -1, MOST_MINUTES + 1] {
            assert_eq!(
                place(before(&[], &[minutes])),
                "escalation.before_due.0.minutes"
            );
            let mut escalation = Escalation::default();
            if let Some(reminder) = &mut escalation.no_update {
                reminder.after_minutes = minutes;
            }
            assert_eq!(place(escalation), "escalation.no_update.after_minutes");
        }
    }
}
