//! Every statement of departments and sites.

use steward_db::{Executor, FromQueryResult, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct Found {
    #[expect(dead_code, reason = "only its presence counts")]
    id: Uuid,
}

pub(crate) async fn has_department<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<bool> {
    let sql = "SELECT id FROM departments WHERE organization_id = $1 AND id = $2";
    let found = db.optional::<Found>(sql, values![organization.0, id]);
    Ok(found.await?.is_some())
}

pub(crate) async fn has_site<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<bool> {
    let sql = "SELECT id FROM sites WHERE organization_id = $1 AND id = $2";
    let found = db.optional::<Found>(sql, values![organization.0, id]);
    Ok(found.await?.is_some())
}
