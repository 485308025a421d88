//! The priority matrix, and the manual priority that stands above it.

use crate::tickets::model::{Level, Priority};
use serde::{Deserialize, Serialize};
use steward_kernel::text::check_length;
use steward_kernel::{Error, Result};

/// Priority for each impact and urgency: nine cells, none can be missing.
///
/// Rows are impact, columns urgency, both from high to low.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PriorityMatrix([[Priority; 3]; 3]);

impl Default for PriorityMatrix {
    fn default() -> Self {
        use Priority::{Critical, High, Low, Medium};
        Self([
            [Critical, High, Medium],
            [High, Medium, Low],
            [Medium, Low, Low],
        ])
    }
}

impl PriorityMatrix {
    /// A matrix of the answers of `cell` for each impact and urgency.
    pub fn new(cell: impl Fn(Level, Level) -> Priority) -> Self {
        const LEVELS: [Level; 3] = [Level::High, Level::Medium, Level::Low];
        Self(LEVELS.map(|impact| LEVELS.map(|urgency| cell(impact, urgency))))
    }

    /// The priority of an incident.
    #[must_use]
    pub const fn priority(&self, impact: Level, urgency: Level) -> Priority {
        let [high, medium, low] = self.0;
        let [h, m, l] = match impact {
            Level::High => high,
            Level::Medium => medium,
            Level::Low => low,
        };
        match urgency {
            Level::High => h,
            Level::Medium => m,
            Level::Low => l,
        }
    }
}

/// What a ticket's priority stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prioritized {
    /// How many are affected.
    pub impact: Level,
    /// How soon it hurts.
    pub urgency: Level,
    /// Order of work.
    pub priority: Priority,
    /// Why the priority was set by hand; absent when the matrix decides.
    pub manual_reason: Option<String>,
}

/// A wish to change what the priority stands on; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reprioritize {
    /// New impact.
    pub impact: Option<Level>,
    /// New urgency.
    pub urgency: Option<Level>,
    /// A priority set by hand, or `Some(None)` to give it back to the matrix.
    pub priority: Option<Option<Priority>>,
    /// Why it is set by hand.
    pub reason: Option<String>,
}

/// Decides the priority. A manual one stays, whatever impact and urgency
/// become, until it is given back; a matrix that changed since counts only
/// when impact, urgency or priority are touched.
///
/// # Errors
/// When a manual priority comes without a reason, or a reason without one.
pub fn reprioritize(
    matrix: &PriorityMatrix,
    before: &Prioritized,
    wish: Reprioritize,
) -> Result<Prioritized> {
    let impact = wish.impact.unwrap_or(before.impact);
    let urgency = wish.urgency.unwrap_or(before.urgency);
    let touched = wish.impact.is_some() || wish.urgency.is_some() || wish.priority.is_some();
    let manual = match (wish.priority, wish.reason) {
        (Some(Some(priority)), Some(reason)) => Some((priority, check_reason(reason)?)),
        (Some(Some(_)), None) => {
            let message = "say why the priority is set by hand";
            return Err(Error::field("priority_reason", "required", message));
        }
        (None, Some(reason)) if before.manual_reason.is_some() => {
            Some((before.priority, check_reason(reason)?))
        }
        (Some(None) | None, Some(_)) => {
            let message = "a reason goes with a priority that is set by hand; send priority too";
            return Err(Error::field("priority_reason", "conflict", message));
        }
        (Some(None), None) => None,
        (None, None) => before.manual_reason.clone().map(|r| (before.priority, r)),
    };
    let (priority, manual_reason) = match manual {
        Some((priority, reason)) => (priority, Some(reason)),
        None if touched => (matrix.priority(impact, urgency), None),
        None => (before.priority, None),
    };
    Ok(Prioritized {
        impact,
        urgency,
        priority,
        manual_reason,
    })
}

fn check_reason(reason: String) -> Result<String> {
    if reason.trim().is_empty() {
        let message = "say why the priority is set by hand";
        return Err(Error::field("priority_reason", "required", message));
    }
    check_length("priority_reason", &reason, 1000)?;
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Level::{High, Low, Medium};

    const CELLS: [(Level, Level, &str); 9] = [
        (High, High, "critical"),
        (High, Medium, "high"),
        (High, Low, "medium"),
        (Medium, High, "high"),
        (Medium, Medium, "medium"),
        (Medium, Low, "low"),
        (Low, High, "medium"),
        (Low, Medium, "low"),
        (Low, Low, "low"),
    ];

    #[test]
    fn the_default_matrix_is_the_documented_one() {
        for (impact, urgency, priority) in CELLS {
            assert_eq!(
                PriorityMatrix::default().priority(impact, urgency).as_str(),
                priority
            );
        }
    }

    #[test]
    fn each_cell_of_a_matrix_answers_only_for_its_impact_and_urgency() {
        for (impact, urgency, _) in CELLS {
            let one = PriorityMatrix::new(|i, u| {
                if (i, u) == (impact, urgency) {
                    Priority::Critical
                } else {
                    Priority::Low
                }
            });
            for (i, u, _) in CELLS {
                let expected = (i, u) == (impact, urgency);
                assert_eq!(one.priority(i, u) == Priority::Critical, expected);
            }
        }
    }

    fn before(manual: Option<&str>) -> Prioritized {
        Prioritized {
            impact: Low,
            urgency: Low,
            priority: Priority::High,
            manual_reason: manual.map(str::to_owned),
        }
    }

    #[test]
    fn a_priority_is_set_by_hand_kept_and_given_back_to_the_matrix() {
        let matrix = PriorityMatrix::default();
        let decide = |manual, wish| reprioritize(&matrix, &before(manual), wish);
        let wish = |priority, reason: Option<&str>| Reprioritize {
            priority,
            reason: reason.map(str::to_owned),
            ..Reprioritize::default()
        };
        let high_impact = || Reprioritize {
            impact: Some(High),
            ..Reprioritize::default()
        };
        // (manual before, wish, priority and reason after)
        let table = [
            (None, wish(None, None), Ok(("high", None))),
            (None, high_impact(), Ok(("medium", None))),
            (Some("vip"), wish(None, None), Ok(("high", Some("vip")))),
            (Some("vip"), high_impact(), Ok(("high", Some("vip")))),
            (
                None,
                wish(Some(Some(Priority::Critical)), Some("press")),
                Ok(("critical", Some("press"))),
            ),
            (
                Some("vip"),
                wish(None, Some("press")),
                Ok(("high", Some("press"))),
            ),
            (Some("vip"), wish(Some(None), None), Ok(("low", None))),
            (None, wish(Some(None), None), Ok(("low", None))),
            (
                None,
                wish(Some(Some(Priority::Critical)), None),
                Err("required"),
            ),
            (
                None,
                wish(Some(Some(Priority::Critical)), Some(" ")),
                Err("required"),
            ),
            (None, wish(None, Some("press")), Err("conflict")),
            (
                Some("vip"),
                wish(Some(None), Some("press")),
                Err("conflict"),
            ),
        ];
        for (manual, wish, expected) in table {
            let got = decide(manual, wish.clone());
            let got = got
                .as_ref()
                .map(|p| (p.priority.as_str(), p.manual_reason.as_deref()))
                .map_err(|e| e.errors[0].code.as_str());
            assert_eq!(got, expected, "{manual:?} {wish:?}");
        }
        let endless = wish(Some(Some(Priority::Low)), Some(&"x".repeat(1001)));
        assert!(decide(None, endless).is_err());
    }
}
