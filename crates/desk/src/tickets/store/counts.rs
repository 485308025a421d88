//! Live counts: rows that add up. A change adds one row for what it leaves
//! and one for what it enters, so writers never wait for each other; a job
//! folds the rows together (`ticket_counts.fold`).

use super::TicketRow;
use std::collections::BTreeMap;
use steward_db::{Executor, Filter, FromQueryResult, Tx, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Result};
use steward_platform::clock;
use uuid::Uuid;

/// What a ticket is counted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
struct Key {
    kind: String,
    status: String,
    priority: String,
    assignee_id: Option<Uuid>,
    team_id: Option<Uuid>,
}

impl Key {
    fn of(row: &TicketRow) -> Self {
        Self {
            kind: row.kind.clone(),
            status: row.status.clone(),
            priority: row.priority.clone(),
            assignee_id: row.assignee_id,
            team_id: row.team_id,
        }
    }
}

async fn add(tx: &Tx, organization: Uuid, key: &Key, n: i64) -> Result<()> {
    tx.execute(
        "INSERT INTO ticket_counts (id, organization_id, kind, status, priority, assignee_id, team_id, n)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            clock::new_id(),
            organization,
            key.kind.clone(),
            key.status.clone(),
            key.priority.clone(),
            key.assignee_id,
            key.team_id,
            n
        ],
    )
    .await
    .map(drop)
}

/// Moves one ticket from where it was counted to where it counts now.
pub(in crate::tickets) async fn count_move(
    tx: &Tx,
    before: Option<&TicketRow>,
    after: Option<&TicketRow>,
) -> Result<()> {
    let old = before.map(|row| (row.organization_id, Key::of(row)));
    let new = after.map(|row| (row.organization_id, Key::of(row)));
    if old == new {
        return Ok(());
    }
    if let Some((organization, key)) = old {
        add(tx, organization, &key, -1).await?;
    }
    if let Some((organization, key)) = new {
        add(tx, organization, &key, 1).await?;
    }
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Sum {
    n: Option<i64>,
}

/// Sum of the counts under a filter over `ticket_counts t`.
pub(in crate::tickets) async fn counted<E: Executor>(db: &E, filter: &Filter) -> Result<i64> {
    let sql = format!(
        "SELECT CAST(sum(t.n) AS bigint) AS n FROM ticket_counts t WHERE {}",
        filter.sql()
    );
    let sum: Option<Sum> = db.optional(&sql, filter.values()).await?;
    Ok(sum.and_then(|s| s.n).unwrap_or(0))
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
        "SELECT organization_id FROM ticket_counts GROUP BY organization_id HAVING count(*) > 200";
    let rows: Vec<Organization> = db.all(sql, values![]).await?;
    Ok(rows.into_iter().map(|r| r.organization_id.into()).collect())
}

/// Replaces the oldest rows by their sums. Returns how many rows it took away.
pub(in crate::tickets) async fn fold(tx: &Tx, organization: OrganizationId) -> Result<usize> {
    let sql = format!(
        "SELECT id, kind, status, priority, assignee_id, team_id, n FROM ticket_counts
         WHERE organization_id = $1 ORDER BY status, id LIMIT {FOLD}"
    );
    let rows: Vec<CountRow> = tx.all(&sql, values![organization.0]).await?;
    let mut sums: BTreeMap<Key, i64> = BTreeMap::new();
    for row in &rows {
        *sums.entry(row.key.clone()).or_default() += row.n;
    }
    sums.retain(|_, n| *n != 0);
    if sums.len() == rows.len() {
        return Ok(0);
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
    for (key, n) in &sums {
        add(tx, organization.0, key, *n).await?;
    }
    Ok(rows.len() - sums.len())
}
