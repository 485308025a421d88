//! Orders of the ticket list: one or two columns, each pair bounded by an
//! index, and the id as the end of every tie.

use super::{ListRow, TicketRow};
use chrono::{DateTime, Utc};
use steward_db::{Filter, Value, time::to_db};
use steward_domain::tickets::model::Priority;
use steward_kernel::Instant;
use uuid::Uuid;

const RANK: &str =
    "CASE t.priority WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END";

/// What tickets can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tickets) enum Column {
    CreatedAt,
    UpdatedAt,
    Number,
    Priority,
    NextBreachAt,
}

impl Column {
    pub(in crate::tickets) const ALL: [Self; 5] = [
        Self::CreatedAt,
        Self::UpdatedAt,
        Self::Number,
        Self::Priority,
        Self::NextBreachAt,
    ];

    /// SQL over `tickets t`.
    const fn sql(self) -> &'static str {
        match self {
            Self::CreatedAt => "t.created_at",
            Self::UpdatedAt => "t.updated_at",
            Self::Number => "t.number",
            Self::Priority => RANK,
            Self::NextBreachAt => "t.next_breach_at",
        }
    }
}

/// A column with its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tickets) struct Key {
    pub(in crate::tickets) column: Column,
    /// Newest or greatest first.
    pub(in crate::tickets) is_descending: bool,
}

impl Key {
    const fn word(self) -> &'static str {
        if self.is_descending { "DESC" } else { "ASC" }
    }

    const fn sign(self) -> &'static str {
        if self.is_descending { "<" } else { ">" }
    }
}

/// An order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tickets) struct Order {
    pub(in crate::tickets) first: Key,
    /// Orders what is equal by the first.
    pub(in crate::tickets) second: Option<Key>,
}

/// The value of a row in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tickets) enum Place {
    At(Instant),
    Number(String),
    /// Index in [`Priority::ALL`].
    Rank(u8),
}

impl From<&Place> for Value {
    fn from(place: &Place) -> Self {
        match place {
            Place::At(at) => to_db(*at).into(),
            Place::Number(number) => number.as_str().into(),
            Place::Rank(rank) => i32::from(*rank).into(),
        }
    }
}

/// What a row is sorted by.
#[derive(Debug)]
pub(in crate::tickets) struct Keys<'a> {
    pub(in crate::tickets) id: Uuid,
    pub(in crate::tickets) number: &'a str,
    pub(in crate::tickets) priority: &'a str,
    pub(in crate::tickets) created_at: DateTime<Utc>,
    pub(in crate::tickets) updated_at: DateTime<Utc>,
    pub(in crate::tickets) next_breach_at: DateTime<Utc>,
}

impl<'a> From<&'a TicketRow> for Keys<'a> {
    fn from(row: &'a TicketRow) -> Self {
        Self {
            id: row.id,
            number: &row.number,
            priority: &row.priority,
            created_at: row.created_at,
            updated_at: row.updated_at,
            next_breach_at: row.next_breach_at,
        }
    }
}

impl<'a> From<&'a ListRow> for Keys<'a> {
    fn from(row: &'a ListRow) -> Self {
        Self {
            id: row.id,
            number: &row.number,
            priority: &row.priority,
            created_at: row.created_at,
            updated_at: row.updated_at,
            next_breach_at: row.next_breach_at,
        }
    }
}

/// A row that a page starts behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tickets) struct Mark {
    pub(in crate::tickets) first: Place,
    /// For an order by two columns.
    pub(in crate::tickets) second: Option<Place>,
    pub(in crate::tickets) id: Uuid,
}

/// Oldest first.
pub(in crate::tickets) const BY_CREATION: Order = Order {
    first: Key {
        column: Column::CreatedAt,
        is_descending: false,
    },
    second: None,
};

impl Order {
    /// Whether pages of this order cost no more than they are long: few tickets
    /// share an instant or a number, so the rest of the order sorts few rows.
    /// Priorities are walked one by one, each in an index with the second column.
    pub(in crate::tickets) fn is_bounded(self) -> bool {
        let Some(second) = self.second else {
            return true;
        };
        match self.first.column {
            Column::CreatedAt | Column::UpdatedAt | Column::Number => true,
            Column::Priority => second.column == Column::CreatedAt,
            // Every ticket without a running clock shares one instant.
            Column::NextBreachAt => false,
        }
    }

