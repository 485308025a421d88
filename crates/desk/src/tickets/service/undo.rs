//! The way back: the author of a change puts back what it replaced.
//!
//! Of a ticket only the last change can be taken back, and only while nobody has
//! touched the ticket since. Words that went with a step stay: they were read.

use super::before::{Before, restore};
use super::{edit, family, find};
use crate::tickets::dto::TicketView;
use crate::tickets::store;
use std::time::Duration;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::App;

/// How long a single change can be taken back.
const WITHIN: Duration = Duration::from_secs(10 * 60);

/// Takes back the actor's own last change of a ticket.
pub(in crate::tickets) async fn undo_last(
    app: &App,
    actor: &Actor,
    key: &str,
    now: Instant,
) -> Result<TicketView> {
    let tx = app.db.write("tickets.undo_last").await?;
    // What was given away is out of sight by now: the record says whose change it was. It
    // stays, and is of no use any more as soon as the ticket has another version.
    let record = match super::named(key) {
        Some((clause, values)) => store::kept_undo(&tx, actor, clause, values).await?,
        None => None,
    };
    let Some((undo, since)) = record else {
        let ticket = find(&tx, actor, key).await?;
        return Err(nothing(&ticket.number));
    };
    let before: Before = serde_json::from_value(undo).map_err(Error::internal)?;
    let (parent, version) = (before.id, before.version);
    family::lock_resolved(&tx, actor, parent, version).await?;
    let mut edit = edit::take(tx, actor.organization_id, before.id).await?;
    if edit.before.version != before.version || now.duration_since(since).unsigned_abs() > WITHIN {
        return Err(nothing(&edit.before.number));
    }
    edit.tx = family::put_back_children(edit.tx, actor, parent, version, now).await?;
    restore(edit, actor, before).await?.finish(actor, now).await
}

fn nothing(number: &str) -> Error {
    let detail = format!(
        "there is no change of yours to take back in {number}: it is too long ago, or someone changed the ticket since"
    );
    Error::new(ErrorCode::ResourceConflict, detail)
}

/// Puts back what a bulk action changed in one ticket.
pub(super) async fn put_back(
    app: &App,
    actor: &Actor,
    before: Before,
    now: Instant,
) -> Result<String> {
    let (id, version) = (before.id, before.version);
    let tx = app.db.write("tickets.undo").await?;
    family::lock_resolved(&tx, actor, id, version).await?;
    let mut edit = edit::load(tx, actor, &id.to_string(), Some(version)).await?;
    let number = edit.before.number.clone();
    edit.tx = family::put_back_children(edit.tx, actor, id, version, now).await?;
    let edit = restore(edit, actor, before).await?;
    edit.save(actor, now).await?.commit().await?;
    Ok(number)
}
