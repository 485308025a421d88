//! Types of the simulation.

use super::{CalendarHours, TargetsInput};
use crate::tickets::dto::{Reference, TicketReference};
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// A policy as it could be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftPolicy {
    /// For which tickets it is meant; for all when null or left out.
    #[schema(value_type = Option<Object>)]
    pub condition: Option<serde_json::Value>,
    /// The calendar of priorities that name none.
    pub calendar_id: Uuid,
    /// Targets by priority.
    pub targets: TargetsInput,
}

/// A calendar as it could be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftCalendar {
    /// The calendar that it takes the place of, or an id that a draft policy names.
    pub id: Uuid,
    /// When it is open.
    pub hours: CalendarHours,
}

/// What would have been.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulationInput {
    /// Tickets reported at this instant or later.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// Tickets reported before this instant.
    #[schema(value_type = String, format = DateTime)]
    pub to: Instant,
    /// Policies in place of those of the agreement with the customer, of which
    /// the first that matches counts; the current ones when left out.
    #[schema(max_items = 50)]
    pub policies: Option<Vec<DraftPolicy>>,
    /// Calendars in place of current ones.
    #[schema(max_items = 50)]
    pub calendars: Option<Vec<DraftCalendar>>,
}

/// Clocks by what they came to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OutcomeCounts {
    /// Stopped in time.
    pub met: u32,
    /// Used up.
    pub breached: u32,
    /// Still running or waiting.
    pub open: u32,
    /// Share of `met` among met and breached, from 0 to 1; null of none.
    pub compliance: Option<f64>,
}

/// What was, and what would have been.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OutcomeComparison {
    /// As it was recorded.
    pub before: OutcomeCounts,
    /// Under the draft.
    pub after: OutcomeCounts,
}

/// A comparison for one priority or team.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupComparison {
    /// The word or id; null for tickets without a team.
    pub key: Option<String>,
    /// Name of the team; else as the key.
    pub label: Option<String>,
    /// First answers.
    pub response: OutcomeComparison,
    /// Resolutions.
    pub resolution: OutcomeComparison,
}

/// A ticket that would have come out differently. An outcome is `met`,
/// `breached`, `open`, or null where there is no clock.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeDifference {
    /// The ticket.
    pub ticket: TicketReference,
    /// Its priority now.
    pub priority: String,
    /// Its team now.
    pub team: Option<Reference>,
    /// First answer, as recorded.
    pub response_before: Option<String>,
    /// First answer, under the draft.
    pub response_after: Option<String>,
    /// Resolution, as recorded.
    pub resolution_before: Option<String>,
    /// Resolution, under the draft.
    pub resolution_after: Option<String>,
}

/// The clocks of the agreement with the customer, as they were and as they
/// would have been. Nothing is changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulationView {
    /// Tickets compared, at most 200,000.
    pub tickets: u32,
    /// Whether there are more.
    pub is_capped: bool,
    /// First answers.
    pub response: OutcomeComparison,
    /// Resolutions.
    pub resolution: OutcomeComparison,
    /// By priority now.
    pub by_priority: Vec<GroupComparison>,
    /// By team now.
    pub by_team: Vec<GroupComparison>,
    /// Tickets that would have come out differently.
    pub different: u32,
    /// The first hundred of them, oldest first.
    pub differences: Vec<OutcomeDifference>,
}
