//! What would have been: the tickets of a period under draft policies and
//! calendars. Reads batches by key and changes nothing.
//!
//! Conditions of draft policies are asked of a ticket as it is today; status,
//! priority, answers and mergers are replayed as they happened.

use super::book::{calendar_version, policy_version};
use super::calendars::{ensure, require};
use super::policies::{check_targets, read_condition};
use crate::sla::calculate::build;
use crate::sla::dto::{
    DraftCalendar, DraftPolicy, GroupComparison, OutcomeComparison, OutcomeCounts,
    OutcomeDifference, SimulationInput, SimulationView,
};
use crate::sla::store::{self, AT_ONCE, LifeRow, RecordedRow, TurnRow};
use crate::tickets::dto::{Reference, TicketReference};
use crate::{expressions, tickets};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use steward_db::{Value, time::from_db, time::to_db, values};
use steward_domain::expr::Fields;
use steward_domain::sla::book::{Book, CalendarVersion, PolicyVersion};
use steward_domain::sla::model::{Agreement, Metric};
use steward_domain::sla::simulation::{Counts, Life, Outcome, Turn, outcome, outcome_of, relive};
use steward_domain::tickets::model::Priority;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

const MOST_TICKETS: u32 = 200_000;
const MOST_DIFFERENCES: usize = 100;
const MOST_DRAFTS: usize = 50;

/// The draft: its book, and the conditions of its policies.
struct Draft {
    fields: Fields,
    book: Book,
    /// Per policy version the place of its condition; none matches all.
    places: BTreeMap<Uuid, Option<usize>>,
    conditions: Vec<(String, Vec<Value>)>,
}

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
        let rows = store::lives(&app.db, &filter, &draft.conditions, after).await?;
        let is_last = rows.len() < AT_ONCE;
        after = rows.last().map(|row| (row.created_at, row.id));
        batch(app, &draft, rows, &mut sums, now).await?;
        if is_last || sums.tickets >= MOST_TICKETS {
            break !is_last;
        }
    };
    let names = store::team_names(&app.db, actor).await?;
    Ok(view(sums, is_capped, &names))
}

async fn draft(app: &App, actor: &Actor, input: &SimulationInput, now: Instant) -> Result<Draft> {
    let fields = expressions::known_fields(&app.db, actor.organization_id).await?;
    let mut draft = Draft {
        fields: match input.policies {
            Some(_) => fields,
            None => fields.of_kept(),
        },
        book: Book::default(),
        places: BTreeMap::new(),
        conditions: Vec::new(),
    };
    for row in &store::calendars(&app.db, actor.organization_id).await? {
        draft.book.current.insert(row.calendar_id, row.id);
        draft.book.calendars.insert(row.id, calendar_version(row)?);
    }
    for (at, calendar) in input.calendars.iter().flatten().enumerate() {
        draft.add_calendar(at, calendar)?;
    }
    match &input.policies {
        Some(policies) => {
            for (at, policy) in policies.iter().enumerate() {
                draft.add_policy(app, actor, at, policy, now)?;
            }
        }
        None => {
            let rows = store::policies(&app.db, actor.organization_id).await?;
            for row in rows.iter().filter(|row| row.is_active) {
                let condition = row.condition.as_ref();
                let place = draft.condition(app, actor, "policies", condition, now)?;
                draft.places.insert(row.id, place);
                draft.book.policies.push(policy_version(row)?);
            }
        }
    }
    Ok(draft)
}

impl Draft {
    fn add_calendar(&mut self, at: usize, draft: &DraftCalendar) -> Result<()> {
        if at >= MOST_DRAFTS {
            let message = format!("name at most {MOST_DRAFTS} calendars");
            return Err(Error::field("calendars", "too_many", message));
        }
        let hours = &draft.hours;
        let calendar = build(&hours.time_zone, &hours.weekly, &hours.holidays);
        let calendar = calendar.map_err(|mistake| {
            let place = format!("calendars.{at}.hours.{}", mistake.place);
            Error::field(place, "invalid", mistake.problem)
        })?;
        let id = clock::new_id();
        self.book.current.insert(draft.id, id);
        let calendar_id = draft.id;
        let version = CalendarVersion {
            id,
            calendar_id,
            calendar,
        };
        self.book.calendars.insert(id, version);
        Ok(())
    }

    fn add_policy(
        &mut self,
        app: &App,
        actor: &Actor,
        at: usize,
        draft: &DraftPolicy,
        now: Instant,
    ) -> Result<()> {
        if at >= MOST_DRAFTS {
            let message = format!("name at most {MOST_DRAFTS} policies");
            return Err(Error::field("policies", "too_many", message));
        }
        let field = format!("policies.{at}");
        check_targets(&format!("{field}."), draft.targets)?;
        let t = draft.targets;
        let own = [t.critical, t.high, t.medium, t.low].map(|target| target.calendar_id);
        let named = own.into_iter().flatten().chain([draft.calendar_id]);
        for id in named {
            if !self.book.current.contains_key(&id) {
                let message = format!("there is no calendar {id}");
                return Err(Error::field(
                    format!("{field}.calendar_id"),
                    "unknown_value",
                    message,
                ));
            }
        }
        let condition = draft.condition.as_ref();
        let place = self.condition(app, actor, &format!("{field}.condition"), condition, now)?;
        let id = clock::new_id();
        self.places.insert(id, place);
        self.book.policies.push(PolicyVersion {
            id,
            policy_id: id,
            agreement: Agreement::Sla,
            calendar_id: draft.calendar_id,
            targets: draft.targets.into(),
            escalation: Default::default(),
        });
        Ok(())
    }

    fn condition(
        &mut self,
        app: &App,
        actor: &Actor,
        field: &str,
        condition: Option<&serde_json::Value>,
        now: Instant,
    ) -> Result<Option<usize>> {
        let Some(form) = condition.filter(|form| !form.is_null()) else {
            return Ok(None);
        };
        let condition = read_condition(&self.fields, field, form)?;
        self.conditions
            .push(expressions::clause(app, actor, &condition, now));
        Ok(Some(self.conditions.len().saturating_sub(1)))
    }

    fn matches(&self, policy: &PolicyVersion, row: &LifeRow) -> bool {
        match self.places.get(&policy.id) {
            Some(Some(place)) => row.matches.as_bytes().get(*place) == Some(&b'1'),
            Some(None) => true,
            None => false,
        }
    }
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
