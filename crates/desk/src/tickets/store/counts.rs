//! Live counts: rows that add up. A change adds rows for what it leaves and
//! for what it enters to `ticket_counts`, so writers never wait for each other;
//! a job folds them into `ticket_sums` (`ticket_counts.fold`).
//!
//! A ticket counts once without its person, and once more under the person it
//! is assigned to. So what everyone asks for is the sum of few rows, however
//! many people there are, and one person's share is found by an index.

use super::TicketRow;
use std::collections::BTreeMap;
use steward_db::{Executor, Filter, FromQueryResult, Tx, Values, bulk, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Result};
use steward_platform::clock;
use uuid::Uuid;

/// What a ticket is counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) priority: String,
    pub(crate) assignee_id: Option<Uuid>,
    pub(crate) team_id: Option<Uuid>,
}

impl From<&TicketRow> for Counted {
    fn from(row: &TicketRow) -> Self {
        Self {
            kind: row.kind.clone(),
            status: row.status.clone(),
            priority: row.priority.clone(),
            assignee_id: row.assignee_id,
            team_id: row.team_id,
        }
    }
}

/// What a row of the counts is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
struct Key {
    kind: String,
    status: String,
    priority: String,
    team_id: Option<Uuid>,
    /// Whether it counts the tickets of one person.
    is_personal: bool,
    is_assigned: bool,
    /// The person, where it is about one.
    assignee_id: Option<Uuid>,
}

impl Key {
    /// The keys under which a ticket counts.
    fn of(counted: Counted) -> impl Iterator<Item = Self> {
        let everyone = Self {
            kind: counted.kind,
            status: counted.status,
            priority: counted.priority,
            team_id: counted.team_id,
            is_personal: false,
            is_assigned: counted.assignee_id.is_some(),
            assignee_id: None,
        };
        let personal = counted.assignee_id.map(|person| Self {
            is_personal: true,
            assignee_id: Some(person),
            ..everyone.clone()
        });
        [Some(everyone), personal].into_iter().flatten()
    }

    fn values(&self, n: i64) -> Values {
        values![
            self.kind.clone(),
            self.status.clone(),
            self.priority.clone(),
            self.team_id,
            self.is_personal,
            self.is_assigned,
            self.assignee_id,
            n
        ]
    }
}

const COLUMNS: &str = "kind, status, priority, team_id, is_personal, is_assigned, assignee_id, n";

/// Adds to the counts, one row for all that count alike.
pub(super) async fn add(
    tx: &Tx,
    organization: OrganizationId,
    changes: Vec<(Counted, i64)>,
) -> Result<()> {
    let mut sums: BTreeMap<Key, i64> = BTreeMap::new();
    for (counted, n) in changes {
        for key in Key::of(counted) {
            *sums.entry(key).or_default() += n;
        }
    }
    let rows = sums.iter().filter(|(_, n)| **n != 0).map(|(key, n)| {
        let mut row = values![clock::new_id(), organization.0];
        row.extend(key.values(*n));
        row
    });
    let head = format!("INSERT INTO ticket_counts (id, organization_id, {COLUMNS})");
    bulk::insert_many(tx, &head, rows.collect(), "").await
}

/// Moves one ticket from where it was counted to where it counts now.
pub(in crate::tickets) async fn count_move(
    tx: &Tx,
    before: Option<&TicketRow>,
    after: &TicketRow,
) -> Result<()> {
    let old = before.map(|row| (Counted::from(row), -1));
    let changes = old.into_iter().chain([(Counted::from(after), 1)]);
    add(tx, after.organization_id.into(), changes.collect()).await
}

#[derive(Debug, FromQueryResult)]
struct Sum {
    n: Option<i64>,
}

/// What a sum of live counts is asked for.
#[derive(Debug, Clone)]
pub(in crate::tickets) struct Wanted {
    /// Over `ticket_counts t`.
    pub(in crate::tickets) filter: Filter,
    /// Of one person's tickets, or of everyone's.
    pub(in crate::tickets) is_personal: bool,
}

/// Sums asked for in one statement; SQLite joins at most 500.
const SUMS: usize = 50;

