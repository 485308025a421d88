//! People and teams that a ticket names.

use steward_db::{Executor, FromQueryResult, values};
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
