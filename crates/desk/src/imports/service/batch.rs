//! About 500 lines: sorted out against what is there, then written in one
//! transaction.

use super::telling::{self, Written};
use super::{Run, count};
use crate::imports::store::{self, TicketRow, TicketState};
use crate::sla;
use crate::tickets::imported::{self, Milestones, Origin};
use std::collections::{HashMap, HashSet};
use steward_db::{Executor, Tx, time::from_db, time::to_db};
use steward_domain::imports::history;
use steward_domain::imports::model::ImportedLine;
use steward_domain::tickets::events::TicketEvent;
use steward_domain::tickets::model::{self, Kind};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use steward_platform::{clock, events};
use uuid::Uuid;

/// A line with its number in the file.
pub(super) type Numbered = (u64, ImportedLine);

/// Why lines are refused, with their numbers.
pub(super) type Refused = Vec<(u64, String)>;

/// Lines as they were read.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) lines: Vec<Numbered>,
    pub(super) refused: Refused,
}

impl Batch {
    pub(super) fn size(&self) -> usize {
        self.lines.len() + self.refused.len()
    }
}

/// A ticket of an earlier batch or run.
pub(super) struct Known {
    pub(super) row: TicketRow,
    pub(super) progress: history::Progress,
}

/// The new lines of one ticket, oldest first.
pub(super) struct Group {
    pub(super) external_id: String,
    pub(super) known: Option<Known>,
    pub(super) fresh: Vec<Numbered>,
}

/// A batch sorted by tickets.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) groups: Vec<Group>,
    pub(super) skipped: u64,
    pub(super) refused: Refused,
}

impl Run<'_> {
    /// Groups lines by ticket, in the order of the file, without those that are
    /// there already.
    pub(super) async fn sort_out<E: Executor>(
        &self,
        db: &E,
        lines: Vec<Numbered>,
        known: Vec<TicketRow>,
    ) -> Result<Sorted> {
        let ids: Vec<Uuid> = known.iter().map(|row| row.ticket_id).collect();
        let there = store::fingerprints(db, &ids).await?;
        let mut there: HashSet<Uuid> = there.into_iter().map(|(_, print)| print).collect();
        let mut known: HashMap<String, TicketRow> = known
            .into_iter()
            .map(|row| (row.external_id.clone(), row))
            .collect();
        let mut sorted = Sorted::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (number, line) in lines {
            let is_seen = self.dry.as_ref().is_some_and(|d| d.has_line(&line));
            if is_seen || !there.insert(line.fingerprint) {
                sorted.skipped += 1;
                continue;
            }
            let next = sorted.groups.len();
            let place = *places.entry(line.external_id.clone()).or_insert(next);
            if place == next {
                sorted.groups.push(Group {
                    known: known.remove(&line.external_id).map(load).transpose()?,
                    external_id: line.external_id.clone(),
                    fresh: Vec::new(),
                });
            }
            if let Some(group) = sorted.groups.get_mut(place) {
                group.fresh.push((number, line));
            }
        }
        self.refuse_worked_on(db, &mut sorted).await?;
        for group in &mut sorted.groups {
            group.fresh.sort_by_key(|(_, line)| line.order());
        }
        Ok(sorted)
    }

    /// What somebody changed in Steward is not changed by a log.
    async fn refuse_worked_on<E: Executor>(&self, db: &E, sorted: &mut Sorted) -> Result<()> {
        let known = sorted.groups.iter().filter_map(|g| g.known.as_ref());
        let ids: Vec<Uuid> = known.map(|k| k.row.ticket_id).collect();
        let worked_on: HashSet<Uuid> = imported::worked_on(db, &ids).await?.into_iter().collect();
        if worked_on.is_empty() {
            return Ok(());
        }
        let is_worked_on = |g: &mut Group| {
            let known = g.known.as_ref();
            known.is_some_and(|k| worked_on.contains(&k.row.ticket_id))
        };
        for group in sorted.groups.extract_if(.., is_worked_on) {
            let number = group.known.map(|k| k.row.number).unwrap_or_default();
            let reason =
                format!("{number} was changed in Steward; its log is not followed any more");
            let lines = group.fresh.iter().map(|(line, _)| (*line, reason.clone()));
            sorted.refused.extend(lines);
        }
        Ok(())
    }

    /// The tickets of these lines that are there.
    pub(super) async fn known<E: Executor>(
        &self,
        db: &E,
        lines: &[Numbered],
    ) -> Result<Vec<TicketRow>> {
        let Some(organization) = self.organization else {
            return Ok(Vec::new());
        };
        let ids: HashSet<&str> = lines.iter().map(|(_, l)| l.external_id.as_str()).collect();
        let ids: Vec<&str> = ids.into_iter().collect();
        store::tickets(db, organization, &self.system, &ids).await
    }

    /// Writes lines in one transaction.
    pub(super) async fn write(&mut self, lines: Vec<Numbered>) -> Result<Refused> {
        let organization = self
            .organization
            .ok_or_else(|| Error::internal("an import without an organization"))?;
        let tx = self.app.db.write("imports.batch").await?;
        let mut known = self.known(&tx, &lines).await?;
        if !known.is_empty() {
            let ids: Vec<Uuid> = known.iter().map(|row| row.ticket_id).collect();
            imported::lock(&tx, &ids).await?;
            // Read again behind the lock: another writer may have been faster.
            known = self.known(&tx, &lines).await?;
        }
        let sorted = self.sort_out(&tx, lines, known).await?;
        let fresh = sorted.groups.iter().flat_map(|g| &g.fresh);
        let made = self
            .names
            .resolve(
                &tx,
                organization,
                &self.system,
                fresh.map(|(_, l)| l),
                self.now,
            )
            .await?;
        let mut written = Written::default();
        let new = sorted.groups.iter().filter(|g| g.known.is_none()).count();
        let mut number = first_number(&tx, organization, new).await?;
        let summary = &mut self.summary;
        for group in sorted.groups {
            summary.lines_imported += count(group.fresh.len());
            match group.known {
                Some(known) => {
                    let row = &known.row;
                    let is_counted =
                        row.created_by_run == self.id || row.updated_by_run == Some(self.id);
                    summary.tickets_updated += u64::from(!is_counted);
                    telling::go_on(&tx, &self.names, known, group.fresh, &mut written).await?;
                }
                None => {
                    summary.tickets_created += 1;
                    let origin = Origin {
                        number: model::format_number(Kind::Incident, number),
                        source: self.system.clone(),
                        reference: group.external_id,
                    };
                    number = number.saturating_add(1);
                    telling::begin(&self.names, origin, &group.fresh, &mut written);
                }
            }
        }
        self.save(&tx, organization, written).await?;
        tx.commit().await?;
        let summary = &mut self.summary;
        summary.lines_skipped += sorted.skipped;
        summary.people_created += made.people;
        summary.teams_created += made.teams;
        summary.categories_created += made.categories;
        Ok(sorted.refused)
    }

    async fn save(&self, tx: &Tx, organization: OrganizationId, written: Written) -> Result<()> {
        let mut announced = Vec::new();
        let mut records = Vec::new();
        let mut touched: Vec<Uuid> = written.new.iter().map(|(ticket, _)| ticket.id).collect();
        touched.extend(written.updated.iter().map(|(_, ticket)| ticket.id));
        touched.extend(written.refilled.iter().map(|(id, _)| *id));
        for (ticket, origin) in &written.new {
            records.push((origin.reference.clone(), ticket.id));
            let event = TicketEvent::Imported {
                ticket_id: ticket.id.into(),
                number: origin.number.clone(),
                external_source: origin.source.clone(),
                external_reference: origin.reference.clone(),
            };
            announced.push((ticket.id, event));
        }
        imported::insert_tickets(tx, organization, written.new).await?;
        store::insert_records(tx, organization, &self.system, store::TICKET, records).await?;
        store::insert_tickets(tx, organization, self.id, written.new_states).await?;
        for (was, ticket) in written.updated {
            imported::update_ticket(tx, organization, was, ticket).await?;
        }
        for (id, milestones) in written.refilled {
            imported::update_milestones(tx, id, milestones).await?;
        }
        for (number, state) in written.states {
            let event = TicketEvent::ImportContinued {
                ticket_id: state.ticket_id.into(),
                number,
            };
            announced.push((state.ticket_id, event));
            store::update_ticket(tx, self.id, state).await?;
        }
        store::insert_lines(tx, organization, written.lines).await?;
        imported::insert_told(tx, organization, written.told).await?;
        touched.sort_unstable();
        touched.dedup();
        sla::brought_in(tx, organization, &touched, self.now).await?;
        events::publish_many(tx, &self.app.jobs, organization, &announced, self.now).await
    }
}