/// Sums of the live counts, in the order of the questions.
pub(in crate::tickets) async fn counted<E: Executor>(
    db: &E,
    wanted: &[Wanted],
) -> Result<Vec<i64>> {
    let mut sums = Vec::with_capacity(wanted.len());
    for wanted in wanted.chunks(SUMS) {
        let mut values = Vec::new();
        let mut parts = Vec::with_capacity(wanted.len());
        for (at, wanted) in wanted.iter().enumerate() {
            let mut filter = wanted.filter.clone();
            filter.and("t.is_personal = ?", values![wanted.is_personal]);
            let where_ = filter.sql_after(values.len());
            values.extend(filter.values());
            parts.push(format!(
                "SELECT {at} AS i, (SELECT CAST(sum(x.n) AS bigint) FROM (
                   SELECT t.n FROM ticket_sums t WHERE {where_} UNION ALL
                   SELECT t.n FROM ticket_counts t WHERE {where_}) x) AS n"
            ));
        }
        let sql = format!("{} ORDER BY i", parts.join(" UNION ALL "));
        let rows: Vec<Sum> = db.all(&sql, values).await?;
        sums.extend(rows.into_iter().map(|row| row.n.unwrap_or(0)));
    }
    Ok(sums)
}

#[derive(Debug, FromQueryResult)]
struct CountRow {
    id: Uuid,
    #[sea_orm(nested)]
    key: Key,
    n: i64,
}

#[derive(Debug, FromQueryResult)]
struct Organization {
    organization_id: Uuid,
}

/// Rows folded in one transaction.
const FOLD: u32 = 2000;

/// Organizations with rows that can be folded.
pub(in crate::tickets) async fn foldable<E: Executor>(db: &E) -> Result<Vec<OrganizationId>> {
    let sql =
        "SELECT organization_id FROM ticket_counts GROUP BY organization_id HAVING count(*) > 100";
    let rows: Vec<Organization> = db.all(sql, values![]).await?;
    Ok(rows.into_iter().map(|r| r.organization_id.into()).collect())
}

/// Moves the oldest rows into the sums. Returns whether there may be more.
pub(in crate::tickets) async fn fold(tx: &Tx, organization: OrganizationId) -> Result<bool> {
    let sql = format!(
        "SELECT id, {COLUMNS} FROM ticket_counts WHERE organization_id = $1 ORDER BY id LIMIT {FOLD}"
    );
    let rows: Vec<CountRow> = tx.all(&sql, values![organization.0]).await?;
    let mut sums: BTreeMap<&Key, i64> = BTreeMap::new();
    for row in &rows {
        *sums.entry(&row.key).or_default() += row.n;
    }
    for chunk in rows.chunks(500) {
        let mut filter = Filter::default();
        filter.and_in("id", chunk.iter().map(|row| row.id));
        let sql = format!("DELETE FROM ticket_counts WHERE {}", filter.sql());
        let gone = tx.execute(&sql, filter.values()).await?;
        if usize::try_from(gone).ok() != Some(chunk.len()) {
            return Err(Error::internal("counts changed while they were folded"));
        }
    }
    for (key, n) in sums {
        if n != 0 {
            add_to_sum(tx, organization, key, n).await?;
        }
    }
    Ok(u32::try_from(rows.len()).is_ok_and(|n| n == FOLD))
}

async fn add_to_sum(tx: &Tx, organization: OrganizationId, key: &Key, n: i64) -> Result<()> {
    let mut values = values![organization.0];
    values.extend(key.values(n));
    let same = |column: &str, number: usize, id: Option<Uuid>| {
        // Compared by equality where there is something, so that an index serves.
        if id.is_some() {
            format!("{column} = ${number}")
        } else {
            format!("{column} IS NULL")
        }
    };
    let sql = format!(
        "UPDATE ticket_sums SET n = n + $9 WHERE organization_id = $1 AND kind = $2 AND status = $3
           AND priority = $4 AND {} AND is_personal = $6 AND is_assigned = $7 AND {}",
        same("team_id", 5, key.team_id),
        same("assignee_id", 8, key.assignee_id)
    );
    if tx.execute(&sql, values.clone()).await? > 0 {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO ticket_sums (organization_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    tx.execute(&sql, values).await.map(drop)
}
