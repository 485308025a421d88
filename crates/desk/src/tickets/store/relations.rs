//! Watchers, links, children, merged comments.

use chrono::{DateTime, Utc};
use steward_db::time::to_db;
use steward_db::{Executor, FromQueryResult, Tx, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct UserId {
    user_id: Uuid,
}

pub(in crate::tickets) async fn watcher_ids<E: Executor>(
    db: &E,
    ticket: Uuid,
) -> Result<Vec<Uuid>> {
    let sql = "SELECT user_id FROM ticket_watchers WHERE ticket_id = $1 ORDER BY user_id LIMIT 500";
    let rows: Vec<UserId> = db.all(sql, values![ticket]).await?;
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}

/// A person by id and name.
#[derive(Debug, FromQueryResult)]
pub(in crate::tickets) struct PersonRow {
    pub(in crate::tickets) id: Uuid,
    pub(in crate::tickets) name: String,
}

pub(in crate::tickets) async fn watchers<E: Executor>(
    db: &E,
    ticket: Uuid,
) -> Result<Vec<PersonRow>> {
    let sql = "SELECT u.id, u.first_name || ' ' || u.last_name AS name FROM ticket_watchers w
        JOIN users u ON u.id = w.user_id WHERE w.ticket_id = $1 ORDER BY u.last_name, u.first_name, u.id LIMIT 500";
    db.all(sql, values![ticket]).await
}

/// Adds a watcher; false when the person watches already.
pub(in crate::tickets) async fn watch(
    tx: &Tx,
    organization: OrganizationId,
    ticket: Uuid,
    user: Uuid,
) -> Result<bool> {
    let sql =
        "INSERT INTO ticket_watchers (ticket_id, user_id, organization_id) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING";
    Ok(tx
        .execute(sql, values![ticket, user, organization.0])
        .await?
        == 1)
}

/// Removes a watcher; false when the person does not watch.
pub(in crate::tickets) async fn unwatch(tx: &Tx, ticket: Uuid, user: Uuid) -> Result<bool> {
    let sql = "DELETE FROM ticket_watchers WHERE ticket_id = $1 AND user_id = $2";
    Ok(tx.execute(sql, values![ticket, user]).await? == 1)
}

/// A link as seen from one of its ends.
#[derive(Debug, FromQueryResult)]
pub(in crate::tickets) struct LinkRow {
    pub(in crate::tickets) id: Uuid,
    pub(in crate::tickets) kind: String,
    pub(in crate::tickets) is_outgoing: bool,
    pub(in crate::tickets) other_id: Uuid,
    pub(in crate::tickets) created_at: DateTime<Utc>,
}

pub(in crate::tickets) async fn links<E: Executor>(db: &E, ticket: Uuid) -> Result<Vec<LinkRow>> {
    let sql = "SELECT id, kind, from_id = $1 AS is_outgoing,
          CASE WHEN from_id = $1 THEN to_id ELSE from_id END AS other_id, created_at
        FROM ticket_links WHERE from_id = $1 OR to_id = $1 ORDER BY created_at, id LIMIT 500";
    db.all(sql, values![ticket]).await
}

/// Adds a link; false when it is there already.
pub(in crate::tickets) async fn link(
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    kind: &str,
    ends: (Uuid, Uuid),
    now: Instant,
) -> Result<bool> {
    let sql = "INSERT INTO ticket_links (id, organization_id, kind, from_id, to_id, created_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let values = values![
        id,
        actor.organization_id.0,
        kind,
        ends.0,
        ends.1,
        actor.user_id.0,
        to_db(now)
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Removes a link of the ticket; false when it has none with this id.
pub(in crate::tickets) async fn unlink(tx: &Tx, ticket: Uuid, link: Uuid) -> Result<bool> {
    let sql = "DELETE FROM ticket_links WHERE id = $1 AND (from_id = $2 OR to_id = $2)";
    Ok(tx.execute(sql, values![link, ticket]).await? == 1)
}

#[derive(Debug, FromQueryResult)]
struct Parent {
    parent_id: Option<Uuid>,
}

/// The parent of a ticket.
pub(in crate::tickets) async fn parent_of<E: Executor>(
    db: &E,
    ticket: Uuid,
) -> Result<Option<Uuid>> {
    let sql = "SELECT parent_id FROM tickets WHERE id = $1";
    let row: Option<Parent> = db.optional(sql, values![ticket]).await?;
    Ok(row.and_then(|row| row.parent_id))
}

#[derive(Debug, FromQueryResult)]
struct Child {
    id: Uuid,
}

/// Incidents that are parts of a ticket and still open, in the order of their ids.
pub(in crate::tickets) async fn open_child_incidents<E: Executor>(
    db: &E,
    parent: Uuid,
    limit: u32,
) -> Result<Vec<Uuid>> {
    let sql = format!(
        "SELECT id FROM tickets WHERE parent_id = $1 AND kind = 'incident'
           AND status NOT IN ('resolved', 'closed', 'cancelled', 'rejected') ORDER BY id LIMIT {limit}"
    );
    let rows: Vec<Child> = db.all(&sql, values![parent]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Moves the comments of `from` to `to`; each remembers where it was written.
pub(in crate::tickets) async fn move_comments(tx: &Tx, from: Uuid, to: Uuid) -> Result<u64> {
    let sql = "UPDATE comments SET ticket_id = $2, merged_from_id = coalesce(merged_from_id, $1) WHERE ticket_id = $1";
    tx.execute(sql, values![from, to]).await
}

/// Moves back from `holder` what `origin` had: its own comments and those of
/// tickets that were merged into it before.
pub(in crate::tickets) async fn return_comments(
    tx: &Tx,
    origin: Uuid,
    holder: Uuid,
) -> Result<u64> {
    let sql = "WITH RECURSIVE merged (id) AS (
            SELECT id FROM tickets WHERE id = $1
            UNION SELECT t.id FROM tickets t JOIN merged m ON t.merged_into_id = m.id)
        UPDATE comments SET ticket_id = $1,
            merged_from_id = CASE WHEN merged_from_id = $1 THEN NULL ELSE merged_from_id END
        WHERE ticket_id = $2 AND merged_from_id IN (SELECT id FROM merged)";
    tx.execute(sql, values![origin, holder]).await
}

/// A comment with what its edit needs.
#[derive(Debug, FromQueryResult)]
pub(in crate::tickets) struct CommentRow {
    pub(in crate::tickets) id: Uuid,
    pub(in crate::tickets) author_id: Uuid,
    pub(in crate::tickets) visibility: String,
    pub(in crate::tickets) body: String,
}

pub(in crate::tickets) async fn comment<E: Executor>(
    db: &E,
    ticket: Uuid,
    id: Uuid,
) -> Result<Option<CommentRow>> {
    let sql =
        "SELECT id, author_id, visibility, body FROM comments WHERE ticket_id = $1 AND id = $2";
    db.optional(sql, values![ticket, id]).await
}

/// Replaces a comment's text and keeps the earlier one.
pub(in crate::tickets) async fn revise(
    tx: &Tx,
    actor: &Actor,
    revision: Uuid,
    comment: &CommentRow,
    body: &str,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO comment_revisions (id, organization_id, comment_id, body, replaced_by, replaced_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        values![
            revision,
            actor.organization_id.0,
            comment.id,
            comment.body.clone(),
            actor.user_id.0,
            to_db(now)
        ],
    )
    .await?;
    let sql = "UPDATE comments SET body = $2, edited_at = $3 WHERE id = $1";
    tx.execute(sql, values![comment.id, body, to_db(now)])
        .await
        .map(drop)
}

/// An earlier text of a comment.
#[derive(Debug, FromQueryResult)]
pub(in crate::tickets) struct RevisionRow {
    pub(in crate::tickets) body: String,
    pub(in crate::tickets) replaced_at: DateTime<Utc>,
}

pub(in crate::tickets) async fn revisions<E: Executor>(
    db: &E,
    comment: Uuid,
) -> Result<Vec<RevisionRow>> {
    let sql = "SELECT body, replaced_at FROM comment_revisions WHERE comment_id = $1 ORDER BY replaced_at, id LIMIT 100";
    db.all(sql, values![comment]).await
}
