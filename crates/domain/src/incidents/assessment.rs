//! Help with impact and urgency: from what a reporter can tell to levels, each
//! with its reasons in words.

use super::rules::PriorityMatrix;
use crate::tickets::model::{Level, Priority, vocabulary};

vocabulary! {
    /// How much the business depends on what is affected.
    Criticality {
        /// It stops without it.
        Critical = "critical",
        /// It suffers at once.
        High = "high",
        /// It suffers soon.
        Medium = "medium",
        /// It hardly notices.
        Low = "low",
    }
}

vocabulary! {
    /// How much the affected people get done.
    Productivity {
        /// As much as ever.
        Normal = "normal",
        /// A little less.
        Reduced = "reduced",
        /// Far less.
        SignificantlyReduced = "significantly_reduced",
    }
}

/// What is known about an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// People affected.
    pub affected_users: u32,
    /// How much the business depends on it; unknown counts for nothing.
    pub business_criticality: Option<Criticality>,
    /// Whether an affected service is flagged critical.
    pub critical_service: bool,
    /// Whether work has stopped.
    pub work_stopped: bool,
    /// Minutes until it must work again; negative when that is over.
    pub deadline_minutes: Option<i64>,
    /// How much the affected people get done.
    pub productivity: Productivity,
    /// Whether there is a way around it.
    pub has_workaround: bool,
}

/// A level with the reasons for it, never none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// The level.
    pub level: Level,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
}

/// What the circumstances come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// How many are affected.
    pub impact: Assessed,
    /// How soon it hurts.
    pub urgency: Assessed,
    /// By the organization's matrix.
    pub priority: Priority,
}

/// More people than this make a high impact.
pub const MANY_USERS: u32 = 100;
/// More people than this make a medium impact.
pub const SOME_USERS: u32 = 10;
/// A deadline under this makes a high urgency.
pub const NEAR_MINUTES: i64 = 4 * 60;
/// A deadline under this makes a medium urgency.
pub const DAY_MINUTES: i64 = 24 * 60;

/// Assesses impact, urgency and priority.
#[must_use]
pub fn assess(matrix: &PriorityMatrix, facts: &Circumstances) -> Assessment {
    let impact = impact(facts);
    let urgency = urgency(facts);
    let priority = matrix.priority(impact.level, urgency.level);
    Assessment {
        impact,
        urgency,
        priority,
    }
}

/// A reason: whether it holds, the level it speaks for, its sentence.
type Reason = (bool, Level, String);

fn impact(facts: &Circumstances) -> Assessed {
    let users = facts.affected_users;
    let criticality = |words: &[Criticality]| {
        facts
            .business_criticality
            .is_some_and(|c| words.contains(&c))
    };
    let reasons = [
        (
            users > MANY_USERS,
            Level::High,
            format!("{users} users are affected, more than {MANY_USERS}"),
        ),
        (
            criticality(&[Criticality::Critical]),
            Level::High,
            "the business criticality is critical".to_owned(),
        ),
        (
            facts.critical_service,
            Level::High,
            "an affected service is flagged critical".to_owned(),
        ),
        (
            users > SOME_USERS,
            Level::Medium,
            format!("{users} users are affected, more than {SOME_USERS}"),
        ),
        (
            criticality(&[Criticality::High, Criticality::Medium]),
            Level::Medium,
            format!(
                "the business criticality is {}",
                facts.business_criticality.map_or("", Criticality::as_str)
            ),
        ),
    ];
    let otherwise = format!(
        "at most {SOME_USERS} users are affected, no critical service, and the business criticality is not above low"
    );
    weigh(reasons, otherwise)
}

fn urgency(facts: &Circumstances) -> Assessed {
    let under = |minutes| facts.deadline_minutes.is_some_and(|d| d < minutes);
    let hit = facts.productivity == Productivity::SignificantlyReduced;
    let deadline = |hours: i64| format!("the deadline is less than {hours} hours away");
    let reasons = [
        (
            facts.work_stopped,
            Level::High,
            "work has stopped".to_owned(),
        ),
        (
            under(NEAR_MINUTES),
            Level::High,
            deadline(NEAR_MINUTES / 60),
        ),
        (
            hit && !facts.has_workaround,
            Level::High,
            "productivity is significantly reduced and there is no workaround".to_owned(),
        ),
        (
            hit,
            Level::Medium,
            "productivity is significantly reduced, with a workaround".to_owned(),
        ),
        (
            under(DAY_MINUTES),
            Level::Medium,
            deadline(DAY_MINUTES / 60),
        ),
    ];
    let otherwise = format!(
        "work goes on, productivity is not significantly reduced, and no deadline is less than {} hours away",
        DAY_MINUTES / 60
    );
    weigh(reasons, otherwise)
}

