//! Every statement of attachments and stray files.

use chrono::{DateTime, Utc};
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// A row of `attachments` with what its visibility depends on.
#[derive(Debug, FromQueryResult)]
pub(super) struct AttachmentRow {
    pub(super) id: Uuid,
    pub(super) ticket_id: Uuid,
    pub(super) comment_id: Option<Uuid>,
    pub(super) uploader_id: Uuid,
    pub(super) uploader_name: String,
    pub(super) comment_visibility: Option<String>,
    pub(super) file_name: String,
    pub(super) content_type: String,
    pub(super) size_bytes: i64,
    pub(super) sha256: String,
    pub(super) created_at: DateTime<Utc>,
}

impl AttachmentRow {
    /// As internal as the comment it came with.
    pub(super) fn is_internal(&self) -> bool {
        self.comment_visibility
            .as_deref()
            .is_some_and(|v| v != "public")
    }
}

/// Attachments under a filter over `tickets t`, `attachments x`, `comments c`,
/// oldest first; those of internal comments only when asked for.
pub(super) async fn find<E: Executor>(
    db: &E,
    filter: &Filter,
    with_internal: bool,
) -> Result<Vec<AttachmentRow>> {
    let only_public = if with_internal {
        ""
    } else {
        "AND (x.comment_id IS NULL OR c.visibility = 'public')"
    };
    let sql = format!(
        "SELECT x.id, x.ticket_id, x.comment_id, x.uploader_id, u.first_name || ' ' || u.last_name AS uploader_name,
           c.visibility AS comment_visibility, x.file_name, x.content_type, x.size_bytes, x.sha256, x.created_at
         FROM attachments x JOIN tickets t ON t.id = x.ticket_id JOIN users u ON u.id = x.uploader_id
           LEFT JOIN comments c ON c.id = x.comment_id
         WHERE {} {only_public} ORDER BY x.created_at, x.id LIMIT 1000",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count(tx: &Tx, ticket: Uuid) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM attachments WHERE ticket_id = $1";
    let row: Option<Count> = tx.optional(sql, values![ticket]).await?;
    Ok(row.map_or(0, |c| c.n))
}

/// What an attachment may belong to.
#[derive(Debug, FromQueryResult)]
pub(super) struct CommentRow {
    pub(super) author_id: Uuid,
    pub(super) visibility: String,
}

pub(super) async fn comment(tx: &Tx, ticket: Uuid, id: Uuid) -> Result<Option<CommentRow>> {
    let sql = "SELECT author_id, visibility FROM comments WHERE id = $1 AND ticket_id = $2";
    tx.optional(sql, values![id, ticket]).await
}

/// A new row of `attachments`.
#[derive(Debug)]
pub(crate) struct NewAttachment {
    pub(super) id: Uuid,
    pub(crate) file_name: String,
    pub(super) content_type: &'static str,
    pub(super) size_bytes: i64,
    pub(super) sha256: String,
}

pub(super) async fn insert(
    tx: &Tx,
    actor: &Actor,
    ticket: Uuid,
    comment: Option<Uuid>,
    new: &NewAttachment,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO attachments (id, organization_id, ticket_id, comment_id, uploader_id, file_name, content_type,
           size_bytes, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        values![
            new.id,
            actor.organization_id.0,
            ticket,
            comment,
            actor.user_id.0,
            new.file_name.clone(),
            new.content_type,
            new.size_bytes,
            new.sha256.clone(),
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Moves the attachments of `from` to `to`; each remembers where it was added.
pub(super) async fn move_all(tx: &Tx, from: Uuid, to: Uuid) -> Result<()> {
    let sql = "UPDATE attachments SET ticket_id = $2, merged_from_id = coalesce(merged_from_id, $1) WHERE ticket_id = $1";
    tx.execute(sql, values![from, to]).await.map(drop)
}

/// Moves back from `holder` what `origin` had, and what tickets merged into it
/// before had.
pub(super) async fn return_all(tx: &Tx, origin: Uuid, holder: Uuid) -> Result<()> {
    let sql = "WITH RECURSIVE merged (id) AS (
            SELECT id FROM tickets WHERE id = $1
            UNION SELECT t.id FROM tickets t JOIN merged m ON t.merged_into_id = m.id)
        UPDATE attachments SET ticket_id = $1,
            merged_from_id = CASE WHEN merged_from_id = $1 THEN NULL ELSE merged_from_id END
        WHERE ticket_id = $2 AND merged_from_id IN (SELECT id FROM merged)";
    tx.execute(sql, values![origin, holder]).await.map(drop)
}

/// Removes the row; false when it was gone already.
pub(super) async fn remove(tx: &Tx, actor: &Actor, id: Uuid) -> Result<bool> {
    let sql = "DELETE FROM attachments WHERE id = $1 AND organization_id = $2";
    let gone = tx
        .execute(sql, values![id, actor.organization_id.0])
        .await?;
    Ok(gone == 1)
}

/// Remembers a file that no row needs: yet, or any more when it is condemned.
pub(super) async fn insert_stray(
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    is_condemned: bool,
    now: Instant,
) -> Result<()> {
    let sql = "INSERT INTO stray_files (id, organization_id, is_condemned, created_at) VALUES ($1, $2, $3, $4)";
    let values = values![id, actor.organization_id.0, is_condemned, to_db(now)];
    tx.execute(sql, values).await.map(drop)
}

/// Takes a file out of the strays for good; false when it was condemned meanwhile.
pub(super) async fn claim_stray(tx: &Tx, id: Uuid) -> Result<bool> {
    let sql = "DELETE FROM stray_files WHERE id = $1 AND NOT is_condemned";
    Ok(tx.execute(sql, values![id]).await? == 1)
}

#[derive(Debug, FromQueryResult)]
struct Stray {
    id: Uuid,
}

/// Condemns at most `limit` strays from before `limit_at`, oldest first, and names them.
pub(super) async fn condemn_strays(tx: &Tx, before: Instant, limit: u32) -> Result<Vec<Uuid>> {
    let sql = format!(
        "UPDATE stray_files SET is_condemned = true WHERE id IN
           (SELECT id FROM stray_files WHERE created_at < $1 ORDER BY created_at LIMIT {limit}) RETURNING id"
    );
    let rows: Vec<Stray> = tx.all(&sql, values![to_db(before)]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Condemns the named strays at once: their upload failed.
pub(super) async fn condemn(tx: &Tx, ids: &[Uuid]) -> Result<()> {
    let mut filter = Filter::default();
    filter.and_in("id", ids.iter().copied());
    let sql = format!(
        "UPDATE stray_files SET is_condemned = true WHERE {}",
        filter.sql()
    );
    tx.execute(&sql, filter.values()).await.map(drop)
}

/// Forgets a stray whose file is gone.
pub(super) async fn forget_stray<E: Executor>(db: &E, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM stray_files WHERE id = $1";
    db.execute(sql, values![id]).await.map(drop)
}
