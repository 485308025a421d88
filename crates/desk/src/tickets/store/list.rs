//! Lists: keyset pages, numbers, bounded counts.

use super::{Mark, Order, SELECT, TicketRow};
use steward_db::{Engine, Executor, Filter, FromQueryResult, Value};
use steward_kernel::Result;

/// A page of tickets behind a row. `offset` walks the index only: the rows are joined
/// after the page is cut.
pub(in crate::tickets) async fn page<E: Executor>(
    db: &E,
    filter: &Filter,
    order: Order,
    after: Option<&Mark>,
    limit: u32,
    offset: u64,
) -> Result<Vec<TicketRow>> {
    let (ids, values) = order.ids(filter, after, limit, offset);
    let sql = format!("{SELECT} WHERE t.id IN ({ids}) ORDER BY {}", order.words());
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
