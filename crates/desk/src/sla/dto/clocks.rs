//! Types of the clocks of tickets.

use super::ClockState;
use serde::{Deserialize, Serialize};
use steward_domain::sla::explain::Kind;
use steward_domain::sla::model::{Agreement, Metric};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// With whom an agreement is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreementWord {
    /// With the customer.
    Sla,
    /// Between teams of the provider.
    Ola,
    /// With a supplier.
    Uc,
}

impl From<Agreement> for AgreementWord {
    fn from(agreement: Agreement) -> Self {
        match agreement {
            Agreement::Sla => Self::Sla,
            Agreement::Ola => Self::Ola,
            Agreement::Uc => Self::Uc,
        }
    }
}

impl From<AgreementWord> for Agreement {
    fn from(word: AgreementWord) -> Self {
        match word {
            AgreementWord::Sla => Self::Sla,
            AgreementWord::Ola => Self::Ola,
            AgreementWord::Uc => Self::Uc,
        }
    }
}

/// What a clock measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MetricWord {
    /// Until someone who works the ticket answers.
    Response,
    /// Until it is resolved.
    Resolution,
    /// Until something new is heard of it.
    NextUpdate,
}

impl From<Metric> for MetricWord {
    fn from(metric: Metric) -> Self {
        match metric {
            Metric::Response => Self::Response,
            Metric::Resolution => Self::Resolution,
            Metric::NextUpdate => Self::NextUpdate,
        }
    }
}

/// A clock of a ticket, in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SlaChip {
    /// With whom the agreement is.
    pub agreement: AgreementWord,
    /// What it measures.
    pub metric: MetricWord,
    /// How it stands.
    pub state: ClockState,
    /// Business time it is given.
    pub target_minutes: i64,
    /// When its time is used up; none while it waits.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Instant>,
    /// When its time was used up.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub breached_at: Option<Instant>,
    /// When what it measures happened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub met_at: Option<Instant>,
    /// Business seconds used up at `as_of`.
    pub consumed_seconds: i64,
    /// When the clock last changed.
    #[schema(value_type = String, format = DateTime)]
    pub as_of: Instant,
    /// Business seconds left at `remaining_at`, 0 when its time is used up;
    /// none once it is over.
    pub remaining_seconds: Option<i64>,
    /// When its calendar last opened or closed, or the clock last changed.
    #[schema(value_type = String, format = DateTime)]
    pub remaining_at: Instant,
    /// Whether its calendar is open since then, so that it counts; none unless
    /// it runs.
    pub is_open: Option<bool>,
    /// When its calendar closes or opens next, at the latest when its time is
    /// used up. None where that is too far away to be told.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub changes_at: Option<Instant>,
}

/// What a piece of a clock's life was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntervalKind {
    /// It counted.
    Counted,
    /// It waited for something outside.
    Paused,
    /// Outside of opening hours.
    Closed,
    /// On a closed date.
    Holiday,
    /// Before it began to count.
    Before,
    /// After it was met or given up.
    After,
}

impl From<Kind> for IntervalKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Counted => Self::Counted,
            Kind::Paused => Self::Paused,
            Kind::Closed => Self::Closed,
            Kind::Holiday => Self::Holiday,
            Kind::Before => Self::Before,
            Kind::After => Self::After,
        }
    }
}

/// A version of a policy or calendar.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionReference {
    /// Id of the policy or calendar.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The version.
    pub version: i64,
}

/// A half-open piece of a clock's life.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SlaInterval {
    /// Its first instant.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// The first instant after it.
    #[schema(value_type = String, format = DateTime)]
    pub until: Instant,
    /// What it was.
    pub kind: IntervalKind,
    /// The closed date, with its name where it has one.
    pub holiday: Option<String>,
    /// The policy it counted by; none before it began.
    pub policy: Option<VersionReference>,
    /// The calendar it counted by; none before it began.
    pub calendar: Option<VersionReference>,
}

/// A clock of a ticket with its life.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlaClockView {
    /// With whom the agreement is.
    pub agreement: AgreementWord,
    /// What it measures.
    pub metric: MetricWord,
    /// How it stands.
    pub state: ClockState,
    /// Business time it is given.
    pub target_seconds: i64,
    /// Business seconds used up: the lengths of the counted intervals.
    pub elapsed_seconds: i64,
    /// Business seconds left; less than 0 once the target has passed.
    pub remaining_seconds: i64,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Instant,
    /// When its time is used up; none while it waits.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Instant>,
    /// When its time was used up.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub breached_at: Option<Instant>,
    /// When what it measures happened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub met_at: Option<Instant>,
    /// The policy it counts by.
    pub policy: Option<VersionReference>,
    /// The calendar it counts by.
    pub calendar: Option<VersionReference>,
    /// Its life from the report of the ticket until now, without gaps.
    pub intervals: Vec<SlaInterval>,
    /// Whether there are more intervals than are shown.
    pub is_truncated: bool,
}

/// The clocks of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketSlaView {
    /// The instant for which they are shown.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Its clocks.
    pub clocks: Vec<SlaClockView>,
}
