//! Request and answer types of the assessment.

use crate::incidents::priority::dto::PriorityWord;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Impact or urgency.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LevelWord {
    /// High.
    High,
    /// Medium.
    Medium,
    /// Low.
    Low,
}

/// How much the business depends on what is affected.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriticalityInput {
    /// It stops without it.
    Critical,
    /// It suffers at once.
    High,
    /// It suffers soon.
    Medium,
    /// It hardly notices.
    Low,
}

/// How much the affected people get done.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProductivityInput {
    /// As much as ever.
    Normal,
    /// A little less.
    Reduced,
    /// Far less.
    SignificantlyReduced,
}

/// What is known about an incident. What is left out speaks for nothing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessmentInput {
    /// People affected.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub affected_users: Option<u32>,
    /// How much the business depends on what is affected.
    pub business_criticality: Option<CriticalityInput>,
    /// Whether an affected service is flagged critical.
    pub critical_service: Option<bool>,
    /// Whether work has stopped.
    pub work_stopped: Option<bool>,
    /// Minutes from now until it must work again; 0 when that is over.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub deadline_minutes: Option<i64>,
    /// How much the affected people get done.
    pub productivity: Option<ProductivityInput>,
    /// Whether there is a way around it; none is known when left out.
    pub has_workaround: Option<bool>,
}

/// What the circumstances come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessmentView {
    /// How many are affected. Send it when you report the incident.
    pub impact: LevelWord,
    /// How soon it hurts. Send it when you report the incident.
    pub urgency: LevelWord,
    /// What the organization's priority matrix makes of both.
    pub priority: PriorityWord,
    /// Why, in words.
    pub reasons: AssessmentReasons,
}

/// Why the levels are what they are, one sentence each; never empty.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessmentReasons {
    /// For the impact.
    pub impact: Vec<String>,
    /// For the urgency.
    pub urgency: Vec<String>,
    /// For the priority.
    pub priority: Vec<String>,
}
