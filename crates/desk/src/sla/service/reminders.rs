//! When someone is reminded of a ticket in which nothing happens.

use super::book;
use super::follow::Agreed;
use super::moved::{Moved, State};
use crate::sla::store;
use jiff::SignedDuration;
use steward_db::Executor;
use steward_db::Tx;
use steward_domain::incidents::escalation::Cause;
use steward_domain::sla::escalation::{Escalation, Reminder};
use steward_domain::tickets::model::{Priority, Status};
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// What can come to pass.
pub(super) const CAUSES: [Cause; 3] = [
    Cause::NoResponse,
    Cause::CriticalUnresolved,
    Cause::NoUpdate,
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

/// When a reminder comes that began to wait at an instant.
pub(super) fn comes_at(reminder: &Reminder, since: Instant) -> Instant {
    let after = SignedDuration::from_mins(reminder.after_minutes);
    since.checked_add(after).unwrap_or(since)
}

/// What happens to a ticket by the policy that it has with its customer; the
/// usual where it has none.
pub(super) async fn escalation<E: Executor>(db: &E, ticket: Uuid) -> Result<Escalation> {
    by_policy(db, store::policy_of_ticket(db, ticket).await?).await
}

async fn by_policy<E: Executor>(db: &E, version: Option<Uuid>) -> Result<Escalation> {
    match version {
        Some(version) => book::escalation_of(db, version).await,
        None => Ok(Escalation::default()),
    }
}

/// Sets, moves and takes away the reminders of a ticket that changed. Its
/// clocks have followed already.
pub(super) async fn follow(tx: &Tx, moved: &Moved<'_>, agreed: Agreed, now: Instant) -> Result<()> {
    let mut known = None;
    for cause in CAUSES {
        let was = moved.before.is_some_and(|before| waits(cause, &before));
        let is = waits(cause, &moved.after);
        // Any word of a person is an update.
        let begins = is && (!was || (cause == Cause::NoUpdate && moved.is_by_person));
        if !begins && was == is {
            continue;
        }
        let mut at = None;
        if begins {
            if known.is_none() {
                known = Some(match agreed {
                    Agreed::Read(version) => by_policy(tx, version).await?,
                    Agreed::NotRead => escalation(tx, moved.ticket).await?,
                });
            }
            let reminder = known.as_ref().and_then(|rules| rules.reminder(cause));
            at = reminder.map(|reminder| comes_at(reminder, now));
        }
        let (organization, ticket) = (moved.organization, moved.ticket);
        store::set_reminder(tx, organization, ticket, cause.as_str(), at).await?;
    }
    Ok(())
}
