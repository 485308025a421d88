//! Every statement of the priority matrix.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_identity::organizations;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};

/// A row of `priority_matrices`.
#[derive(Debug, FromQueryResult)]
pub(super) struct MatrixRow {
    pub(super) cells: serde_json::Value,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

pub(super) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Option<MatrixRow>> {
    let sql = "SELECT cells, version, created_at, updated_at FROM priority_matrices WHERE organization_id = $1";
    db.optional(sql, values![organization.0]).await
}

#[derive(Debug, FromQueryResult)]
struct Version {
    version: i64,
}

/// Version of the matrix, 0 before the first change. Holds the organization,
/// because the matrix may have no row yet.
pub(super) async fn lock(tx: &Tx, organization: OrganizationId) -> Result<i64> {
    organizations::hold(tx, organization).await?;
    let sql = "SELECT version FROM priority_matrices WHERE organization_id = $1";
    let row = tx.optional::<Version>(sql, values![organization.0]).await?;
    Ok(row.map_or(0, |row| row.version))
}

pub(super) async fn save(
    tx: &Tx,
    organization: OrganizationId,
    cells: serde_json::Value,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO priority_matrices (organization_id, cells, version, created_at, updated_at)
         VALUES ($1, $2, 1, $3, $3)
         ON CONFLICT (organization_id) DO UPDATE SET cells = excluded.cells,
           version = priority_matrices.version + 1, updated_at = excluded.updated_at",
        values![organization.0, cells, to_db(now)],
    )
    .await
    .map(drop)
}
