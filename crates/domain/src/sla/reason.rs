//! Why the product escalates a ticket or notes something on it by itself.
//!
//! It is kept as a sentence, as a person's own reason is, and read back from
//! it: so also what was written long ago has a stable word for other languages.

use super::escalation::Mark;
use super::model::{Agreement, Metric};
use crate::incidents::escalation::Cause;
use std::fmt;

/// A reason of the product's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// All time of a target is used up.
    UsedUp(Agreement, Metric),
    /// So many percent of it are.
    Percent(u8, Agreement, Metric),
    /// No more than so many minutes of it are left.
    MinutesLeft(i64, Agreement, Metric),
    /// Nobody took it up within so many minutes.
    NoResponse(i64),
    /// It is critical and not resolved within so many minutes.
    CriticalUnresolved(i64),
    /// It is in progress and nothing was heard of it for so many minutes.
    NoUpdate(i64),
}

impl Reason {
    /// Of a threshold that a clock reached.
    #[must_use]
    pub const fn of_mark(mark: Mark, agreement: Agreement, metric: Metric) -> Self {
        match mark {
            Mark::Percent(100..) => Self::UsedUp(agreement, metric),
            Mark::Percent(percent) => Self::Percent(percent, agreement, metric),
            Mark::MinutesBefore(minutes) => Self::MinutesLeft(minutes, agreement, metric),
        }
    }

    /// Of a reminder that waited for so many minutes.
    #[must_use]
    pub const fn of_reminder(cause: Cause, minutes: i64) -> Self {
        match cause {
            Cause::NoResponse => Self::NoResponse(minutes),
            Cause::CriticalUnresolved => Self::CriticalUnresolved(minutes),
            _ => Self::NoUpdate(minutes),
        }
    }

    /// A stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UsedUp(..) => "used_up",
            Self::Percent(..) => "percent_used",
            Self::MinutesLeft(..) => "minutes_left",
            Self::NoResponse(_) => "no_response",
            Self::CriticalUnresolved(_) => "critical_unresolved",
            Self::NoUpdate(_) => "no_update",
        }
    }

    /// The target that it is about.
    #[must_use]
    pub const fn target(self) -> Option<(Agreement, Metric)> {
        match self {
            Self::UsedUp(agreement, metric)
            | Self::Percent(_, agreement, metric)
            | Self::MinutesLeft(_, agreement, metric) => Some((agreement, metric)),
            _ => None,
        }
    }

    /// The percentage that it tells.
    #[must_use]
    pub const fn percent(self) -> Option<u8> {
        match self {
            Self::Percent(percent, ..) => Some(percent),
            _ => None,
        }
    }

    /// The minutes that it tells.
    #[must_use]
    pub const fn minutes(self) -> Option<i64> {
        match self {
            Self::MinutesLeft(minutes, ..)
            | Self::NoResponse(minutes)
            | Self::CriticalUnresolved(minutes)
            | Self::NoUpdate(minutes) => Some(minutes),
            _ => None,
        }
    }

    /// The reason that a sentence tells; none where it is of another's.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let of_target = |text: &str, end: &str| target(text.strip_suffix(end)?);
        if let Some(rest) = text.strip_prefix("the time of its ") {
            let (agreement, metric) = of_target(rest, " target is used up")?;
            return Some(Self::UsedUp(agreement, metric));
        }
        if let Some((percent, rest)) = text.split_once(" % of the time of its ") {
            let (agreement, metric) = of_target(rest, " target is used up")?;
            return Some(Self::Percent(percent.parse().ok()?, agreement, metric));
        }
        if let Some(rest) = text.strip_prefix("no more than ") {
            let (left, rest) = rest.split_once(" of the time of its ")?;
            let (agreement, metric) = of_target(rest, " target is left")?;
            return Some(Self::MinutesLeft(minutes(left)?, agreement, metric));
        }
        let after = |start: &str| text.strip_prefix(start).and_then(minutes);
        after(NO_RESPONSE)
            .map(Self::NoResponse)
            .or_else(|| after(CRITICAL).map(Self::CriticalUnresolved))
            .or_else(|| after(NO_UPDATE).map(Self::NoUpdate))
    }
}

