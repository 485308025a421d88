//! Running clocks go over to the current versions of policies and calendars,
//! when an operator asks for it; and back.

use super::asked::{Asked, Conditions};
use super::book;
use super::calendars::require;
use super::ledger;
use crate::sla::dto::{ClockChange, RecomputePreview, RecomputeView};
use crate::sla::store::{self, ClockRow, TicketNow};
use crate::tickets::dto::TicketReference;
use crate::tickets::service as tickets;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_db::{Tx, time::from_db};
use steward_domain::sla::book::{Book, PolicyVersion};
use steward_domain::sla::clock::Terms;
use steward_domain::sla::events::SlaEvent;
use steward_domain::sla::ledger::{Ledger, Track};
use steward_domain::tickets::model::Priority;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// Changes shown before they are made.
const SHOWN: usize = 100;

/// A clock that went over, as it is kept to take it back.
#[derive(Debug, Serialize, Deserialize)]
struct Done {
    ticket_id: Uuid,
    clock_id: Uuid,
    before: Terms,
    after: Terms,
}

/// A ticket whose clocks change.
struct Planned {
    ticket: TicketNow,
    book: Book,
    kept: Vec<ClockRow>,
    ledger: Ledger,
}

/// Which clocks would change, and how.
pub(in crate::sla) async fn preview(
    app: &App,
    actor: &Actor,
    now: Instant,
) -> Result<RecomputePreview> {
    require(actor, "sla:manage")?;
    // Nothing is written: the transaction is dropped.
    let tx = app.db.write("sla.recompute_preview").await?;
    let mut changes = Vec::new();
    let mut total = 0;
    for planned in plan(&tx, actor, now).await? {
        for (row, track) in planned.kept.iter().zip(&planned.ledger.0) {
            let old = ledger::track(row)?;
            if old.clock.terms == track.clock.terms {
                continue;
            }
            total += 1;
            if changes.len() < SHOWN {
                changes.push(change(&planned.ticket, &old, track));
            }
        }
    }
    Ok(RecomputePreview { total, changes })
}

fn change(ticket: &TicketNow, old: &Track, new: &Track) -> ClockChange {
    ClockChange {
        ticket: TicketReference {
            id: ticket.id,
            number: ticket.number.clone(),
            title: ticket.title.clone(),
        },
        agreement: new.agreement.into(),
        metric: new.metric.into(),
        old_target_seconds: old.clock.terms.target_seconds,
        new_target_seconds: new.clock.terms.target_seconds,
        old_due_at: old.clock.due_at,
        new_due_at: new.clock.due_at,
    }
}

/// Has the clocks go over.
pub(in crate::sla) async fn apply(app: &App, actor: &Actor, now: Instant) -> Result<RecomputeView> {
    require(actor, "sla:manage")?;
    let tx = app.db.write("sla.recompute").await?;
    store::lock(&tx, actor.organization_id).await?;
    let mut done = Vec::new();
    let planned = plan(&tx, actor, now).await?;
    for p in &planned {
        for (row, track) in p.kept.iter().zip(&p.ledger.0) {
            let before = ledger::track(row)?.clock.terms;
            if before != track.clock.terms {
                done.push(Done {
                    ticket_id: p.ticket.id,
                    clock_id: row.id,
                    before,
                    after: track.clock.terms,
                });
            }
        }
        let organization = actor.organization_id;
        ledger::save(&tx, organization, p.ticket.id, &p.ledger, &p.book, &p.kept).await?;
    }
    let id = clock::new_id();
    let total = done.len();
    let changes = serde_json::to_value(&done).map_err(Error::internal)?;
    store::insert_recompute(&tx, actor, id, changes, now).await?;
    announce(&tx, actor, id, planned.len(), false, now).await?;
    tx.commit().await?;
    Ok(RecomputeView {
        id,
        total,
        created_at: now,
        undone_at: None,
    })
}

