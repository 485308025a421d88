//! What would have been: the tickets of a period under draft policies and
//! calendars. Reads batches by key and changes nothing.
//!
//! Conditions of draft policies are asked of a ticket as it is today; status,
//! priority, answers and mergers are replayed as they happened.

use super::calendars::{ensure, require};
use super::draft::{Draft, draft};
use crate::sla::dto::{
    GroupComparison, OutcomeComparison, OutcomeCounts, OutcomeDifference, SimulationInput,
    SimulationView,
};
use crate::sla::store::{self, AT_ONCE, LifeRow, RecordedRow, TurnRow};
use crate::tickets;
use crate::tickets::dto::{Reference, TicketReference};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use steward_db::{time::from_db, time::to_db, values};
use steward_domain::sla::model::Metric;
use steward_domain::sla::simulation::{Counts, Life, Outcome, Turn, outcome, outcome_of, relive};
use steward_domain::tickets::model::Priority;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

const MOST_DIFFERENCES: usize = 100;

#[derive(Default, Clone, Copy)]
struct Pair {
    before: Counts,
    after: Counts,
}

/// Response and resolution.
type Both<T> = [T; 2];
const METRICS: Both<Metric> = [Metric::Response, Metric::Resolution];

/// A ticket with its response and its resolution, before and after.
type Difference = (LifeRow, Both<Option<Outcome>>, Both<Option<Outcome>>);

#[derive(Default)]
struct Sums {
    tickets: u32,
    all: Both<Pair>,
    priorities: BTreeMap<String, Both<Pair>>,
    teams: BTreeMap<Option<Uuid>, Both<Pair>>,
    different: u32,
    differences: Vec<Difference>,
}

/// Compares what was with what would have been.
pub(in crate::sla) async fn simulate(
    app: &App,
    actor: &Actor,
    input: SimulationInput,
    now: Instant,
) -> Result<SimulationView> {
    require(actor, "sla:manage")?;
    if input.from >= input.to {
        return Err(Error::field(
            "to",
            "out_of_range",
            "the period ends before it begins",
        ));
    }
    ensure(app, actor.organization_id).await?;
    let draft = draft(app, actor, &input, now).await?;
    let mut filter = tickets::service::visible_tickets(actor);
    filter.and("t.created_at >= ?", values![to_db(input.from)]);
    filter.and("t.created_at < ?", values![to_db(input.to)]);
    let mut sums = Sums::default();
    let mut after = None;
    let is_capped = loop {
        let mut rows = store::lives(&app.db, &filter, &draft.conditions, after).await?;
        let is_last = rows.len() < AT_ONCE;
        after = rows.last().map(|row| (row.created_at, row.id));
        draft.settle(app, actor, &mut rows).await?;
        batch(app, &draft, rows, &mut sums, now).await?;
        if is_last || sums.tickets >= draft.most_tickets() {
            break !is_last;
        }
    };
    let names = store::team_names(&app.db, actor).await?;
    Ok(view(sums, is_capped, &names))
}

async fn batch(
    app: &App,
    draft: &Draft,
    rows: Vec<LifeRow>,
    sums: &mut Sums,
    now: Instant,
) -> Result<()> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut turns = store::turns(&app.db, &ids).await?;
    let mut recorded: BTreeMap<Uuid, Vec<RecordedRow>> = BTreeMap::new();
    for row in store::recorded(&app.db, &ids).await? {
        recorded.entry(row.ticket_id).or_default().push(row);
    }
    for row in rows {
        let turns = turns.remove(&row.id).unwrap_or_default();
        let before = before(recorded.get(&row.id).map_or(&[], Vec::as_slice), now)?;
        let life = life(&row, &turns)?;
        let ledger = relive(&life, &draft.book, &|policy| draft.matches(policy, &row));
        let after = METRICS.map(|metric| outcome_of(&ledger, metric, now));
        sums.add(row, before, after);
    }
    Ok(())
}

/// What the clocks came to, as it was recorded.
fn before(rows: &[RecordedRow], now: Instant) -> Result<Both<Option<Outcome>>> {
    let mut found = [None, None];
    for (metric, found) in METRICS.iter().zip(&mut found) {
        if let Some(row) = rows.iter().find(|row| row.metric == metric.as_str()) {
            let mode = row.mode.parse().map_err(Error::internal)?;
            let (due, breached) = (row.due_at.map(from_db), row.breached_at.map(from_db));
            *found = outcome(mode, due, breached, now);
        }
    }
    Ok(found)
}

