//! Statements of channels.

use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Executor, FromQueryResult, Tx, bulk, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A row of `notification_channels` with the name of its team.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::channels) struct ChannelRow {
    pub(in crate::channels) id: Uuid,
    pub(in crate::channels) organization_id: Uuid,
    pub(in crate::channels) kind: String,
    pub(in crate::channels) name: String,
    pub(in crate::channels) team_id: Option<Uuid>,
    pub(in crate::channels) team_name: Option<String>,
    pub(in crate::channels) topics: Value,
    pub(in crate::channels) settings: String,
    pub(in crate::channels) is_active: bool,
    pub(in crate::channels) organization_name: String,
    pub(in crate::channels) locale: String,
    pub(in crate::channels) version: i64,
    pub(in crate::channels) created_at: DateTime<Utc>,
    pub(in crate::channels) updated_at: DateTime<Utc>,
}

const CHANNELS: &str = "SELECT c.id, c.organization_id, c.kind, c.name, c.team_id, m.name AS team_name, c.topics, c.settings,
    c.is_active, o.name AS organization_name, o.locale, c.version, c.created_at, c.updated_at
    FROM notification_channels c JOIN organizations o ON o.id = c.organization_id
    LEFT JOIN teams m ON m.id = c.team_id WHERE c.deleted_at IS NULL";

/// Every channel of the organization, by name.
pub(in crate::channels) async fn all<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<ChannelRow>> {
    let sql = format!("{CHANNELS} AND c.organization_id = $1 ORDER BY c.name, c.id");
    db.all(&sql, values![organization.0]).await
}

/// One channel of the organization.
pub(in crate::channels) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<ChannelRow>> {
    let sql = format!("{CHANNELS} AND c.organization_id = $1 AND c.id = $2");
    db.optional(&sql, values![organization.0, id]).await
}

/// Active channels of some teams of the organization.
pub(in crate::channels) async fn of_teams<E: Executor>(
    db: &E,
    organization: OrganizationId,
    teams: &[Uuid],
) -> Result<Vec<ChannelRow>> {
    let sql = format!(
        "{CHANNELS} AND c.organization_id = $1 AND c.is_active AND c.team_id IN {{in}} ORDER BY c.id"
    );
    let teams = teams.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, &sql, values![organization.0], teams).await
}

#[derive(Debug, FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The channel by which the organization sends short messages.
pub(in crate::channels) async fn sms<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Option<Uuid>> {
    let sql = "SELECT id FROM notification_channels
        WHERE organization_id = $1 AND kind = 'sms' AND is_active AND deleted_at IS NULL ORDER BY name, id LIMIT 1";
    let row: Option<Id> = db.optional(sql, values![organization.0]).await?;
    Ok(row.map(|row| row.id))
}

pub(in crate::channels) async fn insert(tx: &Tx, row: &ChannelRow, now: Instant) -> Result<()> {
    tx.execute(
        "INSERT INTO notification_channels (id, organization_id, kind, name, team_id, topics, settings, is_active,
           version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)",
        values![
            row.id,
            row.organization_id,
            row.kind.clone(),
            row.name.clone(),
            row.team_id,
            row.topics.clone(),
            row.settings.clone(),
            row.is_active,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Keeps a changed channel over the version that was seen; false when someone was faster.
pub(in crate::channels) async fn save(tx: &Tx, row: &ChannelRow, now: Instant) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE notification_channels SET name = $3, team_id = $4, topics = $5, settings = $6, is_active = $7,
               version = version + 1, updated_at = $8
             WHERE id = $1 AND version = $2 AND deleted_at IS NULL",
            values![
                row.id,
                row.version,
                row.name.clone(),
                row.team_id,
                row.topics.clone(),
                row.settings.clone(),
                row.is_active,
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Removes a channel and forgets how it was reached.
pub(in crate::channels) async fn delete(tx: &Tx, id: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE notification_channels SET deleted_at = $2, is_active = FALSE, settings = '' WHERE id = $1";
    tx.execute(sql, values![id, to_db(now)]).await.map(drop)
}

/// Whether the organization has this team.
pub(in crate::channels) async fn has_team<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
) -> Result<bool> {
    let sql = "SELECT id FROM teams WHERE organization_id = $1 AND id = $2";
    let row: Option<Id> = db.optional(sql, values![organization.0, team]).await?;
    Ok(row.is_some_and(|row| !row.id.is_nil()))
}