/// Takes a recompute back for the clocks that still count by what it gave them.
pub(in crate::sla) async fn undo(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<RecomputeView> {
    require(actor, "sla:manage")?;
    let tx = app.db.write("sla.recompute_undo").await?;
    store::lock(&tx, actor.organization_id).await?;
    let row = store::recompute(&tx, actor.organization_id, id).await?;
    let row = row.ok_or_else(|| Error::not_found("recompute", id))?;
    if row.undone_at.is_some() {
        let detail = "it was taken back already";
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let done: Vec<Done> = serde_json::from_value(row.changes).map_err(Error::internal)?;
    let mut by_ticket: BTreeMap<Uuid, Vec<&Done>> = BTreeMap::new();
    for d in &done {
        by_ticket.entry(d.ticket_id).or_default().push(d);
    }
    let mut total = 0;
    for (ticket, done) in &by_ticket {
        total += back(&tx, actor, *ticket, done, now).await?;
    }
    store::undone(&tx, id, now).await?;
    announce(&tx, actor, id, by_ticket.len(), true, now).await?;
    tx.commit().await?;
    Ok(RecomputeView {
        id,
        total,
        created_at: from_db(row.created_at),
        undone_at: Some(now),
    })
}

async fn back(tx: &Tx, actor: &Actor, ticket: Uuid, done: &[&Done], now: Instant) -> Result<usize> {
    let kept = store::clocks(tx, ticket).await?;
    let (mut book, _) = book::load(tx, actor.organization_id, &kept).await?;
    for d in done {
        for row in store::calendar_versions(tx, vec![d.before.calendar_version_id]).await? {
            book.calendars.insert(row.id, book::calendar_version(&row)?);
        }
    }
    let mut ledger = ledger::read(&kept)?;
    let of = |track: &Track| {
        let row = kept.iter().find(|row| {
            (row.agreement.as_str(), row.metric.as_str())
                == (track.agreement.as_str(), track.metric.as_str())
        })?;
        let found = done.iter().find(|d| d.clock_id == row.id)?;
        (track.clock.terms == found.after).then_some(found.before)
    };
    let n = ledger.0.iter().filter(|track| of(track).is_some()).count();
    if ledger.recompute(&book, of, now) {
        let organization = actor.organization_id;
        ledger::save(tx, organization, ticket, &ledger, &book, &kept).await?;
    }
    Ok(n)
}

async fn announce(
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    tickets: usize,
    is_undo: bool,
    now: Instant,
) -> Result<()> {
    let event = SlaEvent::Recomputed { tickets, is_undo };
    events::publish(tx, actor, id, &event, now).await
}

/// The tickets whose clocks count by earlier versions, with their clocks as
/// they would be.
async fn plan(tx: &Tx, actor: &Actor, now: Instant) -> Result<Vec<Planned>> {
    let ids = store::outdated(tx, actor.organization_id).await?;
    let found = store::tickets(tx, &ids).await?;
    let mut planned = Vec::new();
    for ticket in found {
        let kept = store::clocks(tx, ticket.id).await?;
        let (book, policies) = book::load(tx, actor.organization_id, &kept).await?;
        let mut ledger = ledger::read(&kept)?;
        let priority: Priority = ticket.priority.parse().map_err(Error::internal)?;
        let row = tickets::row(tx, actor.organization_id, ticket.id).await?;
        let conditions = Conditions::of(tx, actor.organization_id, &policies).await?;
        let asked = Asked::new(&conditions, || row.facts(), now);
        let matches = |p: &&PolicyVersion| asked.matches(p.id);
        let current = |track: &Track| {
            let mut all = book.policies.iter();
            let policy = all.find(|p| p.agreement == track.agreement && matches(p));
            book.terms(policy, priority, track.metric, None)
        };
        if ledger.recompute(&book, current, now) {
            planned.push(Planned {
                ticket,
                book: book.clone(),
                kept,
                ledger,
            });
        }
    }
    Ok(planned)
}