fn life(row: &LifeRow, changes: &[TurnRow]) -> Result<Life> {
    let word = |text: &str| text.to_owned();
    let first = |field: &str, today: &str| {
        let change = changes.iter().find(|change| change.field == field);
        change
            .and_then(|c| c.old_value.clone().or_else(|| c.new_value.clone()))
            .unwrap_or_else(|| word(today))
    };
    // Nothing happens to a ticket before it is reported.
    let at = |at: DateTime<Utc>| from_db(at.max(row.created_at));
    let mut turns = Vec::with_capacity(changes.len() + 1);
    for change in changes {
        let turn = match (change.field.as_str(), change.new_value.as_deref()) {
            ("status", Some(word)) => Turn::Status(word.parse().map_err(Error::internal)?),
            ("priority", Some(word)) => Turn::Priority(word.parse().map_err(Error::internal)?),
            ("merged_into", new) => Turn::Merged(new.is_some()),
            _ => continue,
        };
        turns.push((at(change.at), turn));
    }
    turns.extend(
        row.first_response_at
            .map(|answered| (at(answered), Turn::Answered)),
    );
    turns.sort_by_key(|(at, _)| *at);
    Ok(Life {
        created_at: from_db(row.created_at),
        status: first("status", &row.status)
            .parse()
            .map_err(Error::internal)?,
        priority: first("priority", &row.priority)
            .parse()
            .map_err(Error::internal)?,
        turns,
    })
}

impl Sums {
    fn add(&mut self, row: LifeRow, before: Both<Option<Outcome>>, after: Both<Option<Outcome>>) {
        self.tickets = self.tickets.saturating_add(1);
        let of_priority = self.priorities.entry(row.priority.clone()).or_default();
        let of_team = self.teams.entry(row.team_id).or_default();
        for pairs in [&mut self.all, of_priority, of_team] {
            for ((pair, before), after) in pairs.iter_mut().zip(before).zip(after) {
                pair.before.add(before);
                pair.after.add(after);
            }
        }
        if before != after {
            self.different = self.different.saturating_add(1);
            if self.differences.len() < MOST_DIFFERENCES {
                self.differences.push((row, before, after));
            }
        }
    }
}

fn view(mut sums: Sums, is_capped: bool, names: &BTreeMap<Uuid, String>) -> SimulationView {
    let [response, resolution] = sums.all.map(comparison);
    let by_priority = Priority::ALL.iter().filter_map(|priority| {
        let word = priority.as_str().to_owned();
        let pairs = sums.priorities.remove(&word)?;
        Some(group(Some(word.clone()), Some(word), pairs))
    });
    let by_priority = by_priority.collect();
    let by_team = sums.teams.into_iter().map(|(id, pairs)| {
        let label = id.and_then(|id| names.get(&id).cloned());
        group(id.map(|id| id.to_string()), label, pairs)
    });
    let by_team = by_team.collect();
    let differences = sums.differences.into_iter();
    SimulationView {
        tickets: sums.tickets,
        is_capped,
        response,
        resolution,
        by_priority,
        by_team,
        different: sums.different,
        differences: differences
            .map(|(row, before, after)| difference(row, before, after, names))
            .collect(),
    }
}

fn group(key: Option<String>, label: Option<String>, pairs: Both<Pair>) -> GroupComparison {
    let [response, resolution] = pairs.map(comparison);
    GroupComparison {
        key,
        label,
        response,
        resolution,
    }
}

fn comparison(pair: Pair) -> OutcomeComparison {
    OutcomeComparison {
        before: counts(pair.before),
        after: counts(pair.after),
    }
}

fn counts(counts: Counts) -> OutcomeCounts {
    OutcomeCounts {
        met: counts.met,
        breached: counts.breached,
        open: counts.open,
        compliance: counts.compliance(),
    }
}

fn difference(
    row: LifeRow,
    before: Both<Option<Outcome>>,
    after: Both<Option<Outcome>>,
    names: &BTreeMap<Uuid, String>,
) -> OutcomeDifference {
    let word = |outcome: Option<Outcome>| outcome.map(|o| o.as_str().to_owned());
    let [response_before, resolution_before] = before.map(word);
    let [response_after, resolution_after] = after.map(word);
    let team = row
        .team_id
        .and_then(|id| Some((id, names.get(&id)?.clone())));
    OutcomeDifference {
        ticket: TicketReference {
            id: row.id,
            number: row.number,
            title: row.title,
        },
        priority: row.priority,
        team: team.map(|(id, name)| Reference { id, name }),
        response_before,
        response_after,
        resolution_before,
        resolution_after,
    }
}
