//! Every statement of escalation.

use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_domain::incidents::escalation::{Cause, Rung};
use steward_kernel::id::{OrganizationId, UserId};
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A new row of `escalations`.
#[derive(Debug)]
pub(super) struct NewEscalation<'a> {
    pub(super) id: Uuid,
    pub(super) ticket_id: Uuid,
    pub(super) rung: Rung,
    pub(super) cause: Cause,
    pub(super) reason: &'a str,
    pub(super) actor_id: Option<Uuid>,
}

/// Writes an escalation; false when this trigger fired at this level before.
pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    new: &NewEscalation<'_>,
    now: Instant,
) -> Result<bool> {
    let touched = tx
        .execute(
            "INSERT INTO escalations (id, organization_id, ticket_id, level, cause, reason, actor_id, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (ticket_id, cause, level) WHERE cause <> 'manual' DO NOTHING",
            values![
                new.id,
                organization.0,
                new.ticket_id,
                i32::from(new.rung.level()),
                new.cause.as_str(),
                new.reason,
                new.actor_id,
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

#[derive(Debug, FromQueryResult)]
struct Person {
    id: Uuid,
}

/// Active people with a role, at most 100.
pub(super) async fn with_role<E: Executor>(
    db: &E,
    organization: OrganizationId,
    role: &str,
) -> Result<Vec<UserId>> {
    let sql = "SELECT u.id FROM roles r JOIN user_roles ur ON ur.role_id = r.id JOIN users u ON u.id = ur.user_id
        WHERE r.organization_id = $1 AND r.name = $2 AND u.is_active AND u.deleted_at IS NULL
        ORDER BY u.id LIMIT 100";
    let rows: Vec<Person> = db.all(sql, values![organization.0, role]).await?;
    Ok(rows.into_iter().map(|p| p.id.into()).collect())
}
