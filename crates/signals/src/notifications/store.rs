//! Every statement of notifications.

use chrono::{DateTime, Utc};
use std::time::Duration;
use steward_db::{Executor, Filter, FromQueryResult, Tx, bulk, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// Read notifications are kept this long.
const KEPT: Duration = Duration::from_secs(90 * 24 * 3600);

/// A new row of `notifications`.
#[derive(Debug)]
pub(super) struct NewNotification {
    pub(super) id: Uuid,
    pub(super) user_id: Uuid,
    pub(super) event_id: Uuid,
    pub(super) reason: &'static str,
    /// Nil when it is about a webhook.
    pub(super) ticket_id: Uuid,
    pub(super) webhook_id: Option<Uuid>,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) actor_id: Option<Uuid>,
    pub(super) at: Instant,
}

/// Adds notifications, except to those who were told of the event already.
pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    new: Vec<NewNotification>,
) -> Result<()> {
    let head = "INSERT INTO notifications (id, organization_id, user_id, event_id, reason, ticket_id, number, title,
        actor_id, created_at, webhook_id)";
    let row = |new: NewNotification| {
        values![
            new.id,
            organization.0,
            new.user_id,
            new.event_id,
            new.reason,
            new.ticket_id,
            new.number,
            new.title,
            new.actor_id,
            to_db(new.at),
            new.webhook_id
        ]
    };
    let rows = new.into_iter().map(row).collect();
    bulk::insert_many(tx, head, rows, "ON CONFLICT (user_id, event_id) DO NOTHING").await
}

/// Drops what a person read long ago.
pub(super) async fn forget(tx: &Tx, user: Uuid, now: Instant) -> Result<()> {
    let before = now.checked_sub(KEPT).unwrap_or(now);
    let sql = "DELETE FROM notifications WHERE user_id = $1 AND read_at < $2";
    tx.execute(sql, values![user, to_db(before)])
        .await
        .map(drop)
}

/// A row of `notifications` with the name of who acted.
#[derive(Debug, FromQueryResult)]
pub(super) struct NotificationRow {
    pub(super) id: Uuid,
    pub(super) reason: String,
    pub(super) ticket_id: Uuid,
    pub(super) webhook_id: Option<Uuid>,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) actor_id: Option<Uuid>,
    pub(super) actor_name: Option<String>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) read_at: Option<DateTime<Utc>>,
}

/// Which of a person's notifications are wanted.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) user: Uuid,
    pub(super) is_unread: bool,
    pub(super) reasons: Option<Vec<&'static str>>,
}

pub(super) async fn page<E: Executor>(
    db: &E,
    wanted: &Wanted,
    after: Option<(Instant, Uuid)>,
    limit: u32,
) -> Result<Vec<NotificationRow>> {
    let mut filter = Filter::default();
    filter.and("n.user_id = ?", values![wanted.user]);
    if wanted.is_unread {
        filter.and("n.read_at IS NULL", values![]);
    }
    if let Some(reasons) = &wanted.reasons {
        filter.and_in("n.reason", reasons.iter().copied());
    }
    if let Some((at, id)) = after {
        filter.and("(n.created_at, n.id) < (?, ?)", values![to_db(at), id]);
    }
    let sql = format!(
        "SELECT n.id, n.reason, n.ticket_id, n.webhook_id, n.number, n.title, n.actor_id,
           u.first_name || ' ' || u.last_name AS actor_name, n.created_at, n.read_at
         FROM notifications n LEFT JOIN users u ON u.id = n.actor_id
         WHERE {} ORDER BY n.created_at DESC, n.id DESC LIMIT {limit}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn unread<E: Executor>(db: &E, user: Uuid, most: u32) -> Result<i64> {
    let sql = format!(
        "SELECT count(*) AS n FROM
           (SELECT 1 FROM notifications WHERE user_id = $1 AND read_at IS NULL LIMIT {most}) x"
    );
    let row: Option<Count> = db.optional(&sql, values![user]).await?;
    Ok(row.map_or(0, |row| row.n))
}

/// Marks one of the person's as read; false when there is none with this id.
pub(super) async fn read(tx: &Tx, user: Uuid, id: Uuid, now: Instant) -> Result<bool> {
    let sql =
        "UPDATE notifications SET read_at = coalesce(read_at, $3) WHERE id = $1 AND user_id = $2";
    Ok(tx.execute(sql, values![id, user, to_db(now)]).await? == 1)
}

pub(super) async fn read_all(tx: &Tx, user: Uuid, now: Instant) -> Result<()> {
    let sql = "UPDATE notifications SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL";
    tx.execute(sql, values![user, to_db(now)]).await.map(drop)
}
