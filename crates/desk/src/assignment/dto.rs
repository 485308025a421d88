//! Words of assignment in the API.

use serde::Deserialize;
use steward_domain::assignment::model::Strategy;
use utoipa::ToSchema;

/// How one of a team's members is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StrategyInput {
    /// In turn.
    RoundRobin,
    /// Who has the fewest open tickets.
    LeastLoaded,
    /// Who has most of the skills that category and tags ask for, and few open tickets.
    SkillBased,
    /// The more urgent, the more experienced.
    PriorityBased,
    /// By skills when it is critical or high, else who has the fewest open tickets.
    Hybrid,
}

impl From<StrategyInput> for Strategy {
    fn from(input: StrategyInput) -> Self {
        match input {
            StrategyInput::RoundRobin => Self::RoundRobin,
            StrategyInput::LeastLoaded => Self::LeastLoaded,
            StrategyInput::SkillBased => Self::SkillBased,
            StrategyInput::PriorityBased => Self::PriorityBased,
            StrategyInput::Hybrid => Self::Hybrid,
        }
    }
}
