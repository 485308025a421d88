//! Every statement of reports.

use crate::tickets::{SLA_RESOLUTION, SLA_RESPONSE};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use steward_db::{Executor, Filter, FromQueryResult, values};
use steward_domain::reports::model::{GroupBy, Report};
use steward_kernel::{Actor, Result};
use uuid::Uuid;

/// Tickets read at once.
pub(super) const BATCH: usize = 5000;

/// A ticket as reports read it.
#[derive(Debug, FromQueryResult)]
pub(super) struct SubjectRow {
    pub(super) id: Uuid,
    pub(super) group_word: Option<String>,
    pub(super) group_id: Option<Uuid>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) first_response_at: Option<DateTime<Utc>>,
    pub(super) resolved_at: Option<DateTime<Utc>>,
    pub(super) closed_at: Option<DateTime<Utc>>,
    pub(super) status: String,
    pub(super) reopened_count: i32,
    pub(super) reassignment_count: i32,
    pub(super) escalation_level: i32,
    pub(super) outcome: Option<String>,
}

/// The instant by which a report walks through its tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Walk {
    Creation,
    Response,
    Resolution,
}

impl Walk {
    const fn column(self) -> &'static str {
        match self {
            Self::Creation => "t.created_at",
            Self::Response => "t.first_response_at",
            Self::Resolution => "t.resolved_at",
        }
    }

    /// Where the walk stands after this row.
    pub(super) fn place(self, row: &SubjectRow) -> Option<(DateTime<Utc>, Uuid)> {
        let at = match self {
            Self::Creation => Some(row.created_at),
            Self::Response => row.first_response_at,
            Self::Resolution => row.resolved_at,
        };
        at.map(|at| (at, row.id))
    }
}

/// The next tickets under a filter over `tickets t`.
pub(super) async fn subjects<E: Executor>(
    db: &E,
    filter: &Filter,
    (report, by): (Report, GroupBy),
    walk: Walk,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<SubjectRow>> {
    let column = walk.column();
    let mut filter = filter.clone();
    if let Some((at, id)) = after {
        filter.and(&format!("({column}, t.id) > (?, ?)"), values![at, id]);
    }
    let (word, id) = match by {
        GroupBy::Priority => ("t.priority", "CAST(NULL AS uuid)"),
        GroupBy::Category => ("t.category", "CAST(NULL AS uuid)"),
        GroupBy::Kind => ("t.kind", "CAST(NULL AS uuid)"),
        GroupBy::Source => ("t.source", "CAST(NULL AS uuid)"),
        GroupBy::Team => ("CAST(NULL AS text)", "t.team_id"),
        GroupBy::Assignee => ("CAST(NULL AS text)", "t.assignee_id"),
    };
    let outcome = match report {
        Report::SlaResponse => SLA_RESPONSE,
        Report::SlaResolution => SLA_RESOLUTION,
        _ => "CAST(NULL AS text)",
    };
    let sql = format!(
        "SELECT t.id, {outcome} AS outcome, {word} AS group_word, {id} AS group_id, t.created_at, t.first_response_at, t.resolved_at,
           t.closed_at, t.status, t.reopened_count, t.reassignment_count, t.escalation_level
         FROM tickets t WHERE {} ORDER BY {column}, t.id LIMIT {BATCH}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

#[derive(Debug, FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

/// Names of teams or people of the organization.
pub(super) async fn names<E: Executor>(
    db: &E,
    actor: &Actor,
    by: GroupBy,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, String>> {
    let (table, name) = match by {
        GroupBy::Team => ("teams", "name"),
        GroupBy::Assignee => ("users", "first_name || ' ' || last_name"),
        GroupBy::Priority | GroupBy::Category | GroupBy::Kind | GroupBy::Source => {
            return Ok(BTreeMap::new());
        }
    };
    let mut filter = Filter::default();
    filter.and("organization_id = ?", values![actor.organization_id.0]);
    filter.and_in("id", ids.iter().copied());
    let sql = format!(
        "SELECT id, {name} AS name FROM {table} WHERE {}",
        filter.sql()
    );
    let rows: Vec<Named> = db.all(&sql, filter.values()).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.name.trim().to_owned()))
        .collect())
}

#[derive(Debug, FromQueryResult)]
struct Zone {
    time_zone: String,
}

/// The organization's time zone.
pub(super) async fn time_zone<E: Executor>(db: &E, actor: &Actor) -> Result<String> {
    let sql = "SELECT time_zone FROM organizations WHERE id = $1";
    let row: Option<Zone> = db.optional(sql, values![actor.organization_id.0]).await?;
    Ok(row.map_or_else(|| "UTC".to_owned(), |row| row.time_zone))
}
