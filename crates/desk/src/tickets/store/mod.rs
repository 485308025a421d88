//! Every statement of tickets: here the row, the predicate and the lists.

mod condition;
#[cfg(test)]
mod condition_tests;
mod counts;
mod custom;
mod groups;
mod hooks;
pub(crate) mod imported;
mod list;
mod order;
mod people;
mod relations;
mod search;
#[cfg(test)]
mod tests;
mod timeline;
mod undo;
mod write;

pub use condition::condition;
pub(crate) use condition::{SLA_RESOLUTION, SLA_RESPONSE};
pub(in crate::tickets) use counts::{Wanted, count_move, counted, fold, foldable};
pub(in crate::tickets) use groups::{GroupRow, MOST_GROUPED, MOST_GROUPS, grouped, grouped_counts};
pub(in crate::tickets) use hooks::{insert_note, touch};
pub(in crate::tickets) use list::{
    IS_OPEN, ListRow, WATCHED_BY, bounded_count, numbers, page, rows, tagged,
};
pub(in crate::tickets) use order::{BY_CREATION, Column, Key, Keys, Mark, Order, Place};
pub(in crate::tickets) use people::{people_named, person_name, team_name, team_named};
pub(in crate::tickets) use relations::*;
pub(in crate::tickets) use search::{
    MatchRow, newest, said, search, search_add, search_any, search_filter, search_insert,
    search_rewrite,
};
pub(in crate::tickets) use timeline::{TimelineRow, insert_fold, timeline};
pub(in crate::tickets) use undo::*;
pub(in crate::tickets) use write::{
    Change, NewTicket, insert, insert_activities, insert_comment, names, next_number, save,
};

use chrono::{DateTime, Utc};
use steward_db::{Engine, Executor, Filter, FromQueryResult, Tx, bulk, values};
use steward_domain::visibility::Visibility;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Result};
use uuid::Uuid;

/// A row of `tickets` with the names of its people and team.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub(crate) struct TicketRow {
    pub(crate) id: Uuid,
    pub(crate) organization_id: Uuid,
    pub(crate) kind: String,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(in crate::tickets) description: String,
    pub(crate) status: String,
    pub(crate) priority: String,
    pub(in crate::tickets) priority_reason: Option<String>,
    pub(in crate::tickets) impact: String,
    pub(in crate::tickets) urgency: String,
    pub(crate) requester_id: Uuid,
    pub(in crate::tickets) requester_name: String,
    pub(in crate::tickets) requester_department_id: Option<Uuid>,
    pub(in crate::tickets) requester_site_id: Option<Uuid>,
    pub(in crate::tickets) requester_manager_id: Option<Uuid>,
    pub(in crate::tickets) requested_for_id: Option<Uuid>,
    pub(in crate::tickets) requested_for_name: Option<String>,
    pub(crate) assignee_id: Option<Uuid>,
    pub(in crate::tickets) assignee_name: Option<String>,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) team_name: Option<String>,
    pub(in crate::tickets) category: Option<String>,
    pub(in crate::tickets) subcategory: Option<String>,
    pub(in crate::tickets) tags: serde_json::Value,
    pub(in crate::tickets) custom_fields: serde_json::Value,
    pub(in crate::tickets) source: String,
    pub(crate) hold_reason: Option<String>,
    pub(in crate::tickets) resolution_code: Option<String>,
    pub(in crate::tickets) resolution_note: Option<String>,
    pub(crate) parent_id: Option<Uuid>,
    pub(in crate::tickets) parent_number: Option<String>,
    pub(in crate::tickets) parent_title: Option<String>,
    pub(in crate::tickets) merged_into_id: Option<Uuid>,
    pub(in crate::tickets) merged_into_number: Option<String>,
    pub(in crate::tickets) merged_into_title: Option<String>,
    pub(in crate::tickets) reopened_count: i32,
    pub(in crate::tickets) reassignment_count: i32,
    pub(in crate::tickets) external_source: Option<String>,
    pub(in crate::tickets) external_reference: Option<String>,
    pub(in crate::tickets) first_response_at: Option<DateTime<Utc>>,
    pub(crate) resolved_at: Option<DateTime<Utc>>,
    pub(crate) closed_at: Option<DateTime<Utc>>,
    pub(crate) escalation_level: i32,
    pub(crate) is_major: bool,
    pub(crate) review_state: Option<String>,
    pub(in crate::tickets) rating_score: Option<i32>,
    pub(in crate::tickets) rating_comment: Option<String>,
    pub(in crate::tickets) rated_by: Option<Uuid>,
    pub(in crate::tickets) rated_at: Option<DateTime<Utc>>,
    pub(crate) sla: serde_json::Value,
    pub(crate) next_breach_at: DateTime<Utc>,
    pub(crate) is_sla_breached: bool,
    pub(crate) version: i64,
    pub(crate) created_at: DateTime<Utc>,
    pub(in crate::tickets) updated_at: DateTime<Utc>,
}

const COLUMNS: &str = "SELECT t.*, r.first_name || ' ' || r.last_name AS requester_name,
    r.department_id AS requester_department_id, r.site_id AS requester_site_id, r.manager_id AS requester_manager_id,
    f.first_name || ' ' || f.last_name AS requested_for_name,
    a.first_name || ' ' || a.last_name AS assignee_name, m.name AS team_name,
    p.number AS parent_number, p.title AS parent_title, g.number AS merged_into_number, g.title AS merged_into_title";

