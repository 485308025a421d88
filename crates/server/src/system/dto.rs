//! The answer type of the system's health.

use serde::Serialize;
use steward_kernel::Instant;
use utoipa::ToSchema;

/// How one thing stands, or everything together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// As it should be.
    Ok,
    /// Works, but somebody should look.
    Warn,
    /// Does not work.
    Fail,
}

/// How the deployment is, as the node that answers sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthView {
    /// The worst verdict of the checks.
    pub(crate) status: Verdict,
    /// Version of Steward.
    pub(crate) version: String,
    /// The database.
    pub(crate) database: DatabaseHealth,
    /// Background work of the whole deployment.
    pub(crate) jobs: JobsHealth,
    /// Outgoing mail.
    pub(crate) mail: MailHealth,
    /// The store of attached files.
    pub(crate) files: FilesHealth,
    /// Time zone data.
    pub(crate) time_zones: TimeZoneHealth,
    /// The disk of the data directory; null when it cannot be read.
    pub(crate) disk: Option<DiskHealth>,
    /// What was looked at.
    pub(crate) checks: Vec<CheckView>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: Instant,
}

/// The database.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DatabaseHealth {
    /// `sqlite` or `postgres`.
    pub(crate) engine: &'static str,
    /// Engine and version.
    pub(crate) version: String,
    /// Bytes on its disk.
    pub(crate) size_bytes: u64,
    /// Migrations that have run.
    pub(crate) migrations_applied: usize,
    /// Migrations that this version brings and that have not run.
    pub(crate) migrations_pending: usize,
}

/// Background work of the whole deployment. Numbers stop at 10,000.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobsHealth {
    /// Waiting or running.
    pub(crate) ready: i64,
    /// Waiting and due now.
    pub(crate) due: i64,
    /// Since when the longest waiting is due.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) oldest_due_at: Option<Instant>,
    /// Given up.
    pub(crate) dead: i64,
}

/// Outgoing mail.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MailHealth {
    /// `smtp`, or `files` when no mail server is set and mail becomes files.
    pub(crate) transport: &'static str,
    /// Mails that wait or are tried again.
    pub(crate) waiting: i64,
    /// Mails that were given up.
    pub(crate) failed: i64,
}

/// The store of attached files.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FilesHealth {
    /// `folder` or `bucket`.
    pub(crate) store: &'static str,
    /// Whether it answers.
    pub(crate) is_reachable: bool,
}

/// Versions of the time zone data.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimeZoneHealth {
    /// What Steward brings.
    pub(crate) bundled: String,
    /// What the system has, which is used when it is there.
    pub(crate) system: Option<String>,
}

/// The disk of the data directory.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiskHealth {
    /// Free bytes.
    pub(crate) free_bytes: u64,
    /// All bytes.
    pub(crate) total_bytes: u64,
}

/// One thing that was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckView {
    /// What: `database`, `clock`.
    pub(crate) subject: &'static str,
    /// How it stands.
    pub(crate) verdict: Verdict,
    /// What was seen, and what to do about it; for operators.
    pub(crate) text: Option<String>,
}
