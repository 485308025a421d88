//! From lines to rows: the ticket as of its latest line, and what the timeline
//! tells of each.

use super::batch::{Known, Numbered, id, latest, milestones, state};
use super::names::Names;
use crate::imports::store::{self, LineRow, NewLine, TicketRow, TicketState};
use crate::tickets::imported::{self, Counted, ImportedTicket, Milestones, Origin, Told};
use std::collections::HashMap;
use steward_db::{Tx, time::from_db, time::to_db};
use steward_domain::imports::history::{self, Change, EXTERNAL_REFERENCE, Progress, Snapshot};
use steward_domain::imports::model::ImportedLine;
use steward_domain::tickets::model::Kind;
use steward_domain::tickets::model::Status;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// Rows of a batch, to be written together.
#[derive(Default)]
pub(super) struct Written {
    pub(super) new: Vec<(ImportedTicket, Origin)>,
    pub(super) new_states: Vec<TicketState>,
    /// What they were counted by, and what they are now.
    pub(super) updated: Vec<(Counted, ImportedTicket)>,
    pub(super) refilled: Vec<(Uuid, Milestones)>,
    /// Number and state of known tickets.
    pub(super) states: Vec<(String, TicketState)>,
    pub(super) lines: Vec<NewLine>,
    pub(super) told: Vec<Told>,
}

impl Written {
    fn tell(&mut self, ticket: Uuid, line: &LineRow, changes: Vec<Change>) {
        self.told.extend(changes.into_iter().map(|change| Told {
            id: id(),
            ticket_id: ticket,
            line_id: line.id,
            actor_id: line.actor_id,
            at: line.at,
            field: change.field,
            old: change.old,
            new: change.new,
        }));
    }

    fn line(&mut self, names: &Names, ticket: Uuid, line: &ImportedLine) -> LineRow {
        let row = LineRow {
            id: id(),
            at: to_db(line.at),
            revision: line.revision,
            actor_id: line.actor.as_ref().and_then(|p| names.person(p)),
        };
        self.lines.push(NewLine {
            ticket_id: ticket,
            fingerprint: line.fingerprint,
            row: row.clone(),
        });
        row
    }

    /// Goes on from `progress` with later lines.
    fn pass(&mut self, names: &Names, ticket: Uuid, progress: &mut Progress, lines: &[Numbered]) {
        for (_, line) in lines {
            let row = self.line(names, ticket, line);
            let changes = progress.pass(line.into(), line.at, line.revision);
            self.tell(ticket, &row, changes);
            progress.outcome = line.outcome.clone();
        }
    }
}

/// A ticket that was not there.
pub(super) fn begin(names: &Names, origin: Origin, fresh: &[Numbered], written: &mut Written) {
    let (Some((_, first)), Some((_, last))) = (fresh.first(), fresh.last()) else {
        return;
    };
    let ticket = id();
    written.told.push(Told {
        id: id(),
        ticket_id: ticket,
        line_id: ticket,
        actor_id: first.opened_by.as_ref().and_then(|p| names.person(p)),
        at: to_db(first.created_at),
        field: EXTERNAL_REFERENCE.to_owned(),
        old: None,
        new: Some(origin.reference.clone()),
    });
    let mut progress = Progress::default();
    written.pass(names, ticket, &mut progress, fresh);
    let row = row(names, ticket, last, &progress, first.created_at);
    let reached = state(ticket, &progress, last.order());
    written.new.push((row, origin));
    written.new_states.push(reached);
}

/// More lines of a ticket of an earlier batch or run.
pub(super) async fn go_on(
    tx: &Tx,
    names: &Names,
    known: Known,
    fresh: Vec<Numbered>,
    written: &mut Written,
) -> Result<()> {
    let is_late = |line: &ImportedLine| line.order() < latest(&known.row);
    if fresh.first().is_some_and(|(_, line)| is_late(line)) {
        return tell_anew(tx, names, known, fresh, written).await;
    }
    let Known {
        row: there,
        mut progress,
    } = known;
    let Some((_, last)) = fresh.last() else {
        return Ok(());
    };
    let ticket = there.ticket_id;
    written.pass(names, ticket, &mut progress, &fresh);
    let row = row(names, ticket, last, &progress, from_db(there.created_at));
    let reached = state(ticket, &progress, last.order());
    written.updated.push((counted(&there), row));
    written.states.push((there.number, reached));
    Ok(())
}

