//! Reading what happened to a ticket.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

/// A comment or an activity.
#[derive(Debug, FromQueryResult)]
pub(in crate::tickets) struct TimelineRow {
    pub(in crate::tickets) id: Uuid,
    pub(in crate::tickets) at: DateTime<Utc>,
    pub(in crate::tickets) actor_id: Option<Uuid>,
    pub(in crate::tickets) actor_name: Option<String>,
    pub(in crate::tickets) field: Option<String>,
    pub(in crate::tickets) old_value: Option<String>,
    pub(in crate::tickets) new_value: Option<String>,
    pub(in crate::tickets) body: Option<String>,
    pub(in crate::tickets) visibility: Option<String>,
    pub(in crate::tickets) edited_at: Option<DateTime<Utc>>,
    pub(in crate::tickets) merged_from: Option<String>,
    pub(in crate::tickets) quoted: Option<String>,
    pub(in crate::tickets) signature: Option<String>,
}

/// Keeps what a letter had beside the comment that it became.
pub(in crate::tickets) async fn insert_fold(
    tx: &Tx,
    organization: OrganizationId,
    comment: Uuid,
    (quoted, signature): (&str, &str),
) -> Result<()> {
    let sql = "INSERT INTO comment_folds (comment_id, organization_id, quoted, signature) VALUES ($1, $2, $3, $4)";
    let values = values![comment, organization.0, quoted, signature];
    tx.execute(sql, values).await.map(drop)
}

/// At most 2,000 items, oldest first.
pub(in crate::tickets) async fn timeline<E: Executor>(
    db: &E,
    ticket: Uuid,
    with_internal: bool,
) -> Result<Vec<TimelineRow>> {
    let (only_public, only_open) = if with_internal {
        ("", "")
    } else {
        ("AND c.visibility = 'public'", "AND NOT a.is_internal")
    };
    let sql = format!(
        "SELECT x.id, x.at, x.actor_id, u.first_name || ' ' || u.last_name AS actor_name,
           x.field, x.old_value, x.new_value, x.body, x.visibility, x.edited_at, o.number AS merged_from,
           f.quoted, f.signature
         FROM (
           SELECT c.id, c.created_at AS at, c.author_id AS actor_id, NULL AS field, NULL AS old_value,
             NULL AS new_value, c.body, c.visibility, c.edited_at, c.merged_from_id FROM comments c WHERE c.ticket_id = $1 {only_public}
           UNION ALL
           SELECT a.id, a.at, a.actor_id, a.field, a.old_value, a.new_value, NULL, NULL, NULL, NULL
             FROM activities a WHERE a.ticket_id = $1 {only_open}
         ) x LEFT JOIN users u ON u.id = x.actor_id LEFT JOIN tickets o ON o.id = x.merged_from_id
           LEFT JOIN comment_folds f ON f.comment_id = x.id ORDER BY x.at, x.id LIMIT 2000"
    );
    db.all(&sql, values![ticket]).await
}
