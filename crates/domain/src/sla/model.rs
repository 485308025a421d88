//! Words of service levels.

use crate::tickets::model::{Priority, vocabulary};

vocabulary! {
    /// With whom an agreement is made.
    Agreement {
        /// With the customer.
        Sla = "sla",
        /// Between teams of the provider.
        Ola = "ola",
        /// With a supplier.
        Uc = "uc",
    }
}

vocabulary! {
    /// What a clock measures.
    Metric {
        /// Until someone who works the ticket answers.
        Response = "response",
        /// Until it is resolved.
        Resolution = "resolution",
        /// Until something new is heard of it.
        NextUpdate = "next_update",
    }
}

vocabulary! {
    /// How a clock stands.
    State {
        /// It counts.
        Running = "running",
        /// It counts, and most of its time is used up.
        AtRisk = "at_risk",
        /// It waits.
        Paused = "paused",
        /// It was stopped in time.
        Met = "met",
        /// Its time was used up.
        Breached = "breached",
        /// Nobody needs it any more.
        Cancelled = "cancelled",
    }
}

/// Longest target: a hundred years.
pub const MAX_MINUTES: i64 = 100 * 366 * 1440;

/// Targets of a priority that is not configured otherwise, in minutes:
/// response and resolution.
#[must_use]
pub const fn default_minutes(priority: Priority) -> (i64, i64) {
    match priority {
        Priority::Critical => (15, 240),
        Priority::High => (30, 480),
        Priority::Medium => (60, 1440),
        Priority::Low => (120, 2880),
    }
}
