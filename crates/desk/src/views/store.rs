//! Every statement of saved views.

use chrono::{DateTime, Utc};
use serde_json::Value;
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// A row of `saved_views` with the names of its owner and team.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct ViewRow {
    pub(super) id: Uuid,
    pub(super) owner_id: Uuid,
    pub(super) owner_name: String,
    pub(super) scope: String,
    pub(super) team_id: Option<Uuid>,
    pub(super) team_name: Option<String>,
    pub(super) name: String,
    pub(super) filters: Value,
    pub(super) sort: Option<String>,
    pub(super) columns: Value,
    pub(super) layout: Option<String>,
    pub(super) group_by: Option<String>,
    pub(super) position: i32,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

const SELECT: &str =
    "SELECT v.*, u.first_name || ' ' || u.last_name AS owner_name, t.name AS team_name
  FROM saved_views v JOIN users u ON u.id = v.owner_id
  LEFT JOIN teams t ON t.id = v.team_id AND t.organization_id = v.organization_id";

/// What the actor sees, over `saved_views v` (its twin is `policy::sees`).
fn visible(actor: &Actor) -> Filter {
    let mut filter = Filter::default();
    filter.and("v.organization_id = ?", values![actor.organization_id.0]);
    let mut clause = "v.owner_id = ? OR v.scope = 'organization'".to_owned();
    let mut values = values![actor.user_id.0];
    if !actor.teams.is_empty() {
        let marks = vec!["?"; actor.teams.len()].join(", ");
        clause.push_str(&format!(
            " OR (v.scope = 'team' AND v.team_id IN ({marks}))"
        ));
        values.extend(actor.teams.iter().map(|team| team.0.into()));
    }
    filter.and(&clause, values);
    filter
}

/// Own views first, then those of teams, then those of the organization.
pub(super) async fn all<E: Executor>(db: &E, actor: &Actor) -> Result<Vec<ViewRow>> {
    let filter = visible(actor);
    let sql = format!(
        "{SELECT} WHERE {} ORDER BY CASE v.scope WHEN 'mine' THEN 0 WHEN 'team' THEN 1 ELSE 2 END,
           v.position, v.name, v.id LIMIT 500",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

pub(super) async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<Option<ViewRow>> {
    let mut filter = visible(actor);
    filter.and("v.id = ?", values![id]);
    db.optional(&format!("{SELECT} WHERE {}", filter.sql()), filter.values())
        .await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count_own(tx: &Tx, actor: &Actor) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM saved_views WHERE organization_id = $1 AND owner_id = $2";
    let values = values![actor.organization_id.0, actor.user_id.0];
    let row: Option<Count> = tx.optional(sql, values).await?;
    Ok(row.map_or(0, |c| c.n))
}

/// Whether the organization has the team.
pub(super) async fn has_team(tx: &Tx, actor: &Actor, team: Uuid) -> Result<bool> {
    let sql = "SELECT count(*) AS n FROM teams WHERE organization_id = $1 AND id = $2";
    let row: Option<Count> = tx
        .optional(sql, values![actor.organization_id.0, team])
        .await?;
    Ok(row.is_some_and(|c| c.n > 0))
}

/// What may change of a view.
#[derive(Debug, Clone)]
pub(super) struct ViewFields {
    pub(super) scope: &'static str,
    pub(super) team_id: Option<Uuid>,
    pub(super) name: String,
    pub(super) filters: Value,
    pub(super) sort: Option<String>,
    pub(super) columns: Value,
    pub(super) layout: Option<String>,
    pub(super) group_by: Option<String>,
    pub(super) position: i32,
}

pub(super) async fn insert(
    tx: &Tx,
    id: Uuid,
    actor: &Actor,
    fields: &ViewFields,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO saved_views (id, organization_id, owner_id, scope, team_id, name, filters, sort, columns, layout,
           group_by, position, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $13)",
        values![
            id,
            actor.organization_id.0,
            actor.user_id.0,
            fields.scope,
            fields.team_id,
            fields.name.clone(),
            fields.filters.clone(),
            fields.sort.clone(),
            fields.columns.clone(),
            fields.layout.clone(),
            fields.group_by.clone(),
            fields.position,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Saves every field if the row still has `version`.
pub(super) async fn save(
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    version: i64,
    fields: &ViewFields,
    now: Instant,
) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE saved_views SET scope = $4, team_id = $5, name = $6, filters = $7, sort = $8, columns = $9,
               layout = $10, group_by = $11, position = $12, version = version + 1, updated_at = $13
             WHERE id = $1 AND organization_id = $2 AND version = $3",
            values![
                id,
                actor.organization_id.0,
                version,
                fields.scope,
                fields.team_id,
                fields.name.clone(),
                fields.filters.clone(),
                fields.sort.clone(),
                fields.columns.clone(),
                fields.layout.clone(),
                fields.group_by.clone(),
                fields.position,
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Removes the view if it still has `version`, and everyone's choice of it.
pub(super) async fn remove(tx: &Tx, actor: &Actor, id: Uuid, version: i64) -> Result<bool> {
    let organization = actor.organization_id.0;
    let sql = "DELETE FROM saved_views WHERE id = $1 AND organization_id = $2 AND version = $3";
    let gone = tx.execute(sql, values![id, organization, version]).await?;
    let sql = "DELETE FROM default_views WHERE view_id = $1 AND organization_id = $2";
    tx.execute(sql, values![id, organization]).await?;
    Ok(gone == 1)
}

#[derive(Debug, FromQueryResult)]
struct Chosen {
    view_id: Uuid,
}

/// The actor's default view; it may be out of sight by now.
pub(super) async fn chosen<E: Executor>(db: &E, actor: &Actor) -> Result<Option<Uuid>> {
    let sql = "SELECT view_id FROM default_views WHERE user_id = $1 AND organization_id = $2";
    let values = values![actor.user_id.0, actor.organization_id.0];
    let row: Option<Chosen> = db.optional(sql, values).await?;
    Ok(row.map(|row| row.view_id))
}

pub(super) async fn choose(tx: &Tx, actor: &Actor, view: Uuid) -> Result<()> {
    let sql = "INSERT INTO default_views (user_id, organization_id, view_id) VALUES ($1, $2, $3)
        ON CONFLICT (user_id) DO UPDATE SET view_id = $3";
    let values = values![actor.user_id.0, actor.organization_id.0, view];
    tx.execute(sql, values).await.map(drop)
}

/// Forgets the actor's choice of a view; false when it was another.
pub(super) async fn unchoose(tx: &Tx, actor: &Actor, view: Uuid) -> Result<bool> {
    let sql =
        "DELETE FROM default_views WHERE user_id = $1 AND organization_id = $2 AND view_id = $3";
    let values = values![actor.user_id.0, actor.organization_id.0, view];
    Ok(tx.execute(sql, values).await? == 1)
}
