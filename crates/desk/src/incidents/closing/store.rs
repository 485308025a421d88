//! Every statement of closing.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// An organization with its setting.
#[derive(Debug, FromQueryResult)]
pub(super) struct Home {
    pub(super) id: Uuid,
    pub(super) auto_close_days: Option<i32>,
}

/// Every active organization.
pub(super) async fn homes<E: Executor>(db: &E) -> Result<Vec<Home>> {
    let sql = "SELECT o.id, s.auto_close_days FROM organizations o
        LEFT JOIN desk_settings s ON s.organization_id = o.id WHERE o.is_active AND NOT o.is_being_filled ORDER BY o.id";
    db.all(sql, values![]).await
}

/// A resolved ticket.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(super) struct Resolved {
    pub(super) id: Uuid,
    pub(super) resolved_at: DateTime<Utc>,
}

/// Resolved tickets that no review holds back, resolved before an instant and
/// after a row; those longest resolved first.
pub(super) async fn resolved<E: Executor>(
    db: &E,
    organization: OrganizationId,
    before: Instant,
    after: Resolved,
    limit: u32,
) -> Result<Vec<Resolved>> {
    let sql = format!(
        "SELECT id, resolved_at FROM tickets
         WHERE organization_id = $1 AND status = 'resolved' AND resolved_at < $2
           AND (resolved_at, id) > ($3, $4) AND (review_state IS NULL OR review_state <> 'pending')
         ORDER BY resolved_at, id LIMIT {limit}"
    );
    let values = values![organization.0, to_db(before), after.resolved_at, after.id];
    db.all(&sql, values).await
}