const NO_RESPONSE: &str = "nobody took it up within ";
const CRITICAL: &str = "it is critical and not resolved within ";
const NO_UPDATE: &str = "it is in progress and nothing was heard of it for ";

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |(agreement, metric): (Agreement, Metric)| {
            format!("{} {} target", agreement.as_str(), metric.as_str())
        };
        match *self {
            Self::UsedUp(a, m) => write!(f, "the time of its {} is used up", of((a, m))),
            Self::Percent(percent, a, m) => {
                write!(
                    f,
                    "{percent} % of the time of its {} is used up",
                    of((a, m))
                )
            }
            Self::MinutesLeft(minutes, a, m) => write!(
                f,
                "no more than {} of the time of its {} is left",
                spoken(minutes),
                of((a, m))
            ),
            Self::NoResponse(minutes) => write!(f, "{NO_RESPONSE}{}", spoken(minutes)),
            Self::CriticalUnresolved(minutes) => write!(f, "{CRITICAL}{}", spoken(minutes)),
            Self::NoUpdate(minutes) => write!(f, "{NO_UPDATE}{}", spoken(minutes)),
        }
    }
}

/// `30 minutes`, `24 hours`.
fn spoken(minutes: i64) -> String {
    if minutes >= 120 && minutes % 60 == 0 {
        format!("{} hours", minutes / 60)
    } else {
        format!("{minutes} minutes")
    }
}

fn minutes(spoken: &str) -> Option<i64> {
    match spoken.strip_suffix(" hours") {
        Some(hours) => hours.parse::<i64>().ok()?.checked_mul(60),
        None => spoken.strip_suffix(" minutes")?.parse().ok(),
    }
}

fn target(words: &str) -> Option<(Agreement, Metric)> {
    let (agreement, metric) = words.split_once(' ')?;
    Some((agreement.parse().ok()?, metric.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_reason() -> impl Strategy<Value = Reason> {
        let agreement = proptest::sample::select(Agreement::ALL);
        let metric = proptest::sample::select(Metric::ALL);
        (0..6, agreement, metric, any::<u8>(), 0_i64..1_000_000).prop_map(
            |(which, a, m, percent, minutes)| match which {
                0 => Reason::UsedUp(a, m),
                1 => Reason::Percent(percent, a, m),
                2 => Reason::MinutesLeft(minutes, a, m),
                3 => Reason::NoResponse(minutes),
                4 => Reason::CriticalUnresolved(minutes),
                _ => Reason::NoUpdate(minutes),
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(reason in any_reason()) {
            prop_assert_eq!(Reason::read(&reason.to_string()), Some(reason));
        }

        #[test]
        fn other_words_are_nobodys(text in "[a-z %0-9]{0,60}") {
            prop_assert_eq!(Reason::read(&text), None);
        }
    }

    #[test]
    fn sentences_stay_as_they_are_kept() {
        // Tickets keep them: a changed word would be read no more.
        for (text, reason) in [
            (
                "the time of its sla resolution target is used up",
                Reason::UsedUp(Agreement::Sla, Metric::Resolution),
            ),
            (
                "75 % of the time of its ola response target is used up",
                Reason::Percent(75, Agreement::Ola, Metric::Response),
            ),
            (
                "no more than 2 hours of the time of its sla next_update target is left",
                Reason::MinutesLeft(120, Agreement::Sla, Metric::NextUpdate),
            ),
            (
                "nobody took it up within 30 minutes",
                Reason::NoResponse(30),
            ),
            (
                "it is critical and not resolved within 60 minutes",
                Reason::CriticalUnresolved(60),
            ),
            (
                "it is in progress and nothing was heard of it for 24 hours",
                Reason::NoUpdate(1440),
            ),
        ] {
            assert_eq!(reason.to_string(), text);
            assert_eq!(Reason::read(text), Some(reason));
        }
    }
}