/// The first of `n` numbers taken together.
async fn first_number(tx: &Tx, organization: OrganizationId, n: usize) -> Result<i64> {
    if n == 0 {
        return Ok(0);
    }
    let n = i64::try_from(n).map_err(Error::internal)?;
    let kind = Kind::Incident.as_str();
    let last = imported::take_numbers(tx, organization, kind, n).await?;
    Ok(last.saturating_sub(n).saturating_add(1))
}

fn load(row: TicketRow) -> Result<Known> {
    let progress = serde_json::from_value(row.progress.clone()).map_err(Error::internal)?;
    Ok(Known { row, progress })
}

/// What an import keeps of a ticket.
pub(super) fn state(
    ticket_id: Uuid,
    progress: &history::Progress,
    latest: (Instant, i64),
) -> TicketState {
    TicketState {
        ticket_id,
        progress: serde_json::to_value(progress).unwrap_or_default(),
        latest_at: to_db(latest.0),
        latest_revision: latest.1,
    }
}

/// Where the latest line of a known ticket stands.
pub(super) fn latest(row: &TicketRow) -> (Instant, i64) {
    (from_db(row.latest_at), row.latest_revision)
}

/// Instants for the ticket's row.
pub(super) fn milestones(
    progress: &history::Progress,
    created_at: Instant,
    latest: Instant,
) -> Milestones {
    Milestones {
        first_response_at: progress.first_response_at(created_at).map(to_db),
        resolved_at: progress.resolved_at(latest).map(to_db),
        closed_at: progress.closed_at(latest).map(to_db),
    }
}

/// An id that sorts after those drawn before.
pub(super) fn id() -> Uuid {
    clock::new_id()
}
