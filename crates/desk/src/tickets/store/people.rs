//! People and teams that a ticket names.

use steward_db::{Executor, Filter, FromQueryResult, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct Named {
    name: String,
}

/// Name of an active person of the organization.
pub(in crate::tickets) async fn person_name<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<String>> {
    let sql = "SELECT first_name || ' ' || last_name AS name FROM users
        WHERE organization_id = $1 AND id = $2 AND is_active AND deleted_at IS NULL";
    Ok(db
        .optional::<Named>(sql, values![organization.0, id])
        .await?
        .map(|n| n.name))
}

/// Name of a team of the organization.
pub(in crate::tickets) async fn team_name<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<String>> {
    let sql = "SELECT name FROM teams WHERE organization_id = $1 AND id = $2";
    Ok(db
        .optional::<Named>(sql, values![organization.0, id])
        .await?
        .map(|n| n.name))
}

#[derive(Debug, FromQueryResult)]
struct PersonId {
    id: Uuid,
}

/// Active people by username; names that nobody has are left out.
pub(in crate::tickets) async fn people_named<E: Executor>(
    db: &E,
    organization: OrganizationId,
    usernames: &[String],
) -> Result<Vec<Uuid>> {
    if usernames.is_empty() {
        return Ok(Vec::new());
    }
    let mut filter = Filter::default();
    filter.and("organization_id = ?", values![organization.0]);
    filter.and("is_active AND deleted_at IS NULL", values![]);
    filter.and_in("username", usernames.iter().cloned());
    let sql = format!(
        "SELECT id FROM users WHERE {} ORDER BY username",
        filter.sql()
    );
    let rows: Vec<PersonId> = db.all(&sql, filter.values()).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A team by its name, in any case.
pub(in crate::tickets) async fn team_named<E: Executor>(
    db: &E,
    organization: OrganizationId,
    name: &str,
) -> Result<Option<Uuid>> {
    let sql = "SELECT id FROM teams WHERE organization_id = $1 AND lower(name) = lower($2)";
    let row: Option<PersonId> = db.optional(sql, values![organization.0, name]).await?;
    Ok(row.map(|row| row.id))
}
