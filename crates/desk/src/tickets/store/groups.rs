//! Lists by groups: what the tickets under a filter have in a field, and how many each.

use steward_db::{Executor, Filter, FromQueryResult, Values, values};
use steward_domain::tickets::model::GroupField;
use steward_kernel::Result;

/// Tickets read to be grouped where live counts do not know the answer.
pub(in crate::tickets) const MOST_GROUPED: u32 = 50_000;
/// Most groups of a list.
pub(in crate::tickets) const MOST_GROUPS: u32 = 200;

/// A group of tickets.
#[derive(Debug, FromQueryResult)]
pub(in crate::tickets) struct GroupRow {
    pub(in crate::tickets) value: Option<String>,
    pub(in crate::tickets) name: Option<String>,
    pub(in crate::tickets) n: i64,
}

const fn column(field: GroupField) -> &'static str {
    match field {
        GroupField::Status => "t.status",
        GroupField::Priority => "t.priority",
        GroupField::Assignee => "t.assignee_id",
        GroupField::Team => "t.team_id",
    }
}

/// Name of a group `g`, and where it is found.
const fn name(field: GroupField) -> (&'static str, &'static str) {
    match field {
        GroupField::Status | GroupField::Priority => ("CAST(g.k AS text)", ""),
        GroupField::Assignee => (
            "p.first_name || ' ' || p.last_name",
            "LEFT JOIN users p ON p.id = g.k",
        ),
        GroupField::Team => ("m.name", "LEFT JOIN teams m ON m.id = g.k"),
    }
}

async fn read<E: Executor>(
    db: &E,
    field: GroupField,
    counted: &str,
    values: Values,
) -> Result<Vec<GroupRow>> {
    let (name, join) = name(field);
    let sql = format!(
        "SELECT CAST(g.k AS text) AS value, {name} AS name, g.n AS n FROM (
           SELECT x.k AS k, CAST(sum(x.n) AS bigint) AS n FROM ({counted}) x GROUP BY x.k HAVING sum(x.n) > 0) g
         {join} ORDER BY g.n DESC, value LIMIT {MOST_GROUPS}"
    );
    db.all(&sql, values).await
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
