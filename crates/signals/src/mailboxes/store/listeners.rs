//! Statements of listening: which node is connected to the server of a mailbox.

use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// A mailbox as it was when a node began to listen.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(in crate::mailboxes) struct Heard {
    pub(in crate::mailboxes) id: Uuid,
    pub(in crate::mailboxes) organization_id: Uuid,
    pub(in crate::mailboxes) version: i64,
}

/// Mailboxes on a server to which no node listens.
pub(in crate::mailboxes) async fn unheard<E: Executor>(db: &E, now: Instant) -> Result<Vec<Heard>> {
    let sql = "SELECT id, organization_id, version FROM mailboxes
        WHERE is_enabled AND imap IS NOT NULL AND (listener_until IS NULL OR listener_until < $1)
        ORDER BY id LIMIT 1000";
    db.all(sql, values![to_db(now)]).await
}

/// Takes a mailbox for a node; false when another was faster.
pub(in crate::mailboxes) async fn take_to_hear(
    tx: &Tx,
    heard: Heard,
    node: Uuid,
    now: Instant,
    until: Instant,
) -> Result<bool> {
    let sql = "UPDATE mailboxes SET listener = $2, listener_until = $4, listens_since = NULL
        WHERE id = $1 AND (listener_until IS NULL OR listener_until < $3)";
    let touched = tx
        .execute(sql, values![heard.id, node, to_db(now), to_db(until)])
        .await?;
    Ok(touched == 1)
}

/// Keeps a mailbox for its node; false when it was changed, switched off or lost.
pub(in crate::mailboxes) async fn hold(
    tx: &Tx,
    heard: Heard,
    node: Uuid,
    until: Instant,
) -> Result<bool> {
    let sql = "UPDATE mailboxes SET listener_until = $4
        WHERE id = $1 AND listener = $2 AND version = $3 AND is_enabled AND imap IS NOT NULL";
    let touched = tx
        .execute(sql, values![heard.id, node, heard.version, to_db(until)])
        .await?;
    Ok(touched == 1)
}

/// Notes that the server tells of new mail from now on.
pub(in crate::mailboxes) async fn listens(
    tx: &Tx,
    id: Uuid,
    node: Uuid,
    now: Instant,
) -> Result<()> {
    let sql = "UPDATE mailboxes SET listens_since = coalesce(listens_since, $3) WHERE id = $1 AND listener = $2";
    tx.execute(sql, values![id, node, to_db(now)])
        .await
        .map(drop)
}

/// Lets go of a mailbox, or of all that a node has.
pub(in crate::mailboxes) async fn let_go(tx: &Tx, id: Option<Uuid>, node: Uuid) -> Result<()> {
    let sql = "UPDATE mailboxes SET listener = NULL, listener_until = NULL, listens_since = NULL
        WHERE listener = $1 AND id = coalesce($2, id)";
    tx.execute(sql, values![node, id]).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct Any {
    id: Uuid,
}

/// Whether the server was asked by a look that began after an instant.
pub(in crate::mailboxes) async fn is_checked_after<E: Executor>(
    db: &E,
    id: Uuid,
    at: Instant,
) -> Result<bool> {
    let sql = "SELECT id FROM mailboxes WHERE id = $1 AND imap_checked_at > $2";
    let row: Option<Any> = db.optional(sql, values![id, to_db(at)]).await?;
    Ok(row.is_some_and(|row| row.id == id))
}
