//! What happened to the clocks of tickets.

use super::escalation::Mark;
use super::ledger::Track;
use super::model::{Agreement, Metric};
use crate::incidents::escalation::Cause;
use crate::tickets::events::Snapshot;
use serde::{Deserialize, Serialize};
use steward_kernel::id::UserId;
use steward_kernel::{DomainEvent, Instant};

/// A clock that reached something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The ticket.
    pub ticket: Snapshot,
    /// With whom the agreement is.
    pub agreement: Agreement,
    /// What the clock measures.
    pub metric: Metric,
    /// Share of its time that is used up.
    pub percent: u8,
    /// Business minutes that are left of it, where the threshold stands at so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_before: Option<i64>,
    /// When all of it is, or was.
    pub due_at: Option<Instant>,
    /// Who is told.
    pub recipient_ids: Vec<UserId>,
}

/// A fact about the service levels of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SlaEvent {
    /// Part of the time is used up.
    ThresholdReached(Reached),
    /// All of it is.
    Breached(Reached),
    /// Nothing happened in a ticket for as long as its policy allows.
    Reminded {
        /// The ticket.
        ticket: Snapshot,
        /// What did not happen.
        cause: Cause,
        /// Who is told.
        recipient_ids: Vec<UserId>,
    },
    /// Calendars or policies changed.
    ConfigurationChanged {
        /// `calendar` or `policy`.
        what: String,
        /// Its name.
        name: String,
        /// Its new version; none when it was removed.
        version: Option<i64>,
    },
    /// Running clocks went over to current versions, or back.
    Recomputed {
        /// How many tickets changed.
        tickets: usize,
        /// Whether an earlier recompute was taken back.
        is_undo: bool,
    },
}

impl SlaEvent {
    /// The event of a threshold; at 100 % it is the breach.
    #[must_use]
    pub fn of(ticket: Snapshot, track: &Track, mark: Mark, recipient_ids: Vec<UserId>) -> Self {
        let target = track.clock.terms.target_seconds;
        let (percent, minutes_before) = match mark {
            Mark::Percent(percent) => (percent, None),
            Mark::MinutesBefore(minutes) => (share(mark.seconds(target), target), Some(minutes)),
        };
        let reached = Reached {
            ticket,
            agreement: track.agreement,
            metric: track.metric,
            percent,
            minutes_before,
            due_at: track.clock.due_at,
            recipient_ids,
        };
        if mark.is_breach() {
            Self::Breached(reached)
        } else {
            Self::ThresholdReached(reached)
        }
    }
}

/// Whole percent that so many seconds are of a target.
fn share(seconds: i64, target: i64) -> u8 {
    let percent = i128::from(seconds) * 100 / i128::from(target.max(1));
    u8::try_from(percent).unwrap_or(100)
}

impl DomainEvent for SlaEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::ThresholdReached(_) => "sla.threshold_reached",
            Self::Breached(_) => "sla.breached",
            Self::Reminded { .. } => "sla.reminded",
            Self::ConfigurationChanged { .. } => "sla.configuration_changed",
            Self::Recomputed { .. } => "sla.recomputed",
        }
    }
}
