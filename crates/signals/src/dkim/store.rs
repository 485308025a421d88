//! Every statement of keys that sign mail. They belong to the deployment, not to
//! an organization.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A row of `dkim_keys` without its private key.
#[derive(Debug, FromQueryResult)]
pub(super) struct KeyRow {
    pub(super) id: Uuid,
    pub(super) domain: String,
    pub(super) selector: String,
    pub(super) public_key: String,
    pub(super) is_active: bool,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

const SELECT: &str =
    "SELECT id, domain, selector, public_key, is_active, version, created_at, updated_at
    FROM dkim_keys";

/// Every key, by domain, the newest of each first: there are few.
pub(super) async fn all<E: Executor>(db: &E) -> Result<Vec<KeyRow>> {
    let mut rows: Vec<KeyRow> = db.all(SELECT, values![]).await?;
    rows.sort_by(|a, b| {
        a.domain
            .cmp(&b.domain)
            .then(b.created_at.cmp(&a.created_at))
    });
    Ok(rows)
}

pub(super) async fn find<E: Executor>(db: &E, id: Uuid) -> Result<Option<KeyRow>> {
    let sql = format!("{SELECT} WHERE id = $1");
    db.optional(&sql, values![id]).await
}

/// A new row.
#[derive(Debug)]
pub(super) struct NewRow {
    pub(super) id: Uuid,
    pub(super) domain: String,
    pub(super) selector: String,
    /// Sealed.
    pub(super) private_key: String,
    pub(super) public_key: String,
}

/// Adds a key; false when the domain has one of this selector.
pub(super) async fn insert(tx: &Tx, new: NewRow, now: Instant) -> Result<bool> {
    let sql =
        "INSERT INTO dkim_keys (id, domain, selector, private_key, public_key, is_active, version,
          created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, false, 1, $6, $6) ON CONFLICT (domain, selector) DO NOTHING";
    let values = values![
        new.id,
        new.domain,
        new.selector,
        new.private_key,
        new.public_key,
        to_db(now)
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Lets no other key of the domain sign.
pub(super) async fn silence_others(tx: &Tx, row: &KeyRow, now: Instant) -> Result<()> {
    let sql = "UPDATE dkim_keys SET is_active = false, version = version + 1, updated_at = $3
        WHERE domain = $1 AND id <> $2 AND is_active";
    let values = values![row.domain.clone(), row.id, to_db(now)];
    tx.execute(sql, values).await.map(drop)
}

/// Switches a key; false when someone was faster.
pub(super) async fn switch(tx: &Tx, row: &KeyRow, is_active: bool, now: Instant) -> Result<bool> {
    let sql = "UPDATE dkim_keys SET is_active = $3, version = version + 1, updated_at = $4
        WHERE id = $1 AND version = $2";
    let values = values![row.id, row.version, is_active, to_db(now)];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Deletes a key that does not sign; false when it does, or someone was faster.
pub(super) async fn delete(tx: &Tx, row: &KeyRow) -> Result<bool> {
    let sql = "DELETE FROM dkim_keys WHERE id = $1 AND version = $2 AND NOT is_active";
    Ok(tx.execute(sql, values![row.id, row.version]).await? == 1)
}