/// What a ticket counts by until it is updated.
fn counted(row: &TicketRow) -> Counted {
    Counted {
        kind: Kind::Incident.as_str().to_owned(),
        status: row.status.clone(),
        priority: row.priority.clone(),
        assignee_id: row.assignee_id,
        team_id: row.team_id,
    }
}

/// A line among all of a ticket's: stored already or new.
struct Entry {
    order: (Instant, i64),
    row: LineRow,
    snapshot: Snapshot,
    fresh: Option<ImportedLine>,
}

/// Lines came that belong before some that are there: the history is told
/// anew from all of them.
async fn tell_anew(
    tx: &Tx,
    names: &Names,
    known: Known,
    fresh: Vec<Numbered>,
    written: &mut Written,
) -> Result<()> {
    let Known {
        row: there,
        progress: before,
    } = known;
    let ticket = there.ticket_id;
    let lines = store::lines(tx, ticket).await?;
    let mut changes: HashMap<Uuid, Vec<Change>> = HashMap::new();
    for item in imported::told(tx, ticket).await? {
        changes
            .entry(item.import_line_id)
            .or_default()
            .push(Change {
                field: item.field,
                old: item.old_value,
                new: item.new_value,
            });
    }
    let told: Vec<Vec<Change>> = lines
        .iter()
        .map(|line| changes.remove(&line.id).unwrap_or_default())
        .collect();
    let snapshots = history::unfold(before.snapshot.unwrap_or_default(), &told);
    let mut entries: Vec<Entry> = lines
        .into_iter()
        .zip(snapshots)
        .map(|(row, snapshot)| Entry {
            order: (from_db(row.at), row.revision.unwrap_or(0)),
            row,
            snapshot,
            fresh: None,
        })
        .collect();
    for (_, line) in fresh {
        entries.push(Entry {
            order: line.order(),
            row: written.line(names, ticket, &line),
            snapshot: Snapshot::from(&line),
            fresh: Some(line),
        });
    }
    entries.sort_by_key(|entry| entry.order);

    imported::delete_told(tx, ticket).await?;
    let mut progress = Progress {
        outcome: before.outcome,
        ..Progress::default()
    };
    let mut last = None;
    for entry in entries {
        let (at, _) = entry.order;
        let changes = progress.pass(entry.snapshot, at, entry.row.revision);
        written.tell(ticket, &entry.row, changes);
        last = Some((entry.order, entry.fresh));
    }
    let Some((order, newest)) = last else {
        return Ok(());
    };
    let created_at = from_db(there.created_at);
    match newest {
        Some(line) => {
            progress.outcome = line.outcome.clone();
            let row = row(names, ticket, &line, &progress, created_at);
            written.updated.push((counted(&there), row));
        }
        None => {
            let instants = milestones(&progress, created_at, order.0);
            written.refilled.push((ticket, instants));
        }
    }
    let reached = state(ticket, &progress, order);
    written.states.push((there.number, reached));
    Ok(())
}

/// The ticket's row as of its latest line.
fn row(
    names: &Names,
    ticket: Uuid,
    line: &ImportedLine,
    progress: &Progress,
    created_at: Instant,
) -> ImportedTicket {
    let is_over = matches!(line.status, Status::Resolved | Status::Closed);
    let outcome = Some(&line.outcome).filter(|_| is_over);
    ImportedTicket {
        id: ticket,
        title: line.title.clone(),
        description: line.description(),
        status: line.status.as_str(),
        priority: line.priority.as_str(),
        impact: line.impact.as_str(),
        urgency: line.urgency.as_str(),
        requester_id: names.person(&line.requester).unwrap_or_default(),
        assignee_id: line.assignee.as_ref().and_then(|p| names.person(p)),
        team_id: line.team.as_deref().and_then(|t| names.team(t)),
        category: line.category.clone(),
        subcategory: line.subcategory.clone(),
        source: line.source.as_str(),
        hold_reason: line.hold_reason.clone(),
        resolution_code: outcome.and_then(|o| o.resolution_code.clone()),
        resolution_note: outcome.and_then(|o| o.resolution_note.clone()),
        reassignment_count: line.reassignment_count,
        reopened_count: line.reopened_count,
        milestones: milestones(progress, created_at, line.at),
        created_at: to_db(created_at),
        updated_at: to_db(line.at),
    }
}
