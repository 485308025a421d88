//! Every statement of teams.

use steward_db::{Executor, Filter, FromQueryResult, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
pub(super) struct TeamRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) assignment_strategy: Option<String>,
    pub(super) member_count: i64,
    pub(super) version: i64,
}

const SELECT: &str = "SELECT t.id, t.name, t.description, t.assignment_strategy, t.version,
    (SELECT count(*) FROM team_members m WHERE m.team_id = t.id) AS member_count FROM teams t";

/// Teams whose name or description contains `words`, and that `member` belongs to.
pub(super) async fn all<E: Executor>(
    db: &E,
    organization: OrganizationId,
    words: &[String],
    member: Option<Uuid>,
) -> Result<Vec<TeamRow>> {
    let mut filter = Filter::default();
    filter.and("t.organization_id = ?", values![organization.0]);
    for word in words {
        let clause = "lower(t.name || ' ' || t.description) LIKE ? ESCAPE '!'";
        filter.and(clause, values![contains(word)]);
    }
    if let Some(member) = member {
        let clause =
            "EXISTS (SELECT 1 FROM team_members tm WHERE tm.team_id = t.id AND tm.user_id = ?)";
        filter.and(clause, values![member]);
    }
    let sql = format!(
        "{SELECT} WHERE {} ORDER BY t.name, t.id LIMIT 1000",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

/// A `LIKE` pattern for texts with `word` in them; `!` escapes.
fn contains(word: &str) -> String {
    let literal = word
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{literal}%")
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

/// What a team is after a change.
pub(super) struct TeamRecord {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) assignment_strategy: Option<&'static str>,
}

/// Writes a team over the version that was read; false when there is a newer one.
pub(super) async fn update<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
    team: &TeamRecord,
    version: i64,
    now: Instant,
) -> Result<bool> {
    let touched = db
        .execute(
            "UPDATE teams SET name = $4, description = $5, assignment_strategy = $6,
               version = version + 1, updated_at = $7
             WHERE id = $1 AND organization_id = $2 AND version = $3",
            values![
                id,
                organization.0,
                version,
                team.name.clone(),
                team.description.clone(),
                team.assignment_strategy,
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn add_member<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
    user: Uuid,
) -> Result<bool> {
    let sql = "INSERT INTO team_members (team_id, user_id, organization_id, role) VALUES ($1, $2, $3, 'member')
        ON CONFLICT DO NOTHING";
    let touched = db.execute(sql, values![team, user, organization.0]).await?;
    Ok(touched == 1)
}

#[derive(Debug, FromQueryResult)]
pub(super) struct MemberRow {
    pub(super) user_id: Uuid,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) is_active: bool,
}

/// Members of a team: leads first, then by name.
pub(super) async fn members<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
) -> Result<Vec<MemberRow>> {
    db.all(
        "SELECT u.id AS user_id, u.first_name || ' ' || u.last_name AS name, m.role, u.is_active
         FROM team_members m JOIN users u ON u.id = m.user_id
         WHERE m.organization_id = $1 AND m.team_id = $2 AND u.deleted_at IS NULL
         ORDER BY CASE m.role WHEN 'lead' THEN 0 ELSE 1 END, u.last_name, u.first_name, u.id LIMIT 1000",
        values![organization.0, team],
    )
    .await
}

/// Gives a member another role in the team; false when they are no member.
pub(super) async fn set_role<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
    user: Uuid,
    role: &'static str,
) -> Result<bool> {
    let sql = "UPDATE team_members SET role = $4 WHERE organization_id = $1 AND team_id = $2 AND user_id = $3";
    let touched = db
        .execute(sql, values![organization.0, team, user, role])
        .await?;
    Ok(touched == 1)
}

/// Takes a member out; false when they were none.
pub(super) async fn remove_member<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
    user: Uuid,
) -> Result<bool> {
    let sql =
        "DELETE FROM team_members WHERE organization_id = $1 AND team_id = $2 AND user_id = $3";
    let touched = db.execute(sql, values![organization.0, team, user]).await?;
    Ok(touched == 1)
}
