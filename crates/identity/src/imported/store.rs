//! Statements of imported people and teams.

use steward_db::{Executor, FromQueryResult, Tx, bulk, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
pub(super) struct OrganizationRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) time_zone: String,
}

pub(super) async fn organization<E: Executor>(
    db: &E,
    name: &str,
) -> Result<Option<OrganizationRow>> {
    let sql = "SELECT id, name, time_zone FROM organizations WHERE name = $1";
    db.optional(sql, values![name]).await
}

pub(super) async fn organizations<E: Executor>(db: &E, limit: i64) -> Result<Vec<OrganizationRow>> {
    let sql = "SELECT id, name, time_zone FROM organizations ORDER BY name LIMIT $1";
    db.all(sql, values![limit]).await
}

#[derive(Debug, FromQueryResult)]
pub(super) struct EmailRow {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) email: String,
}

/// Accounts with these addresses, in any organization: an address is unique in
/// the deployment.
pub(super) async fn by_emails<E: Executor>(db: &E, emails: &[&str]) -> Result<Vec<EmailRow>> {
    let sql = "SELECT id, organization_id, email FROM users WHERE email IN {in}";
    let emails = emails.iter().map(|email| (*email).into()).collect();
    bulk::select_in(db, sql, values![], emails).await
}

/// A new row of `users` without a password.
#[derive(Debug)]
pub(super) struct NewPerson {
    pub(super) id: Uuid,
    pub(super) username: String,
    pub(super) email: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) is_active: bool,
}

#[derive(Debug, FromQueryResult)]
struct RoleId {
    id: Uuid,
}

/// Inserts people with the role `end_user`.
pub(super) async fn insert_people(
    tx: &Tx,
    organization: OrganizationId,
    people: Vec<NewPerson>,
    now: Instant,
) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let sql = "SELECT id FROM roles WHERE organization_id = $1 AND name = 'end_user'";
    let role: Option<RoleId> = tx.optional(sql, values![organization.0]).await?;
    let role = role.into_iter();
    let grants = role.flat_map(|r| {
        people
            .iter()
            .map(move |p| values![p.id, r.id, organization.0])
    });
    let grants = grants.collect();
    let rows = people
        .into_iter()
        .map(|p| {
            values![
                p.id,
                organization.0,
                p.username,
                p.email,
                p.first_name,
                p.last_name,
                p.is_active,
                false,
                0,
                1_i64,
                to_db(now),
                to_db(now)
            ]
        })
        .collect();
    let head =
        "INSERT INTO users (id, organization_id, username, email, first_name, last_name, is_active,
        is_operator, failed_login_attempts, version, created_at, updated_at)";
    bulk::insert_many(tx, head, rows, "").await?;
    let head = "INSERT INTO user_roles (user_id, role_id, organization_id)";
    bulk::insert_many(tx, head, grants, "").await
}

#[derive(Debug, FromQueryResult)]
pub(super) struct TeamRow {
    pub(super) id: Uuid,
    pub(super) name: String,
}

pub(super) async fn teams<E: Executor>(
    db: &E,
    organization: OrganizationId,
    names: &[&str],
) -> Result<Vec<TeamRow>> {
    let sql = "SELECT id, name FROM teams WHERE organization_id = $1 AND name IN {in}";
    let names = names.iter().map(|name| (*name).into()).collect();
    bulk::select_in(db, sql, values![organization.0], names).await
}

pub(super) async fn insert_teams(
    tx: &Tx,
    organization: OrganizationId,
    teams: Vec<(Uuid, String)>,
    now: Instant,
) -> Result<()> {
    let rows = teams
        .into_iter()
        .map(|(id, name)| values![id, organization.0, name, "", 1_i64, to_db(now), to_db(now)])
        .collect();
    let head = "INSERT INTO teams (id, organization_id, name, description, version, created_at, updated_at)";
    bulk::insert_many(tx, head, rows, "").await
}
