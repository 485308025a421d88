//! What the simulation reads: tickets of a period with what happened to them.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use steward_db::{Executor, Filter, FromQueryResult, Value, bulk, values};
use steward_kernel::{Actor, Result};
use uuid::Uuid;

/// Tickets read at once.
pub(in crate::sla) const AT_ONCE: usize = 2000;

/// A ticket as the simulation reads it.
#[derive(Debug, FromQueryResult)]
pub(in crate::sla) struct LifeRow {
    pub(in crate::sla) id: Uuid,
    pub(in crate::sla) number: String,
    pub(in crate::sla) title: String,
    pub(in crate::sla) status: String,
    pub(in crate::sla) priority: String,
    pub(in crate::sla) team_id: Option<Uuid>,
    pub(in crate::sla) created_at: DateTime<Utc>,
    pub(in crate::sla) first_response_at: Option<DateTime<Utc>>,
    /// `1` or `0` for each condition.
    pub(in crate::sla) matches: String,
}

impl LifeRow {
    /// Whether the condition of a place is true of it.
    pub(in crate::sla) fn is_matched(&self, place: usize) -> bool {
        self.matches.as_bytes().get(place) == Some(&b'1')
    }

    /// Takes conditions back that are not.
    pub(in crate::sla) fn unmatch(&mut self, places: &[usize]) {
        let marks = self.matches.chars().enumerate();
        let mark = |(place, mark)| if places.contains(&place) { '0' } else { mark };
        self.matches = marks.map(mark).collect();
    }
}

/// The next tickets under a filter over `tickets t`, oldest first, each with
/// which of the conditions (clauses for a filter) are true of it.
pub(in crate::sla) async fn lives<E: Executor>(
    db: &E,
    filter: &Filter,
    conditions: &[(String, Vec<Value>)],
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<LifeRow>> {
    let mut filter = filter.clone();
    if let Some((at, id)) = after {
        filter.and("(t.created_at, t.id) > (?, ?)", values![at, id]);
    }
    let mut values = filter.values();
    let mut matches = String::from("''");
    for (clause, more) in conditions {
        let clause = numbered(clause, values.len());
        matches.push_str(&format!(" || CASE WHEN {clause} THEN '1' ELSE '0' END"));
        values.extend(more.iter().cloned());
    }
    let sql = format!(
        "SELECT t.id, t.number, t.title, t.status, t.priority, t.team_id, t.created_at, t.first_response_at,
           {matches} AS matches
         FROM tickets t WHERE {} ORDER BY t.created_at, t.id LIMIT {AT_ONCE}",
        filter.sql()
    );
    db.all(&sql, values).await
}

/// A clause whose `?` follow after so many parameters.
fn numbered(clause: &str, mut number: usize) -> String {
    let mut text = String::with_capacity(clause.len() + 16);
    for c in clause.chars() {
        if c == '?' {
            number += 1;
            text.push_str(&format!("${number}"));
        } else {
            text.push(c);
        }
    }
    text
}

/// A change that moves clocks.
#[derive(Debug, FromQueryResult)]
pub(in crate::sla) struct TurnRow {
    pub(in crate::sla) ticket_id: Uuid,
    pub(in crate::sla) at: DateTime<Utc>,
    pub(in crate::sla) field: String,
    pub(in crate::sla) old_value: Option<String>,
    pub(in crate::sla) new_value: Option<String>,
}

/// Changes of tickets by ticket, oldest first.
pub(in crate::sla) async fn turns<E: Executor>(
    db: &E,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<TurnRow>>> {
    let sql =
        "SELECT ticket_id, at, field, old_value, new_value FROM activities WHERE ticket_id IN {in}
        AND field IN ('status', 'priority', 'merged_into') ORDER BY ticket_id, at, id";
    let ids = ids.iter().map(|id| (*id).into()).collect();
    let rows: Vec<TurnRow> = bulk::select_in(db, sql, values![], ids).await?;
    let mut by_ticket: BTreeMap<Uuid, Vec<TurnRow>> = BTreeMap::new();
    for row in rows {
        by_ticket.entry(row.ticket_id).or_default().push(row);
    }
    Ok(by_ticket)
}

/// A clock as it was recorded.
#[derive(Debug, FromQueryResult)]
pub(in crate::sla) struct RecordedRow {
    pub(in crate::sla) ticket_id: Uuid,
    pub(in crate::sla) metric: String,
    pub(in crate::sla) mode: String,
    pub(in crate::sla) due_at: Option<DateTime<Utc>>,
    pub(in crate::sla) breached_at: Option<DateTime<Utc>>,
}

/// Clocks of the agreement with the customer.
pub(in crate::sla) async fn recorded<E: Executor>(
    db: &E,
    ids: &[Uuid],
) -> Result<Vec<RecordedRow>> {
    let sql = "SELECT ticket_id, metric, mode, due_at, breached_at FROM sla_clocks WHERE ticket_id IN {in}
        AND agreement = 'sla' AND metric IN ('response', 'resolution')";
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![], ids).await
}

#[derive(Debug, FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

/// Names of the organization's teams.
pub(in crate::sla) async fn team_names<E: Executor>(
    db: &E,
    actor: &Actor,
) -> Result<BTreeMap<Uuid, String>> {
    let sql = "SELECT id, name FROM teams WHERE organization_id = $1";
    let rows: Vec<Named> = db.all(sql, values![actor.organization_id.0]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
