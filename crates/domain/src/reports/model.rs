//! Reports and their definitions.

use crate::expr::Field;
use crate::tickets::model::vocabulary;

vocabulary! {
    /// A report.
    Report {
        /// How long until tickets are resolved.
        ResolutionTime = "resolution-time",
        /// How long until somebody answers.
        ResponseTime = "response-time",
        /// What is still to be done, and how old it is.
        Backlog = "backlog",
        /// How often a resolution did not last.
        ReopenRate = "reopen-rate",
        /// How often the first who looked could help.
        FirstContactResolution = "first-contact-resolution",
        /// How often the promised first answer came in time.
        SlaResponse = "sla-response",
        /// How often the promised resolution came in time.
        SlaResolution = "sla-resolution",
    }
}

vocabulary! {
    /// What the figures of a report are broken down by.
    GroupBy {
        /// Priority.
        Priority = "priority",
        /// Team.
        Team = "team",
        /// Category.
        Category = "category",
        /// Kind.
        Kind = "kind",
        /// Who works on it.
        Assignee = "assignee",
        /// How it came in.
        Source = "source",
    }
}

vocabulary! {
    /// Length of a step of the trend.
    Step {
        /// A day.
        Day = "day",
        /// A week from Monday on.
        Week = "week",
        /// A calendar month.
        Month = "month",
    }
}

/// A measure with its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Name in the figures.
    pub name: &'static str,
    /// `count`, `seconds` or `share`.
    pub unit: &'static str,
    /// What it says.
    pub definition: &'static str,
}

const fn of(name: &'static str, unit: &'static str, definition: &'static str) -> Measure {
    Measure {
        name,
        unit,
        definition,
    }
}

const RESOLVED: Measure = of(
    "tickets",
    "count",
    "Tickets whose latest resolution falls into the period.",
);
const MEDIAN: Measure = of(
    "median_seconds",
    "seconds",
    "Half of the tickets took at most so long.",
);
const P90: Measure = of(
    "p90_seconds",
    "seconds",
    "Nine of ten tickets took at most so long.",
);

impl Report {
    /// Heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ResolutionTime => "Time to resolution (MTTR)",
            Self::ResponseTime => "Time to first response (MTTA)",
            Self::Backlog => "Backlog and its age",
            Self::ReopenRate => "Reopen rate",
            Self::FirstContactResolution => "First-contact resolution",
            Self::SlaResponse => "Service level compliance: first answer",
            Self::SlaResolution => "Service level compliance: resolution",
        }
    }

    /// Which tickets it is about.
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::ResolutionTime | Self::ReopenRate | Self::FirstContactResolution => {
                "Tickets whose latest resolution falls into the period. Cancelled tickets have none."
            }
            Self::ResponseTime => {
                "Tickets whose first public answer by someone who works tickets falls into the period."
            }
            Self::SlaResponse | Self::SlaResolution => {
                "Tickets reported in the period whose clock of the agreement with the customer was stopped in time or \
                 breached. Clocks that still run or wait, and those of cancelled tickets, are left out."
            }
            Self::Backlog => {
                "Tickets reported before the end of the period and neither resolved nor closed by then, by \
                 what is known today: one that was reopened counts as open all along. Cancelled tickets are left out."
            }
        }
    }

    /// What it measures.
    #[must_use]
    pub fn measures(self) -> Vec<Measure> {
        match self {
            Self::ResolutionTime => vec![
                RESOLVED,
                of(
                    "mean_seconds",
                    "seconds",
                    "MTTR: mean of the time from the report to the latest resolution, day and night, holds included.",
                ),
                MEDIAN,
                P90,
            ],
            Self::ResponseTime => vec![
                of("tickets", "count", "Tickets first answered in the period."),
                of(
                    "mean_seconds",
                    "seconds",
                    "MTTA: mean of the time from the report to the first public answer, day and night.",
                ),
                MEDIAN,
                P90,
            ],
            Self::Backlog => vec![
                of("tickets", "count", "Tickets open at the end of the period."),
                of(
                    "mean_seconds",
                    "seconds",
                    "Mean age at the end of the period.",
                ),
                of(
                    "median_seconds",
                    "seconds",
                    "Half of them are at most so old.",
                ),
                of("p90_seconds", "seconds", "Nine of ten are at most so old."),
                of(
                    "ages",
                    "count",
                    "Tickets by age: under 1 day, 3 days, 7 days, 30 days, and older.",
                ),
                of("reported", "count", "Trend: tickets reported in the step."),
                of(
                    "resolved",
                    "count",
                    "Trend: tickets resolved or closed in the step.",
                ),
            ],
            Self::ReopenRate => vec![
                RESOLVED,
                of("hits", "count", "Those that had been reopened before."),
                of(
                    "share",
                    "share",
                    "Reopened tickets among the resolved ones.",
                ),
            ],
            Self::SlaResponse | Self::SlaResolution => vec![
                of(
                    "tickets",
                    "count",
                    "Tickets whose clock is decided: met or breached.",
                ),
                of("hits", "count", "Those that were met in time."),
                of("share", "share", "Compliance: met among the decided ones."),
            ],
            Self::FirstContactResolution => vec![
                RESOLVED,
                of(
                    "hits",
                    "count",
                    "Those that never went from one team to another, were not escalated and not reopened.",
                ),
                of("share", "share", "These among the resolved ones."),
            ],
        }
    }
}

impl GroupBy {
    /// The field of the condition that tells the groups apart.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Priority => Field::Priority,
            Self::Team => Field::Team,
            Self::Category => Field::Category,
            Self::Kind => Field::Kind,
            Self::Assignee => Field::Assignee,
            Self::Source => Field::Source,
        }
    }
}
