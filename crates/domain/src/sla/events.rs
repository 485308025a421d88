//! What happened to the clocks of tickets.

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
    pub fn of(ticket: Snapshot, track: &Track, percent: u8, recipient_ids: Vec<UserId>) -> Self {
        let reached = Reached {
            ticket,
            agreement: track.agreement,
            metric: track.metric,
            percent,
            due_at: track.clock.due_at,
            recipient_ids,
        };
        if percent >= 100 {
            Self::Breached(reached)
        } else {
            Self::ThresholdReached(reached)
        }
    }
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