/// The highest level that any reason speaks for, with all reasons for it.
fn weigh(reasons: impl IntoIterator<Item = Reason>, otherwise: String) -> Assessed {
    let holding: Vec<Reason> = reasons.into_iter().filter(|(holds, ..)| *holds).collect();
    // Levels are ordered from high to low.
    let Some(level) = holding.iter().map(|(_, level, _)| *level).min() else {
        return Assessed {
            level: Level::Low,
            reasons: vec![otherwise],
        };
    };
    let reasons = holding
        .into_iter()
        .filter(|(_, speaks_for, _)| *speaks_for == level)
        .map(|(.., text)| text)
        .collect();
    Assessed { level, reasons }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const QUIET: Circumstances = Circumstances {
        affected_users: 0,
        business_criticality: None,
        critical_service: false,
        work_stopped: false,
        deadline_minutes: None,
        productivity: Productivity::Normal,
        has_workaround: false,
    };

    #[test]
    fn impact_follows_this_table() {
        use Criticality::{Critical, High, Low, Medium};
        // (users, criticality, critical service) → impact
        let table = [
            (0, None, false, "low"),
            (10, None, false, "low"),
            (11, None, false, "medium"),
            (100, None, false, "medium"),
            (101, None, false, "high"),
            (u32::MAX, None, false, "high"),
            (0, Some(Low), false, "low"),
            (10, Some(Low), false, "low"),
            (11, Some(Low), false, "medium"),
            (0, Some(Medium), false, "medium"),
            (0, Some(High), false, "medium"),
            (100, Some(High), false, "medium"),
            (101, Some(High), false, "high"),
            (0, Some(Critical), false, "high"),
            (0, None, true, "high"),
            (0, Some(Low), true, "high"),
        ];
        for (affected_users, business_criticality, critical_service, expected) in table {
            let facts = Circumstances {
                affected_users,
                business_criticality,
                critical_service,
                ..QUIET
            };
            let got = impact(&facts);
            assert_eq!(got.level.as_str(), expected, "{facts:?}");
        }
    }

    #[test]
    fn urgency_follows_this_table() {
        use Productivity::{Normal, Reduced, SignificantlyReduced};
        // (stopped, deadline in minutes, productivity, workaround) → urgency
        let table = [
            (false, None, Normal, false, "low"),
            (false, None, Normal, true, "low"),
            (true, None, Normal, true, "high"),
            (false, Some(-1), Normal, true, "high"),
            (false, Some(0), Normal, true, "high"),
            (false, Some(239), Normal, true, "high"),
            (false, Some(240), Normal, true, "medium"),
            (false, Some(1439), Normal, true, "medium"),
            (false, Some(1440), Normal, true, "low"),
            (false, None, Reduced, false, "low"),
            (false, Some(1439), Reduced, false, "medium"),
            (false, None, SignificantlyReduced, false, "high"),
            (false, None, SignificantlyReduced, true, "medium"),
            (false, Some(240), SignificantlyReduced, true, "medium"),
            (false, Some(239), SignificantlyReduced, true, "high"),
            (false, Some(1440), SignificantlyReduced, true, "medium"),
        ];
        for (work_stopped, deadline_minutes, productivity, has_workaround, expected) in table {
            let facts = Circumstances {
                work_stopped,
                deadline_minutes,
                productivity,
                has_workaround,
                ..QUIET
            };
            let got = urgency(&facts);
            assert_eq!(got.level.as_str(), expected, "{facts:?}");
        }
    }

    #[test]
    fn the_reasons_are_all_those_for_the_level_and_no_others() {
        let facts = Circumstances {
            affected_users: 150,
            business_criticality: Some(Criticality::High),
            critical_service: true,
            deadline_minutes: Some(600),
            productivity: Productivity::SignificantlyReduced,
            has_workaround: true,
            ..QUIET
        };
        let got = assess(&PriorityMatrix::default(), &facts);
        assert_eq!(
            got.impact.reasons,
            [
                "150 users are affected, more than 100",
                "an affected service is flagged critical"
            ]
        );
        assert_eq!(
            got.urgency.reasons,
            [
                "productivity is significantly reduced, with a workaround",
                "the deadline is less than 24 hours away"
            ]
        );
        assert_eq!(got.priority, Priority::High);
    }

    fn circumstances() -> impl Strategy<Value = Circumstances> {
        let criticality = proptest::option::of(proptest::sample::select(Criticality::ALL));
        let productivity = proptest::sample::select(Productivity::ALL);
        let deadline = proptest::option::of(-100_i64..3000);
        (
            0_u32..250,
            criticality,
            any::<bool>(),
            any::<bool>(),
            deadline,
            productivity,
            any::<bool>(),
        )
            .prop_map(
                |(users, criticality, critical, stopped, deadline, productivity, way)| {
                    Circumstances {
                        affected_users: users,
                        business_criticality: criticality,
                        critical_service: critical,
                        work_stopped: stopped,
                        deadline_minutes: deadline,
                        productivity,
                        has_workaround: way,
                    }
                },
            )
    }

    proptest! {
        #[test]
        fn worse_circumstances_never_lower_the_level(facts in circumstances(), more in 0_u32..200, sooner in 0_i64..2000) {
            let worse = Circumstances {
                affected_users: facts.affected_users + more,
                deadline_minutes: facts.deadline_minutes.map(|d| d - sooner),
                has_workaround: false,
                ..facts
            };
            // Levels are ordered from high to low.
            prop_assert!(impact(&worse).level <= impact(&facts).level);
            prop_assert!(urgency(&worse).level <= urgency(&facts).level);
        }

        #[test]
        fn there_is_always_a_reason_and_the_matrix_decides(facts in circumstances()) {
            let matrix = PriorityMatrix::default();
            let got = assess(&matrix, &facts);
            prop_assert!(!got.impact.reasons.is_empty() && !got.urgency.reasons.is_empty());
            prop_assert_eq!(got.priority, matrix.priority(got.impact.level, got.urgency.level));
        }
    }
}
