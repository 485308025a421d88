//! Lists by groups: what the tickets under a filter have in a field, and how many each.

use steward_db::{Executor, Filter, FromQueryResult, Values, values};
use steward_domain::tickets::model::GroupField;
use steward_kernel::Result;
use uuid::Uuid;

/// Tickets read to be grouped where live counts do not know the answer.
pub(in crate::tickets) const MOST_GROUPED: u32 = 50_000;
/// Most groups of a list.
pub(in crate::tickets) const MOST_GROUPS: u32 = 200;

/// A group of tickets.
#[derive(Debug)]
pub(in crate::tickets) struct GroupRow {
    pub(in crate::tickets) value: Option<String>,
    pub(in crate::tickets) name: Option<String>,
    pub(in crate::tickets) n: i64,
}

#[derive(Debug, FromQueryResult)]
struct WordRow {
    k: String,
    n: i64,
}

#[derive(Debug, FromQueryResult)]
struct RecordRow {
    k: Option<Uuid>,
    name: Option<String>,
    n: i64,
}

const fn column(field: GroupField) -> &'static str {
    match field {
        GroupField::Status => "t.status",
        GroupField::Priority => "t.priority",
        GroupField::Assignee => "t.assignee_id",
        GroupField::Team => "t.team_id",
    }
}

/// Reads the groups of what `counted` gives as `k` and `n`.
async fn read<E: Executor>(
    db: &E,
    field: GroupField,
    counted: &str,
    values: Values,
) -> Result<Vec<GroupRow>> {
    let (columns, join) = match field {
        GroupField::Status | GroupField::Priority => ("g.k AS k, g.n AS n", ""),
        GroupField::Assignee => (
            "g.k AS k, p.first_name || ' ' || p.last_name AS name, g.n AS n",
            "LEFT JOIN users p ON p.id = g.k",
        ),
        GroupField::Team => (
            "g.k AS k, m.name AS name, g.n AS n",
            "LEFT JOIN teams m ON m.id = g.k",
        ),
    };
    let sql = format!(
        "SELECT {columns} FROM (
           SELECT x.k AS k, CAST(sum(x.n) AS bigint) AS n FROM ({counted}) x GROUP BY x.k HAVING sum(x.n) > 0) g
         {join} ORDER BY g.n DESC, g.k LIMIT {MOST_GROUPS}"
    );
    if matches!(field, GroupField::Status | GroupField::Priority) {
        let rows: Vec<WordRow> = db.all(&sql, values).await?;
        return Ok(rows.into_iter().map(of_word).collect());
    }
    let rows: Vec<RecordRow> = db.all(&sql, values).await?;
    Ok(rows.into_iter().map(of_record).collect())
}

fn of_word(row: WordRow) -> GroupRow {
    GroupRow {
        value: Some(row.k.clone()),
        name: Some(row.k),
        n: row.n,
    }
}

fn of_record(row: RecordRow) -> GroupRow {
    GroupRow {
        value: row.k.map(|id| id.to_string()),
        name: row.name,
        n: row.n,
    }
}

/// Groups of the tickets under a filter over `tickets t`, of at most `MOST_GROUPED` of them.
pub(in crate::tickets) async fn grouped<E: Executor>(
    db: &E,
    filter: &Filter,
    field: GroupField,
) -> Result<Vec<GroupRow>> {
    let counted = format!(
        "SELECT {} AS k, 1 AS n FROM tickets t WHERE {} LIMIT {MOST_GROUPED}",
        column(field),
        filter.sql()
    );
    read(db, field, &counted, filter.values()).await
}

/// The same from live counts, for a filter over `ticket_counts t`. Tickets of
/// people are counted apart from all others.
pub(in crate::tickets) async fn grouped_counts<E: Executor>(
    db: &E,
    filter: &Filter,
    field: GroupField,
    is_personal: bool,
) -> Result<Vec<GroupRow>> {
    let mut filter = filter.clone();
    if field == GroupField::Assignee && !is_personal {
        filter.and("(t.is_personal = ? OR NOT t.is_assigned)", values![true]);
    } else {
        filter.and("t.is_personal = ?", values![is_personal]);
    }
    let (column, where_) = (column(field), filter.sql());
    let counted = format!(
        "SELECT {column} AS k, t.n AS n FROM ticket_sums t WHERE {where_} UNION ALL
         SELECT {column} AS k, t.n AS n FROM ticket_counts t WHERE {where_}"
    );
    read(db, field, &counted, filter.values()).await
}
