//! The policies and calendars of an organization, by version.

use super::clock::Terms;
use super::escalation::Escalation;
use super::model::{Agreement, Metric};
use crate::calendar::Calendar;
use crate::tickets::model::Priority;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a priority is given, in minutes; a metric without a target has no clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Until the first answer.
    pub response_minutes: Option<i64>,
    /// Until it is resolved.
    pub resolution_minutes: Option<i64>,
    /// From one public word to the next.
    pub next_update_minutes: Option<i64>,
    /// The calendar it counts by, in place of the policy's.
    pub calendar_id: Option<Uuid>,
}

impl Target {
    /// Minutes for a metric.
    #[must_use]
    pub const fn minutes(&self, metric: Metric) -> Option<i64> {
        match metric {
            Metric::Response => self.response_minutes,
            Metric::Resolution => self.resolution_minutes,
            Metric::NextUpdate => self.next_update_minutes,
        }
    }
}

/// Targets of every priority.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// Critical.
    pub critical: Target,
    /// High.
    pub high: Target,
    /// Medium.
    pub medium: Target,
    /// Low.
    pub low: Target,
}

impl Targets {
    /// Those of a priority.
    #[must_use]
    pub const fn of(&self, priority: Priority) -> &Target {
        match priority {
            Priority::Critical => &self.critical,
            Priority::High => &self.high,
            Priority::Medium => &self.medium,
            Priority::Low => &self.low,
        }
    }
}

/// A version of a policy; editing makes a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    /// Id of the version.
    pub id: Uuid,
    /// The policy.
    pub policy_id: Uuid,
    /// With whom.
    pub agreement: Agreement,
    /// The calendar of priorities without an own one.
    pub calendar_id: Uuid,
    /// Targets by priority.
    pub targets: Targets,
    /// What happens as time is used up.
    pub escalation: Escalation,
}

/// A version of a calendar.
#[derive(Debug, Clone)]
pub struct CalendarVersion {
    /// Id of the version.
    pub id: Uuid,
    /// The calendar.
    pub calendar_id: Uuid,
    /// Ready to count with.
    pub calendar: Calendar,
}

/// What clocks are given their terms by.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// Current versions of active policies, in their order.
    pub policies: Vec<PolicyVersion>,
    /// Earlier versions that clocks still use.
    pub earlier: Vec<PolicyVersion>,
    /// Versions of calendars.
    pub calendars: BTreeMap<Uuid, CalendarVersion>,
    /// The current version of each calendar.
    pub current: BTreeMap<Uuid, Uuid>,
}

impl Book {
    /// The calendar of a version.
    #[must_use]
    pub fn calendar(&self, version: Uuid) -> Option<&Calendar> {
        self.calendars.get(&version).map(|c| &c.calendar)
    }

    /// A version of a policy.
    #[must_use]
    pub fn version(&self, id: Uuid) -> Option<&PolicyVersion> {
        let all = self.policies.iter().chain(&self.earlier);
        all.into_iter().find(|version| version.id == id)
    }

    /// The terms of a metric under the first policy that matches. A clock that
    /// runs under the same policy or calendar keeps the version it has.
    #[must_use]
    pub fn terms(
        &self,
        policy: Option<&PolicyVersion>,
        priority: Priority,
        metric: Metric,
        kept: Option<&Terms>,
    ) -> Option<Terms> {
        let mut policy = policy?;
        let own = kept.and_then(|terms| self.version(terms.policy_version_id));
        if let Some(own) = own.filter(|own| own.policy_id == policy.policy_id) {
            policy = own;
        }
        let target = policy.targets.of(priority);
        let minutes = target.minutes(metric)?;
        let calendar_id = target.calendar_id.unwrap_or(policy.calendar_id);
        let same = kept.map(|terms| terms.calendar_version_id).filter(|id| {
            self.calendars
                .get(id)
                .is_some_and(|c| c.calendar_id == calendar_id)
        });
        Some(Terms {
            policy_version_id: policy.id,
            calendar_version_id: same.or_else(|| self.current.get(&calendar_id).copied())?,
            target_seconds: minutes.saturating_mul(60),
        })
    }
}
