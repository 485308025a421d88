//! What rebuilding reads: tickets with their history.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use steward_db::{Executor, FromQueryResult, bulk, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

/// A ticket as it is now.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::sla) struct TicketNow {
    pub(in crate::sla) id: Uuid,
    pub(in crate::sla) number: String,
    pub(in crate::sla) title: String,
    pub(in crate::sla) status: String,
    pub(in crate::sla) priority: String,
    pub(in crate::sla) first_response_at: Option<DateTime<Utc>>,
    pub(in crate::sla) created_at: DateTime<Utc>,
}

const TICKETS: &str =
    "SELECT id, number, title, status, priority, first_response_at, created_at FROM tickets";

/// Tickets of an organization after an id, in order of ids.
pub(in crate::sla) async fn tickets_after<E: Executor>(
    db: &E,
    organization: OrganizationId,
    after: Uuid,
    limit: u32,
) -> Result<Vec<TicketNow>> {
    let sql = format!("{TICKETS} WHERE organization_id = $1 AND id > $2 ORDER BY id LIMIT {limit}");
    db.all(&sql, values![organization.0, after]).await
}

/// Tickets by id.
pub(in crate::sla) async fn tickets<E: Executor>(db: &E, ids: &[Uuid]) -> Result<Vec<TicketNow>> {
    let sql = format!("{TICKETS} WHERE id IN {{in}}");
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, &sql, values![], ids).await
}

/// A changed field that clocks care about.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::sla) struct ActivityRow {
    pub(in crate::sla) ticket_id: Uuid,
    pub(in crate::sla) at: DateTime<Utc>,
    pub(in crate::sla) field: String,
    pub(in crate::sla) old_value: Option<String>,
    pub(in crate::sla) new_value: Option<String>,
}

/// Changes of tickets, oldest first.
pub(in crate::sla) async fn activities<E: Executor>(
    db: &E,
    ids: &[Uuid],
) -> Result<Vec<ActivityRow>> {
    let sql = "SELECT ticket_id, at, field, old_value, new_value FROM activities WHERE ticket_id IN {in}
        AND (field IN ('status', 'priority', 'merged_into', 'category', 'subcategory', 'team', 'tags', 'requester',
          'requested_for', 'impact', 'urgency', 'is_major') OR field LIKE 'custom_fields.%')
        ORDER BY ticket_id, at, id";
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![], ids).await
}

/// When something was said publicly by someone else than the requesters.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::sla) struct NewsRow {
    pub(in crate::sla) ticket_id: Uuid,
    pub(in crate::sla) at: DateTime<Utc>,
}

/// Public words about tickets by those who are not their requesters, oldest
/// first; what came with a merged ticket was said about that one.
pub(in crate::sla) async fn news<E: Executor>(db: &E, ids: &[Uuid]) -> Result<Vec<NewsRow>> {
    let sql = "SELECT t.id AS ticket_id, c.created_at AS at FROM comments c
        JOIN tickets t ON t.id = coalesce(c.merged_from_id, c.ticket_id)
        WHERE t.id IN {in} AND c.visibility = 'public' AND c.author_id <> t.requester_id
          AND c.author_id <> coalesce(t.requested_for_id, t.requester_id)
        ORDER BY t.id, c.created_at";
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![], ids).await
}

/// Ids of the organization's teams by name.
pub(in crate::sla) async fn teams<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<BTreeMap<String, Uuid>> {
    #[derive(Debug, FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
    }
    let sql = "SELECT id, name FROM teams WHERE organization_id = $1";
    let rows: Vec<Row> = db.all(sql, values![organization.0]).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}

/// Every organization, by id.
pub(in crate::sla) async fn organizations<E: Executor>(db: &E) -> Result<Vec<Uuid>> {
    #[derive(Debug, FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let sql = "SELECT id FROM organizations ORDER BY id";
    let rows: Vec<Row> = db.all(sql, values![]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
