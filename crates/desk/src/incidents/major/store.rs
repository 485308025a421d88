//! Every statement of major incidents.

use chrono::{DateTime, Utc};
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A row of `major_incidents` with the names of its people.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct MajorRow {
    pub(super) is_active: bool,
    pub(super) headline: String,
    pub(super) commander_id: Uuid,
    pub(super) commander_name: String,
    pub(super) cadence_minutes: i32,
    pub(super) declared_by: Uuid,
    pub(super) declared_by_name: String,
    pub(super) declared_at: DateTime<Utc>,
    pub(super) next_update_due_at: DateTime<Utc>,
    pub(super) stood_down_by: Option<Uuid>,
    pub(super) stood_down_by_name: Option<String>,
    pub(super) stood_down_at: Option<DateTime<Utc>>,
    pub(super) stand_down_reason: Option<String>,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

pub(super) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ticket: Uuid,
) -> Result<Option<MajorRow>> {
    let sql = "SELECT m.*, c.first_name || ' ' || c.last_name AS commander_name,
           d.first_name || ' ' || d.last_name AS declared_by_name,
           s.first_name || ' ' || s.last_name AS stood_down_by_name
         FROM major_incidents m JOIN users c ON c.id = m.commander_id JOIN users d ON d.id = m.declared_by
         LEFT JOIN users s ON s.id = m.stood_down_by
         WHERE m.organization_id = $1 AND m.ticket_id = $2";
    db.optional(sql, values![organization.0, ticket]).await
}

/// What a declaration says.
#[derive(Debug)]
pub(super) struct Declaration {
    pub(super) ticket_id: Uuid,
    pub(super) headline: String,
    pub(super) commander_id: Uuid,
    pub(super) cadence_minutes: i32,
    pub(super) declared_by: Uuid,
    pub(super) next_update_due_at: Instant,
}

/// Declares, also what was stood down before.
pub(super) async fn declare(
    tx: &Tx,
    organization: OrganizationId,
    new: &Declaration,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO major_incidents (ticket_id, organization_id, is_active, headline, commander_id, cadence_minutes,
           declared_by, declared_at, next_update_due_at, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $8, $8)
         ON CONFLICT (ticket_id) DO UPDATE SET is_active = excluded.is_active, headline = excluded.headline,
           commander_id = excluded.commander_id, cadence_minutes = excluded.cadence_minutes,
           declared_by = excluded.declared_by, declared_at = excluded.declared_at,
           next_update_due_at = excluded.next_update_due_at, overdue_told_at = NULL,
           stood_down_by = NULL, stood_down_at = NULL, stand_down_reason = NULL,
           version = major_incidents.version + 1, updated_at = excluded.updated_at",
        values![
            new.ticket_id,
            organization.0,
            true,
            new.headline.clone(),
            new.commander_id,
            new.cadence_minutes,
            new.declared_by,
            to_db(now),
            to_db(new.next_update_due_at)
        ],
    )
    .await
    .map(drop)
}

