//! Types of what a policy has happen.

use serde::{Deserialize, Serialize};
use steward_domain::sla::escalation::{
    Actions, Audience, BeforeDue, Escalation, Reminder, Threshold,
};
use utoipa::ToSchema;

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EscalationAudience {
    /// Who works on the ticket.
    Assignee,
    /// Who leads its team.
    Lead,
    /// The managers of the organization.
    Managers,
}

/// What is done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationActions {
    /// Who is told.
    #[schema(max_items = 3)]
    pub tells: Vec<EscalationAudience>,
    /// Whether the ticket is escalated one level, which tells the people of that level.
    pub raises_level: bool,
    /// Whether the ticket is given to the lead of its team.
    pub assigns_lead: bool,
    /// Whether the timeline says so, for those who work on it.
    pub notes: bool,
}

/// A part of a clock's time at which something is done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationThreshold {
    /// In percent of the target; each once.
    #[schema(minimum = 1, maximum = 100)]
    pub percent: u8,
    /// What is done.
    pub actions: EscalationActions,
}

/// So much time left of a clock at which something is done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationBeforeDue {
    /// Minutes of business time until the clock is due; each once.
    #[schema(minimum = 1, maximum = 527_040)]
    pub minutes: i64,
    /// What is done.
    pub actions: EscalationActions,
}

/// A time after which something is done about a ticket in which nothing happens.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationReminder {
    /// Minutes on the wall: a reminder does not wait for opening hours.
    #[schema(minimum = 1, maximum = 527_040)]
    pub after_minutes: i64,
    /// What is done.
    pub actions: EscalationActions,
}

/// What a policy has happen as time is used up, and when nothing happens.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationRules {
    /// By percent. A breach is recorded at 100 % with or without one there.
    #[schema(max_items = 10)]
    pub thresholds: Vec<EscalationThreshold>,
    /// With the most minutes first. A clock that is given no more time than that passes over
    /// it. None when left out.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub before_due: Vec<EscalationBeforeDue>,
    /// While a ticket is new; none for no reminder.
    pub no_response: Option<EscalationReminder>,
    /// While it is critical and open.
    pub critical_unresolved: Option<EscalationReminder>,
    /// While it is in progress and nobody says or does anything.
    pub no_update: Option<EscalationReminder>,
}

impl From<EscalationAudience> for Audience {
    fn from(word: EscalationAudience) -> Self {
        match word {
            EscalationAudience::Assignee => Self::Assignee,
            EscalationAudience::Lead => Self::Lead,
            EscalationAudience::Managers => Self::Managers,
        }
    }
}

impl From<Audience> for EscalationAudience {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Assignee => Self::Assignee,
            Audience::Lead => Self::Lead,
            Audience::Managers => Self::Managers,
        }
    }
}

/// The same type on both sides, field by field.
macro_rules! same {
    ($dto:ident, $rule:ident, [$($same:ident),*], [$($each:ident: $how:expr),*]) => {
        impl From<$dto> for $rule {
            fn from(from: $dto) -> Self {
                Self { $($same: from.$same,)* $($each: $how(from.$each),)* }
            }
        }

        impl From<$rule> for $dto {
            fn from(from: $rule) -> Self {
                Self { $($same: from.$same,)* $($each: $how(from.$each),)* }
            }
        }
    };
}

fn each<A, B: From<A>>(all: Vec<A>) -> Vec<B> {
    all.into_iter().map(Into::into).collect()
}

fn maybe<A, B: From<A>>(one: Option<A>) -> Option<B> {
    one.map(Into::into)
}

same!(EscalationActions, Actions, [raises_level, assigns_lead, notes], [tells: each]);
same!(EscalationThreshold, Threshold, [percent], [actions: Into::into]);
same!(EscalationBeforeDue, BeforeDue, [minutes], [actions: Into::into]);
same!(EscalationReminder, Reminder, [after_minutes], [actions: Into::into]);
same!(EscalationRules, Escalation, [],
    [thresholds: each, before_due: each, no_response: maybe, critical_unresolved: maybe, no_update: maybe]);
