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
mod tests;
