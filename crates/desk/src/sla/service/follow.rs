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

/// The clocks of a ticket after its change, before they are written.
#[derive(Debug)]
pub(crate) struct Followed {
    clocks: Vec<ClockRow>,
    shown: OnTicket,
}

/// Moves the clocks of a ticket to its change; none when they stay. Nothing is
/// written yet, so that the ticket can be written once, with what it shows.
pub(crate) async fn follow(tx: &Tx, moved: &Moved<'_>, now: Instant) -> Result<Option<Followed>> {
    let is_same = moved.before == Some(moved.after);
    if is_same && !moved.is_rematch && !moved.is_news {
        return Ok(None);
    }
    let kept = match moved.before {
        None => Vec::new(),
        Some(_) => store::clocks(tx, moved.ticket).await?,
    };
    let was = |of: fn(&State) -> Priority| moved.before.as_ref().map(of);
    let is_rematch = moved.is_rematch || was(|s| s.priority) != Some(moved.after.priority);
    if !is_rematch && kept.is_empty() {
        return Ok(None);
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
    if !ledger.follow(&book, change, &matches, now) {
        return Ok(None);
    }
    let (organization, ticket) = (moved.organization, moved.ticket);
    Ok(Some(Followed {
        clocks: ledger::changed(organization, ticket, &ledger, &book, &kept)?,
        shown: ledger::shown(&ledger, &book)?,
    }))
}

/// Writes the clocks that [`follow`] moved, and the reminders of the ticket.
pub(crate) async fn keep(
    tx: &Tx,
    moved: &Moved<'_>,
    clocks: Option<Clocks>,
    now: Instant,
) -> Result<()> {
    if let Some(Clocks(rows)) = clocks {
        store::save_clocks(tx, rows).await?;
    }
    reminders::follow(tx, moved, now).await
}

impl Followed {
    /// Puts what is shown onto the ticket; what is left is for [`keep`].
    pub(crate) fn onto(self, row: &mut TicketRow) -> Clocks {
        self.shown.onto(row);
        Clocks(self.clocks)
    }
}

/// Clocks to be written.
#[derive(Debug)]
pub(crate) struct Clocks(Vec<ClockRow>);
