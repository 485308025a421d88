//! Statements for those who look after the queue.

use crate::jobs::{COUNTED, JobCount, JobView, Wanted};
use chrono::{DateTime, Utc};
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::from_db, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct JobRow {
    id: Uuid,
    organization_id: Option<Uuid>,
    kind: String,
    payload: serde_json::Value,
    state: String,
    run_at: DateTime<Utc>,
    attempts: i32,
    locked_by: Option<String>,
    last_error: Option<String>,
    created_at: DateTime<Utc>,
}

const COLUMNS: &str = "id, organization_id, kind, payload, state, run_at, attempts, locked_by, last_error, created_at";

impl From<JobRow> for JobView {
    fn from(row: JobRow) -> Self {
        Self {
            id: row.id,
            organization_id: row.organization_id,
            kind: row.kind,
            state: row.state,
            payload: row.payload,
            attempts: row.attempts,
            run_at: from_db(row.run_at),
            created_at: from_db(row.created_at),
            last_error: row.last_error,
            is_running: row.locked_by.is_some(),
        }
    }
}

fn of(organization: Option<OrganizationId>) -> Filter {
    let mut filter = Filter::default();
    if let Some(organization) = organization {
        filter.and("organization_id = ?", values![organization.0]);
    }
    filter
}

pub(in crate::jobs) async fn list<E: Executor>(
    db: &E,
    wanted: Wanted<'_>,
    after: Option<(Instant, Uuid)>,
    limit: u32,
) -> Result<Vec<JobView>> {
    let mut filter = of(wanted.organization);
    filter.and("state = ?", values![wanted.state]);
    if let Some(kind) = wanted.kind {
        filter.and("kind = ?", values![kind]);
    }
    let (than, direction) = if wanted.state == "dead" {
        ("<", " DESC")
    } else {
        (">", "")
    };
    if let Some((at, id)) = after {
        let beyond = format!("(run_at, id) {than} (?, ?)");
        filter.and(&beyond, values![to_db(at), id]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM jobs WHERE {} ORDER BY run_at{direction}, id{direction} LIMIT {limit}",
        filter.sql()
    );
    let rows: Vec<JobRow> = db.all(&sql, filter.values()).await?;
    Ok(rows.into_iter().map(JobView::from).collect())
}

pub(in crate::jobs) async fn find<E: Executor>(
    db: &E,
    organization: Option<OrganizationId>,
    id: Uuid,
) -> Result<Option<JobView>> {
    let mut filter = of(organization);
    filter.and("id = ?", values![id]);
    let sql = format!("SELECT {COLUMNS} FROM jobs WHERE {}", filter.sql());
    let row: Option<JobRow> = db.optional(&sql, filter.values()).await?;
    Ok(row.map(JobView::from))
}

#[derive(Debug, FromQueryResult)]
struct CountRow {
    kind: String,
    n: i64,
}

pub(in crate::jobs) async fn counts<E: Executor>(
    db: &E,
    organization: Option<OrganizationId>,
    state: &str,
) -> Result<Vec<JobCount>> {
    let mut filter = of(organization);
    filter.and("state = ?", values![state]);
    let sql = format!(
        "SELECT kind, count(*) AS n FROM (SELECT kind FROM jobs WHERE {} LIMIT {COUNTED}) seen
         GROUP BY kind ORDER BY kind",
        filter.sql()
    );
    let rows: Vec<CountRow> = db.all(&sql, filter.values()).await?;
    let count = |row: CountRow| JobCount {
        state: state.to_owned(),
        kind: row.kind,
        count: row.n,
    };
    Ok(rows.into_iter().map(count).collect())
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

async fn count<E: Executor>(db: &E, condition: &str, values: steward_db::Values) -> Result<i64> {
    let sql = format!(
        "SELECT count(*) AS n FROM (SELECT id FROM jobs WHERE {condition} LIMIT {COUNTED}) seen"
    );
    let row: Option<Count> = db.optional(&sql, values).await?;
    Ok(row.map_or(0, |count| count.n))
}

pub(in crate::jobs) async fn ready<E: Executor>(db: &E) -> Result<i64> {
    count(db, "state = 'ready'", values![]).await
}

pub(in crate::jobs) async fn dead<E: Executor>(db: &E) -> Result<i64> {
    count(db, "state = 'dead'", values![]).await
}

/// A job that runs lies behind its lease, so it is not due.
pub(in crate::jobs) async fn due<E: Executor>(db: &E, now: Instant) -> Result<i64> {
    count(db, "state = 'ready' AND run_at <= $1", values![to_db(now)]).await
}

#[derive(Debug, FromQueryResult)]
struct At {
    run_at: DateTime<Utc>,
}

pub(in crate::jobs) async fn oldest_due<E: Executor>(
    db: &E,
    now: Instant,
) -> Result<Option<Instant>> {
    let sql = "SELECT run_at FROM jobs WHERE state = 'ready' AND run_at <= $1 ORDER BY run_at, id LIMIT 1";
    let row: Option<At> = db.optional(sql, values![to_db(now)]).await?;
    Ok(row.map(|row| from_db(row.run_at)))
}

pub(in crate::jobs) async fn revive(
    tx: &Tx,
    organization: Option<OrganizationId>,
    id: Uuid,
    now: Instant,
) -> Result<bool> {
    let sql = "UPDATE jobs SET state = 'ready', attempts = 0, run_at = $3, locked_by = NULL
        WHERE id = $1 AND state = 'dead' AND ($2 IS NULL OR organization_id = $2)";
    let values = values![id, organization.map(|o| o.0), to_db(now)];
    Ok(tx.execute(sql, values).await? == 1)
}

pub(in crate::jobs) async fn revive_all(
    tx: &Tx,
    organization: Option<OrganizationId>,
    kind: Option<&str>,
    limit: u32,
    now: Instant,
) -> Result<u64> {
    let sql = format!(
        "UPDATE jobs SET state = 'ready', attempts = 0, run_at = $3, locked_by = NULL WHERE id IN
           (SELECT id FROM jobs WHERE state = 'dead' AND ($1 IS NULL OR organization_id = $1)
              AND ($2 IS NULL OR kind = $2) ORDER BY run_at, id LIMIT {limit})"
    );
    let values = values![
        organization.map(|o| o.0),
        kind.map(str::to_owned),
        to_db(now)
    ];
    tx.execute(&sql, values).await
}

pub(in crate::jobs) async fn discard(
    tx: &Tx,
    organization: Option<OrganizationId>,
    id: Uuid,
) -> Result<bool> {
    let sql = "DELETE FROM jobs WHERE id = $1 AND state = 'dead' AND ($2 IS NULL OR organization_id = $2)";
    let values = values![id, organization.map(|o| o.0)];
    Ok(tx.execute(sql, values).await? == 1)
}
