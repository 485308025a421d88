//! Types of the calculator.

use super::WeeklyInput;
use serde::{Deserialize, Serialize};
use steward_domain::sla::model::State;
use steward_kernel::Instant;
use utoipa::ToSchema;

/// A calendar that need not exist.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarHours {
    /// IANA name: `Europe/Berlin`.
    #[schema(min_length = 1, max_length = 64)]
    pub time_zone: String,
    /// Intervals by weekday, or `24x7`.
    pub weekly: WeeklyInput,
    /// Closed dates: `2026-12-25`, or `12-25` for every year.
    #[serde(default)]
    #[schema(max_items = 5000)]
    pub holidays: Vec<String>,
}

/// A stretch in which the clock waits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseInput {
    /// From here.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// Up to here; it goes on when left out or null.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub to: Option<Instant>,
}

/// A question: `start` and `target_minutes`, or `from` and `to`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalculateInput {
    /// Opening hours.
    pub calendar: CalendarHours,
    /// When the clock begins.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub start: Option<Instant>,
    /// Business time it is given.
    #[schema(minimum = 0)]
    pub target_minutes: Option<i64>,
    /// Stretches in which it waits; they may overlap.
    #[serde(default)]
    #[schema(max_items = 10_000)]
    pub pauses: Vec<PauseInput>,
    /// How it stands at this instant.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Instant>,
    /// Business time from here, in place of `start`.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub from: Option<Instant>,
    /// Business time up to here, in place of `target_minutes`.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub to: Option<Instant>,
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// It counts.
    Running,
    /// It counts, and 80 % of its time is used up.
    AtRisk,
    /// It waits.
    Paused,
    /// It was stopped in time.
    Met,
    /// Its time was used up.
    Breached,
    /// Nobody needs it any more.
    Cancelled,
}

impl From<State> for ClockState {
    fn from(state: State) -> Self {
        match state {
            State::Running => Self::Running,
            State::AtRisk => Self::AtRisk,
            State::Paused => Self::Paused,
            State::Met => Self::Met,
            State::Breached => Self::Breached,
            State::Cancelled => Self::Cancelled,
        }
    }
}

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalculateAnswer {
    /// When the target is reached; null when the open time never suffices.
    /// Left out where `from` and `to` were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Option<Instant>>,
    /// Business seconds used up at `at`, or between `from` and `to`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub elapsed_seconds: Option<i64>,
    /// Business seconds left at `at`; less than 0 once the target has passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub remaining_seconds: Option<i64>,
    /// How it stands at `at`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub state: Option<ClockState>,
}
