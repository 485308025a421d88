//! Types of policies.

use super::{AgreementWord, EscalationRules};
use serde::{Deserialize, Serialize};
use steward_domain::sla::book::{Target, Targets};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a priority is given; a metric without a target has no clock.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetInput {
    /// Minutes until the first answer.
    #[schema(minimum = 0, maximum = 52_704_000)]
    pub response_minutes: Option<i64>,
    /// Minutes until it is resolved.
    #[schema(minimum = 0, maximum = 52_704_000)]
    pub resolution_minutes: Option<i64>,
    /// Minutes from one public word to the next.
    #[schema(minimum = 0, maximum = 52_704_000)]
    pub next_update_minutes: Option<i64>,
    /// The calendar it counts by, in place of the policy's.
    pub calendar_id: Option<Uuid>,
}

/// Targets of every priority.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetsInput {
    /// Critical.
    pub critical: TargetInput,
    /// High.
    pub high: TargetInput,
    /// Medium.
    pub medium: TargetInput,
    /// Low.
    pub low: TargetInput,
}

impl From<TargetInput> for Target {
    fn from(t: TargetInput) -> Self {
        Self {
            response_minutes: t.response_minutes,
            resolution_minutes: t.resolution_minutes,
            next_update_minutes: t.next_update_minutes,
            calendar_id: t.calendar_id,
        }
    }
}

impl From<Target> for TargetInput {
    fn from(t: Target) -> Self {
        Self {
            response_minutes: t.response_minutes,
            resolution_minutes: t.resolution_minutes,
            next_update_minutes: t.next_update_minutes,
            calendar_id: t.calendar_id,
        }
    }
}

impl From<TargetsInput> for Targets {
    fn from(t: TargetsInput) -> Self {
        Self {
            critical: t.critical.into(),
            high: t.high.into(),
            medium: t.medium.into(),
            low: t.low.into(),
        }
    }
}

impl From<Targets> for TargetsInput {
    fn from(t: Targets) -> Self {
        Self {
            critical: t.critical.into(),
            high: t.high.into(),
            medium: t.medium.into(),
            low: t.low.into(),
        }
    }
}

/// A policy: which tickets are given how much time.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// With whom the agreement is.
    pub agreement: AgreementWord,
    /// The first policy in this order that matches a ticket counts, one of
    /// each agreement.
    pub position: i32,
    /// Whether tickets are given it.
    pub is_active: bool,
    /// For which tickets it is meant; for all when null.
    #[schema(value_type = Option<Object>)]
    pub condition: Option<serde_json::Value>,
    /// The calendar of priorities that name none.
    pub calendar_id: Uuid,
    /// Targets by priority.
    pub targets: TargetsInput,
    /// What happens as time is used up, and when nothing happens.
    pub escalation: EscalationRules,
    /// Counts its versions; the `ETag`. Running clocks keep the version they have.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When this version was made.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(PolicyView);

/// A new policy.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyInput {
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// With whom the agreement is.
    pub agreement: AgreementWord,
    /// Its place in the order; before the others when left out.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i32>,
    /// Whether tickets are given it; true when left out.
    pub is_active: Option<bool>,
    /// For which tickets it is meant; for all when null or left out.
    #[schema(value_type = Option<Object>)]
    pub condition: Option<serde_json::Value>,
    /// The calendar of priorities that name none.
    pub calendar_id: Uuid,
    /// Targets by priority.
    pub targets: TargetsInput,
    /// What happens as time is used up, and when nothing happens; the usual
    /// when left out.
    pub escalation: Option<EscalationRules>,
}

/// Fields to change; what is left out stays. Makes a new version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyPatch {
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: Option<String>,
    /// Its place in the order.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i32>,
    /// Whether tickets are given it.
    pub is_active: Option<bool>,
    /// For which tickets it is meant; null for all.
    #[serde(default, deserialize_with = "steward_platform::http::merge::nullable")]
    #[schema(value_type = Option<Object>)]
    pub condition: Option<Option<serde_json::Value>>,
    /// The calendar of priorities that name none.
    pub calendar_id: Option<Uuid>,
    /// Targets by priority, all of them.
    pub targets: Option<TargetsInput>,
    /// What happens as time is used up, and when nothing happens, all of it.
    pub escalation: Option<EscalationRules>,
}

/// Every policy, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Policies {
    /// The policies.
    pub data: Vec<PolicyView>,
}
