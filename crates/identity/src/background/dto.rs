//! Request and answer types of background work.

use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Query of a list of jobs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct JobQuery {
    /// `dead` (given up, newest first; the default) or `ready` (waits or runs, soonest first).
    pub(crate) state: Option<JobState>,
    /// Name of the handler, such as `mail.send`.
    #[param(min_length = 1, max_length = 100)]
    pub(crate) kind: Option<String>,
    /// Of one organization; for operators.
    pub(crate) organization_id: Option<Uuid>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub(crate) per_page: Option<u32>,
    /// `next_cursor` of an earlier answer.
    pub(crate) cursor: Option<String>,
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobState {
    /// Waits for its time or runs.
    Ready,
    /// Was tried too often and given up.
    Dead,
}

impl JobState {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Dead => "dead",
        }
    }
}

/// A piece of background work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobView {
    /// Id.
    pub(crate) id: Uuid,
    /// The organization; null for the deployment's own housekeeping.
    pub(crate) organization_id: Option<Uuid>,
    /// Name of the handler.
    pub(crate) kind: String,
    /// How it stands.
    pub(crate) state: JobState,
    /// Whether a worker has it now.
    pub(crate) is_running: bool,
    /// Times it was tried.
    pub(crate) attempts: i32,
    /// Times after which it is given up.
    pub(crate) max_attempts: i32,
    /// Next try; of a dead job, when it was given up.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) run_at: Instant,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) created_at: Instant,
    /// Why it failed last.
    pub(crate) last_error: Option<String>,
    /// The records that it is about; nothing else of what it was given.
    pub(crate) references: Vec<JobReference>,
}

/// A record that a job is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobReference {
    /// What it is: `event_id`, `mail_id`.
    pub(crate) name: String,
    /// Its id.
    pub(crate) id: Uuid,
}

/// A page of jobs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Jobs {
    /// The jobs.
    pub(crate) data: Vec<JobView>,
    /// Send it as `cursor` for the next page.
    pub(crate) next_cursor: Option<String>,
}

/// How many jobs a handler has in a state.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobCountView {
    /// How they stand.
    pub(crate) state: JobState,
    /// Name of the handler.
    pub(crate) kind: String,
    /// How many of those that were looked at.
    #[schema(minimum = 0)]
    pub(crate) count: i64,
}

/// Jobs by state and kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobCounts {
    /// One entry per state and kind that has jobs.
    pub(crate) data: Vec<JobCountView>,
    /// Whether a state has more jobs than the 10,000 that were looked at.
    pub(crate) is_capped: bool,
}

/// Which dead jobs are to be tried again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetryInput {
    /// Name of the handler; every kind when left out.
    #[schema(min_length = 1, max_length = 100)]
    pub(crate) kind: Option<String>,
}

/// What was set going again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Retried {
    /// How many jobs; at most 1,000 at once, so call again until it is 0.
    #[schema(minimum = 0)]
    pub(crate) retried: u64,
}
