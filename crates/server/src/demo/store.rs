//! What has been told of the story.

use steward_db::{Executor, FromQueryResult, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A ticket of the story.
#[derive(Debug, FromQueryResult)]
pub(super) struct Reported {
    pub(super) id: Uuid,
    pub(super) number: String,
}

/// The ticket of this title that was reported at an instant.
pub(super) async fn reported<E: Executor>(
    db: &E,
    organization: OrganizationId,
    title: &str,
    at: Instant,
) -> Result<Option<Reported>> {
    let sql = "SELECT id, number FROM tickets
        WHERE organization_id = $1 AND created_at = $2 AND title = $3 LIMIT 1";
    let values = values![organization.0, to_db(at), title];
    db.optional(sql, values).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

/// Whether something happened to a ticket at an instant.
pub(super) async fn has_happened<E: Executor>(db: &E, ticket: Uuid, at: Instant) -> Result<bool> {
    let sql = "SELECT (SELECT count(*) FROM activities WHERE ticket_id = $1 AND at = $2)
        + (SELECT count(*) FROM comments WHERE ticket_id = $1 AND created_at = $2) AS n";
    let found: Option<Count> = db.optional(sql, values![ticket, to_db(at)]).await?;
    Ok(found.is_some_and(|count| count.n > 0))
}
