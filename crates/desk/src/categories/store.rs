//! Every statement of categories.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_domain::categories::rules::{Node, name_key};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A row of `categories`.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct CategoryRow {
    pub(super) id: Uuid,
    pub(super) parent_id: Option<Uuid>,
    pub(super) name: String,
    pub(super) is_active: bool,
    pub(super) position: i32,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

impl From<&CategoryRow> for Node {
    fn from(row: &CategoryRow) -> Self {
        Self {
            id: row.id,
            parent_id: row.parent_id,
            name: row.name.clone(),
            is_active: row.is_active,
            position: row.position,
        }
    }
}

/// Every category of the organization.
pub(super) async fn all<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<CategoryRow>> {
    let sql = "SELECT id, parent_id, name, is_active, position, version, created_at, updated_at
        FROM categories WHERE organization_id = $1";
    db.all(sql, values![organization.0]).await
}

#[derive(Debug, FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The category of this name below a parent.
pub(super) async fn named<E: Executor>(
    db: &E,
    organization: OrganizationId,
    parent: Option<Uuid>,
    name: &str,
) -> Result<Option<Uuid>> {
    let mut values = values![organization.0, name_key(name)];
    let place = match parent {
        None => "parent_id IS NULL",
        Some(parent) => {
            values.push(parent.into());
            "parent_id = $3"
        }
    };
    let sql = format!(
        "SELECT id FROM categories WHERE organization_id = $1 AND name_key = $2 AND {place}"
    );
    let row: Option<Id> = db.optional(&sql, values).await?;
    Ok(row.map(|row| row.id))
}

pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    node: &Node,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO categories (id, organization_id, parent_id, name, name_key, is_active, position, version,
           created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8)",
        values![
            node.id,
            organization.0,
            node.parent_id,
            node.name.clone(),
            name_key(&node.name),
            node.is_active,
            node.position,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn save(
    tx: &Tx,
    organization: OrganizationId,
    node: &Node,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "UPDATE categories SET parent_id = $3, name = $4, name_key = $5, is_active = $6, position = $7,
           version = version + 1, updated_at = $8
         WHERE id = $1 AND organization_id = $2",
        values![
            node.id,
            organization.0,
            node.parent_id,
            node.name.clone(),
            name_key(&node.name),
            node.is_active,
            node.position,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Sets a category's place among its siblings, without counting as a change of it.
pub(super) async fn place(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    position: i32,
) -> Result<()> {
    let sql = "UPDATE categories SET position = $3 WHERE id = $1 AND organization_id = $2";
    tx.execute(sql, values![id, organization.0, position])
        .await
        .map(drop)
}

pub(super) async fn delete(tx: &Tx, organization: OrganizationId, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM categories WHERE id = $1 AND organization_id = $2";
    tx.execute(sql, values![id, organization.0]).await.map(drop)
}
