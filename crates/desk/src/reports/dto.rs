//! Query and answer types of reports.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};

/// What to report about.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// Begin of the period: an instant (RFC 3339), or `-30d` or `-12h` for so
    /// long ago; 30 days ago when left out.
    #[param(max_length = 40)]
    pub from: Option<String>,
    /// Its end, itself not in it; now when left out.
    #[param(max_length = 40)]
    pub to: Option<String>,
    /// Length of a step of the trend: `day`, `week` or `month`; what suits the period when left out.
    #[param(pattern = "^(day|week|month)$")]
    pub step: Option<String>,
    /// `priority` (when left out), `team`, `category`, `kind`, `assignee` or `source`.
    #[param(pattern = "^(priority|team|category|kind|assignee|source)$")]
    pub group_by: Option<String>,
    /// Of `sla-compliance`: `resolution` (when left out) or `response`.
    #[param(pattern = "^(resolution|response)$")]
    pub metric: Option<String>,
    /// Only tickets under this condition (JSON text).
    #[param(max_length = 3000)]
    pub condition: Option<String>,
}

/// A measure and what it says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeasureView {
    /// Name of the figure.
    pub name: String,
    /// `count`, `seconds`, or `share` from 0 to 1.
    pub unit: String,
    /// What it says.
    pub definition: String,
}

/// A report that there is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportSummary {
    /// Its name in the path.
    pub name: String,
    /// Heading.
    pub title: String,
    /// Which tickets it is about.
    pub definition: String,
    /// What it measures.
    pub measures: Vec<MeasureView>,
}

/// Every report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportList {
    /// The reports.
    pub data: Vec<ReportSummary>,
}

/// Figures of some tickets. Those that the report does not measure are null.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct FiguresView {
    /// Tickets.
    pub tickets: u32,
    /// Those that count.
    pub hits: Option<u32>,
    /// Their share, from 0 to 1; null when there are no tickets.
    pub share: Option<f64>,
    /// Mean.
    pub mean_seconds: Option<u64>,
    /// Median.
    pub median_seconds: Option<u32>,
    /// Ninth decile.
    pub p90_seconds: Option<u32>,
    /// Tickets by age: under 1 day, 3 days, 7 days, 30 days, and older.
    #[schema(max_items = 5)]
    pub ages: Option<Vec<u32>>,
    /// Reported in the step.
    pub reported: Option<u32>,
    /// Resolved in the step.
    pub resolved: Option<u32>,
    /// Query parameters under which the ticket list shows the same tickets.
    pub filters: BTreeMap<String, String>,
    /// The same for those that count.
    pub hit_filters: Option<BTreeMap<String, String>>,
}

/// Figures of one group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupView {
    /// The word or id; null for tickets without one.
    pub key: Option<String>,
    /// Name of a team or person; else as the key.
    pub label: Option<String>,
    /// Its figures.
    pub figures: FiguresView,
}

/// Figures of one step of the trend.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepView {
    /// Begin.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// End, itself not in it.
    #[schema(value_type = String, format = DateTime)]
    pub to: Instant,
    /// Its figures.
    pub figures: FiguresView,
}

/// A report over a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportView {
    /// Its name in the path.
    pub name: String,
    /// Heading.
    pub title: String,
    /// Which tickets it is about.
    pub definition: String,
    /// What it measures.
    pub measures: Vec<MeasureView>,
    /// Begin of the period.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// Its end, itself not in it.
    #[schema(value_type = String, format = DateTime)]
    pub to: Instant,
    /// Zone whose midnights cut the steps.
    pub time_zone: String,
    /// Length of a step.
    pub step: String,
    /// What the groups are.
    pub group_by: String,
    /// Figures of all.
    pub total: FiguresView,
    /// Figures by group, the largest first; at most 200.
    pub groups: Vec<GroupView>,
    /// Whether there are more groups.
    pub is_capped: bool,
    /// Figures by step.
    pub trend: Vec<StepView>,
}
