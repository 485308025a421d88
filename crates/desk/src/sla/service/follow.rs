//! Clocks follow their ticket, in the transaction of its change.

use super::asked::{Asked, Conditions};
use super::book;
use super::ledger::{self, OnTicket};
use super::moved::{Moved, State};
use super::reminders;
use crate::sla::store::{self, ClockRow};
use crate::tickets::TicketRow;
use steward_db::Tx;
use steward_domain::sla::book::PolicyVersion;
use steward_domain::sla::ledger::Change;
use steward_domain::tickets::model::Priority;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// The clocks of a ticket after its change, before they are written.
#[derive(Debug)]
pub(crate) struct Followed {
    /// What the ticket shows of them, where they moved.
    shown: Option<OnTicket>,
    clocks: Clocks,
}

/// Moves the clocks of a ticket to its change. Nothing is written yet, so that
/// the ticket can be written once, with what it shows.
pub(crate) async fn follow(tx: &Tx, moved: &Moved<'_>, now: Instant) -> Result<Followed> {
    let is_same = moved.before == Some(moved.after);
    if is_same && !moved.is_rematch && !moved.is_news {
        return Ok(Followed::staying(Agreed::NotRead));
    }
    let kept = match moved.before {
        None => Vec::new(),
        Some(_) => store::clocks(tx, moved.ticket).await?,
    };
    let was = |of: fn(&State) -> Priority| moved.before.as_ref().map(of);
    let is_rematch = moved.is_rematch || was(|s| s.priority) != Some(moved.after.priority);
    if !is_rematch && kept.is_empty() {
        return Ok(Followed::staying(Agreed::Read(None)));
    }
    let mut ledger = ledger::read(&kept)?;
    let (book, policies) = if is_rematch || ledger.wakes(moved.after.situation) {
        book::load(tx, moved.organization, &kept).await?
    } else {
        (book::of_clocks(tx, &kept).await?, Vec::new())
    };
    let change = Change {
        situation: moved.after.situation,
        priority: moved.after.priority,
        is_rematch,
        is_news: moved.is_news,
    };
    let conditions = Conditions::of(tx, moved.organization, &policies).await?;
    let asked = Asked::new(&conditions, || moved.row.facts(), now);
    let matches = |p: &PolicyVersion| asked.matches(p.id);
    let has_moved = ledger.follow(&book, change, &matches, now);
    let agreed = Agreed::Read(ledger::agreed(&ledger));
    if !has_moved {
        return Ok(Followed::staying(agreed));
    }
    let (organization, ticket) = (moved.organization, moved.ticket);
    Ok(Followed {
        shown: Some(ledger::shown(&ledger, &book)?),
        clocks: Clocks {
            changed: ledger::changed(organization, ticket, &ledger, &book, &kept)?,
            agreed,
        },
    })
}

/// Writes the clocks that [`follow`] moved, and the reminders of the ticket.
pub(crate) async fn keep(tx: &Tx, moved: &Moved<'_>, clocks: Clocks, now: Instant) -> Result<()> {
    if !clocks.changed.is_empty() {
        store::save_clocks(tx, clocks.changed).await?;
    }
    reminders::follow(tx, moved, clocks.agreed, now).await
}

impl Followed {
    /// Puts what is shown onto the ticket; what is left is for [`keep`].
    pub(crate) fn onto(self, row: &mut TicketRow) -> Clocks {
        if let Some(shown) = self.shown {
            shown.onto(row);
        }
        self.clocks
    }

    /// No clock moved.
    const fn staying(agreed: Agreed) -> Self {
        Self {
            shown: None,
            clocks: Clocks {
                changed: Vec::new(),
                agreed,
            },
        }
    }
}

/// Clocks to be written.
#[derive(Debug)]
pub(crate) struct Clocks {
    changed: Vec<ClockRow>,
    agreed: Agreed,
}

/// The version of the policy that a ticket has with its customer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Agreed {
    /// As its clocks tell; none without a policy.
    Read(Option<Uuid>),
    /// Its clocks were not needed.
    NotRead,
}
