//! Request and answer types of the priority matrix.

use serde::{Deserialize, Serialize};
use steward_domain::incidents::rules::PriorityMatrix;
use steward_domain::tickets::model::{Level, Priority};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// Order of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriorityWord {
    /// First.
    Critical,
    /// Second.
    High,
    /// Third.
    Medium,
    /// Last.
    Low,
}

impl From<Priority> for PriorityWord {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Critical => Self::Critical,
            Priority::High => Self::High,
            Priority::Medium => Self::Medium,
            Priority::Low => Self::Low,
        }
    }
}

impl From<PriorityWord> for Priority {
    fn from(word: PriorityWord) -> Self {
        match word {
            PriorityWord::Critical => Self::Critical,
            PriorityWord::High => Self::High,
            PriorityWord::Medium => Self::Medium,
            PriorityWord::Low => Self::Low,
        }
    }
}

/// The priority for each urgency.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatrixRow {
    /// At high urgency.
    pub high: PriorityWord,
    /// At medium urgency.
    pub medium: PriorityWord,
    /// At low urgency.
    pub low: PriorityWord,
}

/// The priority for each impact and, inside, each urgency.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatrixCells {
    /// At high impact.
    pub high: MatrixRow,
    /// At medium impact.
    pub medium: MatrixRow,
    /// At low impact.
    pub low: MatrixRow,
}

impl From<&PriorityMatrix> for MatrixCells {
    fn from(matrix: &PriorityMatrix) -> Self {
        let row = |impact| MatrixRow {
            high: matrix.priority(impact, Level::High).into(),
            medium: matrix.priority(impact, Level::Medium).into(),
            low: matrix.priority(impact, Level::Low).into(),
        };
        Self {
            high: row(Level::High),
            medium: row(Level::Medium),
            low: row(Level::Low),
        }
    }
}

impl From<MatrixCells> for PriorityMatrix {
    fn from(cells: MatrixCells) -> Self {
        Self::new(|impact, urgency| {
            let row = match impact {
                Level::High => cells.high,
                Level::Medium => cells.medium,
                Level::Low => cells.low,
            };
            let word = match urgency {
                Level::High => row.high,
                Level::Medium => row.medium,
                Level::Low => row.low,
            };
            word.into()
        })
    }
}

/// The priority matrix of the caller's organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatrixView {
    /// Id of the organization, which has one matrix.
    pub id: Uuid,
    /// Impact, then urgency: `cells.high.low` is high impact, low urgency.
    pub cells: MatrixCells,
    /// Whether it is the one that every organization starts with.
    pub is_default: bool,
    /// Counts changes, from 0; the `ETag`.
    pub version: i64,
    /// When it was first changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub created_at: Option<Instant>,
    /// When it last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub updated_at: Option<Instant>,
}

steward_platform::versioned!(MatrixView);

/// All nine cells.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatrixInput {
    /// Impact, then urgency.
    pub cells: MatrixCells,
}
