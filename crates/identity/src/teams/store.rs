//! Every statement of teams.

use steward_db::{Executor, FromQueryResult, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
pub(super) struct TeamRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) member_count: i64,
    pub(super) version: i64,
}

const SELECT: &str = "SELECT t.id, t.name, t.description, t.version,
    (SELECT count(*) FROM team_members m WHERE m.team_id = t.id) AS member_count FROM teams t";

pub(super) async fn all<E: Executor>(db: &E, organization: OrganizationId) -> Result<Vec<TeamRow>> {
    db.all(
        &format!("{SELECT} WHERE t.organization_id = $1 ORDER BY t.name LIMIT 1000"),
        values![organization.0],
    )
    .await
}

pub(super) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<TeamRow>> {
    db.optional(
        &format!("{SELECT} WHERE t.organization_id = $1 AND t.id = $2"),
        values![organization.0, id],
    )
    .await
}

pub(super) async fn insert<E: Executor>(
    db: &E,
    id: Uuid,
    organization: OrganizationId,
    name: &str,
    description: &str,
    now: Instant,
) -> Result<()> {
    db.execute(
        "INSERT INTO teams (id, organization_id, name, description, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, 1, $5, $5)",
        values![id, organization.0, name, description, to_db(now)],
    )
    .await
    .map(drop)
}

pub(super) async fn add_member<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
    user: Uuid,
) -> Result<()> {
    db.execute(
        "INSERT INTO team_members (team_id, user_id, organization_id, role) VALUES ($1, $2, $3, 'member')
         ON CONFLICT DO NOTHING",
        values![team, user, organization.0],
    )
    .await
    .map(drop)
}