    /// What stands after `ORDER BY`.
    pub(super) fn words(self) -> String {
        let last = self.second.unwrap_or(self.first);
        let mut words = format!("{} {}, ", self.first.column.sql(), self.first.word());
        if let Some(second) = self.second {
            words.push_str(&format!("{} {}, ", second.column.sql(), second.word()));
        }
        words.push_str(&format!("t.id {}", last.word()));
        words
    }

    /// A statement for the ids of a page, with its parameters.
    pub(super) fn ids(
        self,
        filter: &Filter,
        after: Option<&Mark>,
        limit: u32,
        offset: u64,
    ) -> (String, Vec<Value>) {
        match (self.cut(filter, after, limit), self.second) {
            (None, Some(second)) => self.ids_by_rank(second, filter, after, limit, offset),
            (cut, _) => {
                let (cut, values) = cut.unwrap_or_default();
                let sql = format!("SELECT t.id FROM tickets t {cut} OFFSET {offset}");
                (sql, values)
            }
        }
    }

    /// The end of a statement over `tickets t` that cuts a page, with its
    /// parameters; none for an order that takes more than one index.
    pub(super) fn cut(
        self,
        filter: &Filter,
        after: Option<&Mark>,
        limit: u32,
    ) -> Option<(String, Vec<Value>)> {
        if self.first.column == Column::Priority && self.second.is_some() {
            return None;
        }
        let mut filter = filter.clone();
        if let Some(mark) = after {
            self.behind(&mut filter, mark);
        }
        let (where_, words) = (filter.sql(), self.words());
        let cut = format!("WHERE {where_} ORDER BY {words} LIMIT {limit}");
        Some((cut, filter.values()))
    }

    /// Rows behind a row, in this order. The bound on the first column alone is
    /// what enters its index.
    fn behind(self, filter: &mut Filter, mark: &Mark) {
        let (by, sign) = (self.first.column.sql(), self.first.sign());
        let first = Value::from(&mark.first);
        match (self.second, &mark.second) {
            (Some(second), Some(place)) => {
                let (then, then_sign) = (second.column.sql(), second.sign());
                filter.and(
                    &format!(
                        "{by} {sign}= ? AND ({by} {sign} ? OR ({then}, t.id) {then_sign} (?, ?))"
                    ),
                    vec![first.clone(), first, place.into(), mark.id.into()],
                );
            }
            _ => filter.and(
                &format!("({by}, t.id) {sign} (?, ?)"),
                vec![first, mark.id.into()],
            ),
        }
    }

    /// One branch for each priority, which its index gives in the order of the
    /// second column; priorities before the mark are left out.
    fn ids_by_rank(
        self,
        second: Key,
        filter: &Filter,
        after: Option<&Mark>,
        limit: u32,
        offset: u64,
    ) -> (String, Vec<Value>) {
        let (by, word) = (second.column.sql(), second.word());
        let (behind, marked) = within_rank(second, filter, after);
        let is_left = |rank: u8| {
            marked.is_none_or(|at| rank == at || (rank < at) == self.first.is_descending)
        };
        let most = offset.saturating_add(limit.into());
        let branches: Vec<String> = (0_u8..)
            .zip(Priority::ALL)
            .filter(|(rank, _)| is_left(*rank))
            .map(|(rank, priority)| {
                let filter = if marked == Some(rank) { &behind } else { filter };
                format!(
                    "SELECT * FROM (SELECT t.id, {rank} AS place, {by} AS then_by FROM tickets t
                       WHERE {} AND t.priority = '{}' ORDER BY {by} {word}, t.id {word} LIMIT {most}) b{rank}",
                    filter.sql(),
                    priority.as_str()
                )
            })
            .collect();
        let sql = format!(
            "SELECT x.id FROM ({}) x ORDER BY x.place {}, x.then_by {word}, x.id {word} LIMIT {limit} OFFSET {offset}",
            branches.join(" UNION ALL "),
            self.first.word()
        );
        (sql, behind.values())
    }
}

/// The filter for what stands behind a mark with its priority, and the rank of
/// that. Its parameters begin with the filter's, so all branches share numbers.
fn within_rank(second: Key, filter: &Filter, after: Option<&Mark>) -> (Filter, Option<u8>) {
    let mut behind = filter.clone();
    let Some(mark) = after else {
        return (behind, None);
    };
    let (Place::Rank(rank), Some(place)) = (&mark.first, &mark.second) else {
        return (behind, None);
    };
    let order = Order {
        first: second,
        second: None,
    };
    let mark = Mark {
        first: place.clone(),
        second: None,
        id: mark.id,
    };
    order.behind(&mut behind, &mark);
    (behind, Some(*rank))
}
