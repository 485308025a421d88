//! What a policy has happen as time is used up, and when nothing happens.

use crate::incidents::escalation::Cause;
use crate::tickets::model::vocabulary;
use serde::{Deserialize, Serialize};
use steward_kernel::{Error, Result};

/// Most thresholds of one policy.
pub const MOST_THRESHOLDS: usize = 10;
/// Longest time until a reminder, in minutes: a year.
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
            no_response: reminder(30),
            critical_unresolved: reminder(60),
            no_update: reminder(24 * 60),
        }
    }
}

impl Escalation {
    /// The next threshold above `fired` percent; the last is the breach.
    #[must_use]
    pub fn next(&self, fired: u8) -> Option<u8> {
        let percents = self.thresholds.iter().map(|threshold| threshold.percent);
        let above = percents.chain([100]).filter(|percent| *percent > fired);
        above.min()
    }

    /// What is done at a threshold.
    #[must_use]
    pub fn at(&self, percent: u8) -> Actions {
        let mut thresholds = self.thresholds.iter();
        let found = thresholds.find(|threshold| threshold.percent == percent);
        found.map_or_else(Actions::default, |threshold| threshold.actions.clone())
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
        if self.thresholds.len() > MOST_THRESHOLDS {
            let hint = format!("use at most {MOST_THRESHOLDS} thresholds");
            return Err(Error::field("escalation.thresholds", "too_many", hint));
        }
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
        for (name, reminder) in [
            ("no_response", &self.no_response),
            ("critical_unresolved", &self.critical_unresolved),
            ("no_update", &self.no_update),
        ] {
            let minutes = reminder.as_ref().map_or(1, |r| r.after_minutes);
            if !(1..=MOST_MINUTES).contains(&minutes) {
                let place = format!("escalation.{name}.after_minutes");
                let hint = "from 1 minute to 366 days";
                return Err(Error::field(place, "out_of_range", hint));
            }
            if let Some(reminder) = reminder {
                reminder.actions.check(&format!("escalation.{name}"))?;
            }
        }
        self.thresholds.sort_by_key(|threshold| threshold.percent);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let mut found = Vec::new();
            let mut fired = 0;
            while let Some(next) = escalation.next(fired) {
                found.push(next);
                fired = next;
            }
            assert_eq!(found, expected);
        }
        assert_eq!(with(&[]).at(100), Actions::default());
        assert!(Escalation::default().at(100).raises_level);
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
        for minutes in [0, -1, MOST_MINUTES + 1] {
            let mut escalation = Escalation::default();
            if let Some(reminder) = &mut escalation.no_update {
                reminder.after_minutes = minutes;
            }
            assert_eq!(place(escalation), "escalation.no_update.after_minutes");
        }
    }
}
