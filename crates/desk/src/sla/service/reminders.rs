//! When someone is reminded of a ticket in which nothing happens.

use super::follow::{Moved, State};
use crate::sla::store;
use jiff::SignedDuration;
use steward_db::Tx;
use steward_domain::incidents::escalation::Cause;
use steward_domain::tickets::model::{Priority, Status};
use steward_kernel::{Instant, Result};

/// What can come to pass, and after how long.
const REMINDERS: [(Cause, SignedDuration); 3] = [
    (Cause::NoResponse, SignedDuration::from_mins(30)),
    (Cause::CriticalUnresolved, SignedDuration::from_mins(60)),
    (Cause::NoUpdate, SignedDuration::from_hours(24)),
];

/// Whether a ticket in this state waits for the reminder.
pub(super) fn waits(cause: Cause, state: &State) -> bool {
    match cause {
        Cause::NoResponse => state.status() == Status::New,
        Cause::CriticalUnresolved => state.is_open() && state.priority == Priority::Critical,
        Cause::NoUpdate => state.status() == Status::InProgress,
        Cause::Manual | Cause::SlaAtRisk | Cause::SlaBreached => false,
    }
}

/// Sets, moves and takes away the reminders of a ticket that changed.
pub(super) async fn follow(tx: &Tx, moved: &Moved<'_>, now: Instant) -> Result<()> {
    for (cause, after) in REMINDERS {
        let was = moved.before.is_some_and(|before| waits(cause, &before));
        let is = waits(cause, &moved.after);
        // Any word of a person is an update.
        let begins = is && (!was || (cause == Cause::NoUpdate && moved.is_by_person));
        if !begins && was == is {
            continue;
        }
        let at = begins.then(|| now.checked_add(after).unwrap_or(now));
        let (organization, ticket) = (moved.organization, moved.ticket);
        store::set_reminder(tx, organization, ticket, cause.as_str(), at).await?;
    }
    Ok(())
}
