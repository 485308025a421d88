//! Lists: keyset pages, numbers, bounded counts.

use super::{COLUMNS, JOINS, Mark, Order, TicketRow};
use chrono::{DateTime, Utc};
use steward_db::{Engine, Executor, Filter, FromQueryResult, Value};
use steward_kernel::Result;
use uuid::Uuid;

/// A page of whole tickets behind a row.
pub(in crate::tickets) async fn page<E: Executor>(
    db: &E,
    filter: &Filter,
    order: Order,
    after: Option<&Mark>,
    limit: u32,
) -> Result<Vec<TicketRow>> {
    let (ids, values) = order.ids(filter, after, limit, 0);
    let sql = format!(
        "{COLUMNS} FROM tickets t {JOINS} WHERE t.id IN ({ids}) ORDER BY {}",
        order.words()
    );
    db.all(&sql, values).await
}

/// What a list shows of a ticket: reading more costs more than all the rest.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::tickets) struct ListRow {
    pub(in crate::tickets) id: Uuid,
    pub(in crate::tickets) kind: String,
    pub(in crate::tickets) number: String,
    pub(in crate::tickets) title: String,
    pub(in crate::tickets) status: String,
    pub(in crate::tickets) priority: String,
    pub(in crate::tickets) requester_id: Uuid,
    pub(in crate::tickets) requester_name: String,
    pub(in crate::tickets) assignee_id: Option<Uuid>,
    pub(in crate::tickets) assignee_name: Option<String>,
    pub(in crate::tickets) team_id: Option<Uuid>,
    pub(in crate::tickets) team_name: Option<String>,
    pub(in crate::tickets) external_reference: Option<String>,
    pub(in crate::tickets) is_major: bool,
    pub(in crate::tickets) sla: serde_json::Value,
    pub(in crate::tickets) next_breach_at: DateTime<Utc>,
    pub(in crate::tickets) version: i64,
    pub(in crate::tickets) created_at: DateTime<Utc>,
    pub(in crate::tickets) updated_at: DateTime<Utc>,
}

/// Columns of [`ListRow`] in `tickets t`.
const LISTED: &str = "t.id, t.kind, t.number, t.title, t.status, t.priority, t.requester_id, t.assignee_id, t.team_id,
    t.external_reference, t.is_major, t.sla, t.next_breach_at, t.version, t.created_at, t.updated_at";

/// A page of a list. The rows are joined after the page is cut; an `offset`
/// walks the index only.
pub(in crate::tickets) async fn rows<E: Executor>(
    db: &E,
    filter: &Filter,
    order: Order,
    after: Option<&Mark>,
    limit: u32,
    offset: u64,
) -> Result<Vec<ListRow>> {
    let (of_page, values) = match order.cut(filter, after, limit).filter(|_| offset == 0) {
        Some((cut, values)) => (format!("SELECT {LISTED} FROM tickets t {cut}"), values),
        None => {
            let (ids, values) = order.ids(filter, after, limit, offset);
            let page = format!("SELECT {LISTED} FROM tickets t WHERE t.id IN ({ids})");
            (page, values)
        }
    };
    let sql = format!(
        "SELECT {LISTED}, r.first_name || ' ' || r.last_name AS requester_name,
           a.first_name || ' ' || a.last_name AS assignee_name, m.name AS team_name
         FROM ({of_page}) t JOIN users r ON r.id = t.requester_id
         LEFT JOIN users a ON a.id = t.assignee_id LEFT JOIN teams m ON m.id = t.team_id ORDER BY {}",
        order.words()
    );
    db.all(&sql, values).await
}

#[derive(Debug, FromQueryResult)]
struct Number {
    number: String,
}

/// Numbers of the oldest tickets under a filter.
pub(in crate::tickets) async fn numbers<E: Executor>(
    db: &E,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT t.number FROM tickets t WHERE {} ORDER BY t.created_at, t.id LIMIT {limit}",
        filter.sql()
    );
    let rows: Vec<Number> = db.all(&sql, filter.values()).await?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

/// Rows under a filter, counted up to `most`.
pub(in crate::tickets) async fn bounded_count<E: Executor>(
    db: &E,
    filter: &Filter,
    most: u32,
) -> Result<i64> {
    let sql = format!(
        "SELECT count(*) AS n FROM (SELECT 1 FROM tickets t WHERE {} LIMIT {most}) x",
        filter.sql()
    );
    let count: Option<Count> = db.optional(&sql, filter.values()).await?;
    Ok(count.map_or(0, |c| c.n))
}

/// Open tickets `t`, in the words of their indexes.
pub(in crate::tickets) const IS_OPEN: &str = "t.status NOT IN ('resolved', 'closed', 'cancelled')";

/// Tickets `t` that a person watches.
pub(in crate::tickets) const WATCHED_BY: &str =
    "EXISTS (SELECT 1 FROM ticket_watchers w WHERE w.ticket_id = t.id AND w.user_id = ?)";

/// Tickets `t` with a tag, which are a JSON list.
///
/// Dialect fork: `json_each` on SQLite, `@>` on PostgreSQL.
pub(in crate::tickets) fn tagged(engine: Engine, tag: &str) -> (&'static str, Value) {
    match engine {
        Engine::Sqlite => (
            "EXISTS (SELECT 1 FROM json_each(t.tags) j WHERE j.value = ?)",
            tag.into(),
        ),
        Engine::Postgres => ("t.tags @> ?", serde_json::json!([tag]).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::IS_OPEN;
    use steward_domain::tickets::model::Status;

    #[test]
    fn open_in_sql_is_open_in_the_rules() {
        for status in Status::ALL {
            let is_named = IS_OPEN.contains(&format!("'{}'", status.as_str()));
            assert_eq!(is_named, !status.is_open(), "{}", status.as_str());
        }
    }
}
