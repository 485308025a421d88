//! Every statement of custom fields.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_domain::custom_fields::model::Definition;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// A row of `custom_fields`.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct FieldRow {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) key: String,
    pub(super) r#type: String,
    pub(super) label: String,
    pub(super) help: String,
    pub(super) is_required: bool,
    pub(super) is_internal: bool,
    pub(super) is_active: bool,
    pub(super) default_value: Option<Value>,
    pub(super) options: Value,
    pub(super) position: i32,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) deleted_at: Option<DateTime<Utc>>,
}

impl FieldRow {
    /// As the rules know it; a removed field cannot be filled.
    pub(super) fn definition(&self) -> Result<Definition> {
        Ok(Definition {
            key: self.key.clone(),
            field_type: self.r#type.parse().map_err(Error::internal)?,
            label: self.label.clone(),
            help: self.help.clone(),
            is_required: self.is_required,
            is_internal: self.is_internal,
            is_active: self.is_active && self.deleted_at.is_none(),
            default: self.default_value.clone().filter(|value| !value.is_null()),
            options: serde_json::from_value(self.options.clone()).map_err(Error::internal)?,
            position: self.position,
        })
    }
}

const COLUMNS: &str =
    "id, kind, key, type, label, help, is_required, is_internal, is_active, default_value,
    options, position, version, created_at, updated_at, deleted_at";

/// The organization's fields, removed ones too, in the order of the screen.
/// They are few: a screen's worth for each kind.
pub(super) async fn all<E: Executor>(
    db: &E,
    organization: OrganizationId,
    kind: Option<&str>,
) -> Result<Vec<FieldRow>> {
    let mut filter = Filter::default();
    filter.and("organization_id = ?", values![organization.0]);
    if let Some(kind) = kind {
        filter.and("kind = ?", values![kind]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM custom_fields WHERE {} ORDER BY kind, position, key",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    kind: &str,
    field: &Definition,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO custom_fields (id, organization_id, kind, key, type, label, help, is_required, is_internal,
           is_active, default_value, options, position, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $14)",
        values![
            id,
            organization.0,
            kind,
            field.key.clone(),
            field.field_type.as_str(),
            field.label.clone(),
            field.help.clone(),
            field.is_required,
            field.is_internal,
            field.is_active,
            field.default.clone(),
            json!(field.options),
            field.position,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn save(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    field: &Definition,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "UPDATE custom_fields SET label = $3, help = $4, is_required = $5, is_internal = $6, is_active = $7,
           default_value = $8, options = $9, position = $10, version = version + 1, updated_at = $11
         WHERE id = $1 AND organization_id = $2",
        values![
            id,
            organization.0,
            field.label.clone(),
            field.help.clone(),
            field.is_required,
            field.is_internal,
            field.is_active,
            field.default.clone(),
            json!(field.options),
            field.position,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Keeps the row, because tickets have values of it.
pub(super) async fn remove(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    now: Instant,
) -> Result<()> {
    let sql = "UPDATE custom_fields SET deleted_at = $3, version = version + 1, updated_at = $3
        WHERE id = $1 AND organization_id = $2";
    tx.execute(sql, values![id, organization.0, to_db(now)])
        .await
        .map(drop)
}

#[derive(Debug, FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

/// Names of people of the organization, whether or not they still are.
pub(super) async fn names<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut filter = Filter::default();
    filter.and("organization_id = ?", values![organization.0]);
    filter.and_in("id", ids.iter().copied());
    let sql = format!(
        "SELECT id, first_name || ' ' || last_name AS name FROM users WHERE {}",
        filter.sql()
    );
    let rows: Vec<Named> = db.all(&sql, filter.values()).await?;
    let named = |row: Named| (row.id, row.name.trim().to_owned());
    Ok(rows.into_iter().map(named).collect())
}