const JOINS: &str =
    "JOIN users r ON r.id = t.requester_id LEFT JOIN users f ON f.id = t.requested_for_id
  LEFT JOIN users a ON a.id = t.assignee_id LEFT JOIN teams m ON m.id = t.team_id
  LEFT JOIN tickets p ON p.id = t.parent_id LEFT JOIN tickets g ON g.id = t.merged_into_id";

/// The one predicate for visibility, as SQL over `tickets t` (its twin in
/// memory is `Visibility::sees`).
pub(in crate::tickets) fn visible(actor: &Actor, visibility: &Visibility) -> Filter {
    let mut filter = Filter::default();
    filter.and("t.organization_id = ?", values![actor.organization_id.0]);
    match visibility {
        Visibility::Nothing => filter.and("1 = 0", values![]),
        Visibility::Everything => {}
        Visibility::Involved { user, teams } => {
            let watched = "EXISTS (SELECT 1 FROM ticket_watchers w WHERE w.ticket_id = t.id AND w.user_id = ?)";
            let mut clause = format!("t.requester_id = ? OR t.requested_for_id = ? OR {watched}");
            let mut values = values![user.0, user.0, user.0];
            if !teams.is_empty() {
                let marks = vec!["?"; teams.len()].join(", ");
                clause.push_str(&format!(" OR t.assignee_id = ? OR t.team_id IN ({marks})"));
                values.push(user.0.into());
                values.extend(teams.iter().map(|t| t.0.into()));
            }
            filter.and(&clause, values);
        }
    }
    filter
}

pub(in crate::tickets) async fn find<E: Executor>(
    db: &E,
    filter: &Filter,
) -> Result<Option<TicketRow>> {
    let sql = format!("{COLUMNS} FROM tickets t {JOINS} WHERE {}", filter.sql());
    db.optional(&sql, filter.values()).await
}

/// As [`find`], and takes the row's lock: it is read as it is when the lock is
/// had, because another writer may have been faster.
///
/// Dialect fork: SQLite's writer is alone, so there is nothing to take.
pub(in crate::tickets) async fn find_held(tx: &Tx, filter: &Filter) -> Result<Option<TicketRow>> {
    if tx.engine() == Engine::Sqlite {
        return find(tx, filter).await;
    }
    let sql = format!(
        "{COLUMNS} FROM (SELECT * FROM tickets t WHERE {} FOR NO KEY UPDATE) t {JOINS}",
        filter.sql()
    );
    tx.optional(&sql, filter.values()).await
}

/// Takes the row's lock; who comes second waits until the transaction ends.
pub(in crate::tickets) async fn lock(tx: &Tx, id: Uuid) -> Result<()> {
    let mut filter = Filter::default();
    filter.and("t.id = ?", values![id]);
    lock_where(tx, &filter).await
}

/// Takes the locks of the rows under a filter over `tickets t`.
///
/// Dialect fork: SQLite's writer is alone, so there is nothing to take.
pub(in crate::tickets) async fn lock_where(tx: &Tx, filter: &Filter) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        return Ok(());
    }
    let sql = format!(
        "SELECT 1 FROM tickets t WHERE {} ORDER BY t.id FOR NO KEY UPDATE OF t",
        filter.sql()
    );
    tx.execute(&sql, filter.values()).await.map(drop)
}

/// A ticket of the organization by id, whoever may see it: for what the actor
/// has just written, and for background work.
pub(in crate::tickets) async fn by_id<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<TicketRow>> {
    let sql =
        format!("{COLUMNS} FROM tickets t {JOINS} WHERE t.organization_id = $1 AND t.id = $2");
    db.optional(&sql, values![organization.0, id]).await
}

/// The next tickets under a filter over `tickets t`, by id.
pub(in crate::tickets) async fn after<E: Executor>(
    db: &E,
    filter: &Filter,
    last: Option<Uuid>,
    limit: u32,
) -> Result<Vec<TicketRow>> {
    let mut filter = filter.clone();
    if let Some(last) = last {
        filter.and("t.id > ?", values![last]);
    }
    let sql = format!(
        "{COLUMNS} FROM tickets t {JOINS} WHERE {} ORDER BY t.id LIMIT {limit}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

/// Tickets of the organization by id, whoever may see them.
pub(in crate::tickets) async fn by_ids<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ids: &[Uuid],
) -> Result<Vec<TicketRow>> {
    let sql =
        format!("{COLUMNS} FROM tickets t {JOINS} WHERE t.organization_id = $1 AND t.id IN {{in}}");
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, &sql, values![organization.0], ids).await
}

impl TicketRow {
    /// The tags, in the order given.
    pub(in crate::tickets) fn tag_list(&self) -> Vec<String> {
        let tags = self.tags.as_array().into_iter().flatten();
        tags.filter_map(|tag| tag.as_str().map(str::to_owned))
            .collect()
    }

    /// Values of custom fields, by key.
    pub(in crate::tickets) fn values(&self) -> steward_domain::custom_fields::model::Values {
        self.custom_fields.as_object().cloned().unwrap_or_default()
    }
}
