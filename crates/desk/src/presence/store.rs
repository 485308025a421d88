//! Every statement of presence.

use chrono::{DateTime, Utc};
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// A row of `ticket_presence` with the person's name.
#[derive(Debug, FromQueryResult)]
pub(super) struct PresenceRow {
    pub(super) ticket_id: Uuid,
    pub(super) user_id: Uuid,
    pub(super) user_name: String,
    pub(super) activity: String,
    pub(super) seen_at: DateTime<Utc>,
}

/// Heartbeats since an instant on tickets under a filter over `tickets t`, by
/// ticket and name.
pub(super) async fn since<E: Executor>(
    db: &E,
    tickets: &Filter,
    after: Instant,
) -> Result<Vec<PresenceRow>> {
    let mut filter = tickets.clone();
    filter.and("p.seen_at > ?", values![to_db(after)]);
    let sql = format!(
        "SELECT p.ticket_id, p.user_id, u.first_name || ' ' || u.last_name AS user_name, p.activity, p.seen_at
         FROM tickets t JOIN ticket_presence p ON p.ticket_id = t.id JOIN users u ON u.id = p.user_id
         WHERE {} ORDER BY p.ticket_id, user_name, p.user_id LIMIT 2000",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

/// Keeps a heartbeat in place of the person's last on this ticket.
pub(super) async fn keep(
    tx: &Tx,
    actor: &Actor,
    ticket: Uuid,
    activity: &str,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO ticket_presence (ticket_id, user_id, organization_id, activity, seen_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (ticket_id, user_id) DO UPDATE SET activity = excluded.activity, seen_at = excluded.seen_at",
        values![
            ticket,
            actor.user_id.0,
            actor.organization_id.0,
            activity,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Forgets the person on this ticket.
pub(super) async fn forget(tx: &Tx, actor: &Actor, ticket: Uuid) -> Result<()> {
    let sql = "DELETE FROM ticket_presence WHERE ticket_id = $1 AND user_id = $2 AND organization_id = $3";
    let values = values![ticket, actor.user_id.0, actor.organization_id.0];
    tx.execute(sql, values).await.map(drop)
}

/// Throws heartbeats before an instant away.
pub(super) async fn remove_old(tx: &Tx, before: Instant) -> Result<u64> {
    let sql = "DELETE FROM ticket_presence WHERE seen_at < $1";
    tx.execute(sql, values![to_db(before)]).await
}