/// Saves what may change and counts the version up.
pub(super) async fn save(tx: &Tx, ticket: Uuid, row: &MajorRow, now: Instant) -> Result<()> {
    tx.execute(
        "UPDATE major_incidents SET is_active = $2, headline = $3, commander_id = $4, cadence_minutes = $5,
           overdue_told_at = CASE WHEN next_update_due_at = $6 THEN overdue_told_at END, next_update_due_at = $6,
           stood_down_by = $7, stood_down_at = $8, stand_down_reason = $9, version = version + 1, updated_at = $10
         WHERE ticket_id = $1",
        values![
            ticket,
            row.is_active,
            row.headline.clone(),
            row.commander_id,
            row.cadence_minutes,
            row.next_update_due_at,
            row.stood_down_by,
            row.stood_down_at,
            row.stand_down_reason.clone(),
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn insert_update(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    ticket: Uuid,
    author: Uuid,
    body: &str,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO major_updates (id, organization_id, ticket_id, author_id, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        values![id, organization.0, ticket, author, body, to_db(now)],
    )
    .await
    .map(drop)
}

/// A row of `major_updates`.
#[derive(Debug, FromQueryResult)]
pub(super) struct UpdateRow {
    pub(super) id: Uuid,
    pub(super) body: String,
    pub(super) created_at: DateTime<Utc>,
}

/// Newest first, under a filter over `major_updates u`.
pub(super) async fn updates<E: Executor>(
    db: &E,
    filter: &Filter,
    limit: u32,
    offset: u64,
) -> Result<Vec<UpdateRow>> {
    let sql = format!(
        "SELECT u.id, u.body, u.created_at FROM major_updates u WHERE {}
         ORDER BY u.created_at DESC, u.id DESC LIMIT {limit} OFFSET {offset}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count_updates<E: Executor>(db: &E, ticket: Uuid) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM major_updates WHERE ticket_id = $1";
    let count: Option<Count> = db.optional(sql, values![ticket]).await?;
    Ok(count.map_or(0, |c| c.n))
}

/// A major incident as the organization reads it.
#[derive(Debug, FromQueryResult)]
pub(super) struct FeedRow {
    pub(super) id: Uuid,
    pub(super) number: String,
    pub(super) headline: String,
    pub(super) status: String,
    pub(super) declared_at: DateTime<Utc>,
    pub(super) resolved_at: Option<DateTime<Utc>>,
    pub(super) next_update_due_at: DateTime<Utc>,
    pub(super) update_id: Option<Uuid>,
    pub(super) update_body: Option<String>,
    pub(super) update_at: Option<DateTime<Utc>>,
}

const FEED: &str = "FROM major_incidents m JOIN tickets t ON t.id = m.ticket_id
    LEFT JOIN major_updates u ON u.id = (SELECT l.id FROM major_updates l WHERE l.ticket_id = m.ticket_id
      ORDER BY l.created_at DESC, l.id DESC LIMIT 1)";

/// Newest first, under a filter over `major_incidents m` and `tickets t`.
pub(super) async fn feed<E: Executor>(
    db: &E,
    filter: &Filter,
    limit: u32,
    offset: u64,
) -> Result<Vec<FeedRow>> {
    let sql = format!(
        "SELECT m.ticket_id AS id, t.number, m.headline, t.status, m.declared_at, t.resolved_at,
           m.next_update_due_at, u.id AS update_id, u.body AS update_body, u.created_at AS update_at
         {FEED} WHERE {} ORDER BY m.declared_at DESC, m.ticket_id DESC LIMIT {limit} OFFSET {offset}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

pub(super) async fn count_feed<E: Executor>(db: &E, filter: &Filter) -> Result<i64> {
    let sql = format!(
        "SELECT count(*) AS n FROM major_incidents m JOIN tickets t ON t.id = m.ticket_id WHERE {}",
        filter.sql()
    );
    let count: Option<Count> = db.optional(&sql, filter.values()).await?;
    Ok(count.map_or(0, |c| c.n))
}

#[derive(Debug, FromQueryResult)]
struct Key {
    id: Uuid,
}

/// Id of a major incident that is in the organization's feed.
pub(super) async fn in_feed<E: Executor>(
    db: &E,
    organization: OrganizationId,
    number: Option<String>,
    id: Option<Uuid>,
) -> Result<Option<Uuid>> {
    let sql = "SELECT t.id FROM tickets t JOIN major_incidents m ON m.ticket_id = t.id
        WHERE t.organization_id = $1 AND m.is_active AND (t.number = $2 OR t.id = $3)";
    let key: Option<Key> = db
        .optional(sql, values![organization.0, number, id])
        .await?;
    Ok(key.map(|key| key.id))
}

#[derive(Debug, FromQueryResult)]
struct Children {
    open: i64,
    total: i64,
}

/// How many incidents are parts of this one: open, and all.
pub(super) async fn children<E: Executor>(db: &E, ticket: Uuid) -> Result<(i64, i64)> {
    let sql = "SELECT count(*) AS total,
           count(CASE WHEN status NOT IN ('resolved', 'closed', 'cancelled', 'rejected') THEN 1 END) AS open
         FROM tickets WHERE parent_id = $1 AND kind = 'incident'";
    let counts: Option<Children> = db.optional(sql, values![ticket]).await?;
    Ok(counts.map_or((0, 0), |c| (c.open, c.total)))
}

/// A row of `major_reviews`.
#[derive(Debug, FromQueryResult)]
pub(super) struct ReviewRow {
    pub(super) outcome: String,
    pub(super) timeline_notes: String,
    pub(super) root_cause: String,
    pub(super) lessons: String,
    pub(super) actions: serde_json::Value,
    pub(super) reviewed_by: Uuid,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

pub(super) async fn review<E: Executor>(db: &E, ticket: Uuid) -> Result<Option<ReviewRow>> {
    let sql = "SELECT outcome, timeline_notes, root_cause, lessons, actions, reviewed_by, created_at, updated_at
         FROM major_reviews WHERE ticket_id = $1";
    db.optional(sql, values![ticket]).await
}

/// The texts of a review.
#[derive(Debug)]
pub(super) struct NewReview {
    pub(super) outcome: String,
    pub(super) timeline_notes: String,
    pub(super) root_cause: String,
    pub(super) lessons: String,
    pub(super) actions: serde_json::Value,
}

pub(super) async fn save_review(
    tx: &Tx,
    organization: OrganizationId,
    ticket: Uuid,
    reviewer: Uuid,
    new: NewReview,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO major_reviews (ticket_id, organization_id, outcome, timeline_notes, root_cause, lessons, actions,
           reviewed_by, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         ON CONFLICT (ticket_id) DO UPDATE SET outcome = excluded.outcome, timeline_notes = excluded.timeline_notes,
           root_cause = excluded.root_cause, lessons = excluded.lessons, actions = excluded.actions,
           reviewed_by = excluded.reviewed_by, updated_at = excluded.updated_at",
        values![
            ticket,
            organization.0,
            new.outcome,
            new.timeline_notes,
            new.root_cause,
            new.lessons,
            new.actions,
            reviewer,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// A person's name.
#[derive(Debug, FromQueryResult)]
pub(super) struct Named {
    pub(super) id: Uuid,
    pub(super) name: String,
}

/// Names of people of the organization, also of those who left.
pub(super) async fn names<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ids: Vec<Uuid>,
) -> Result<Vec<Named>> {
    let mut filter = Filter::default();
    filter.and("organization_id = ?", values![organization.0]);
    filter.and_in("id", ids);
    let sql = format!(
        "SELECT id, first_name || ' ' || last_name AS name FROM users WHERE {}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

/// A major incident whose stakeholders wait for a word.
#[derive(Debug, FromQueryResult)]
pub(super) struct OverdueRow {
    pub(super) ticket_id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) number: String,
    pub(super) commander_id: Uuid,
    pub(super) next_update_due_at: DateTime<Utc>,
}

/// Those overdue of which nobody was told yet, longest first.
pub(super) async fn overdue<E: Executor>(
    db: &E,
    now: Instant,
    limit: u32,
) -> Result<Vec<OverdueRow>> {
    let sql = format!(
        "SELECT m.ticket_id, m.organization_id, t.number, m.commander_id, m.next_update_due_at
         FROM major_incidents m JOIN tickets t ON t.id = m.ticket_id
         WHERE m.is_active AND m.overdue_told_at IS NULL AND m.next_update_due_at <= $1
           AND t.status NOT IN ('resolved', 'closed', 'cancelled', 'rejected')
         ORDER BY m.next_update_due_at LIMIT {limit}"
    );
    db.all(&sql, values![to_db(now)]).await
}

/// Notes that somebody was told of this due; false when another was faster or
/// an update came between.
pub(super) async fn told(tx: &Tx, row: &OverdueRow, now: Instant) -> Result<bool> {
    let sql = "UPDATE major_incidents SET overdue_told_at = $3
        WHERE ticket_id = $1 AND next_update_due_at = $2 AND overdue_told_at IS NULL AND is_active";
    let values = values![row.ticket_id, row.next_update_due_at, to_db(now)];
    Ok(tx.execute(sql, values).await? == 1)
}
