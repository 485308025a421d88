//! Every statement of organizations.

use steward_db::{Executor, FromQueryResult, time::to_db, values};
use steward_kernel::{Instant, Result};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct Found {
    id: Uuid,
}

pub(super) async fn by_name<E: Executor>(db: &E, name: &str) -> Result<Option<Uuid>> {
    Ok(db
        .optional::<Found>(
            "SELECT id FROM organizations WHERE name = $1",
            values![name],
        )
        .await?
        .map(|f| f.id))
}

pub(super) async fn any<E: Executor>(db: &E) -> Result<bool> {
    Ok(db
        .optional::<Found>("SELECT id FROM organizations LIMIT 1", values![])
        .await?
        .is_some())
}

pub(super) async fn insert<E: Executor>(
    db: &E,
    id: Uuid,
    name: &str,
    domain: &str,
    now: Instant,
) -> Result<()> {
    db.execute(
        "INSERT INTO organizations (id, name, domain, is_active, time_zone, locale, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, 'UTC', 'en', 1, $5, $5)",
        values![id, name, domain, true, to_db(now)],
    )
    .await
    .map(drop)
}
