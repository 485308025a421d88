//! Use cases of drafts.

use super::dto::{DraftInput, DraftList, DraftRowView, DraftView};
use super::store::{self, DraftRow};
use crate::tickets::service::find_ticket;
use serde_json::Value;
use steward_db::{Executor, time::from_db};
use steward_domain::drafts::rules::{self, Context};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::IfMatch;
use steward_platform::{App, clock};
use uuid::Uuid;

/// Drafts removed in one transaction.
const BATCH: u32 = 500;

fn view(row: DraftRow) -> DraftView {
    DraftView {
        id: row.id,
        context: row.context,
        content: row.content,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    }
}

/// The actor's drafts, last saved first.
pub(super) async fn list(app: &App, actor: &Actor) -> Result<DraftList> {
    let rows = store::all(&app.db, actor).await?;
    let head = |row: store::DraftHead| DraftRowView {
        id: row.id,
        context: row.context,
        version: row.version,
        updated_at: from_db(row.updated_at),
    };
    Ok(DraftList {
        data: rows.into_iter().map(head).collect(),
    })
}

/// The form of a context under which its draft is kept. The ticket's id is
/// taken as it is: a person keeps the words on a ticket that went out of sight.
async fn canonical<E: Executor>(db: &E, actor: &Actor, context: &Context) -> Result<String> {
    let id = match context.ticket() {
        None => None,
        Some(key) => match key.parse::<Uuid>() {
            Ok(id) => Some(id),
            Err(_) => Some(find_ticket(db, actor, key).await?.id),
        },
    };
    Ok(context.canonical(id))
}

/// One draft.
pub(super) async fn get(app: &App, actor: &Actor, context: &str) -> Result<DraftView> {
    let name = canonical(&app.db, actor, &Context::parse(context)?).await?;
    let row = store::find(&app.db, actor, &name).await?;
    row.map(view)
        .ok_or_else(|| Error::not_found("draft", context))
}

/// What became of a draft that was sent.
#[derive(Debug)]
pub(super) enum Saved {
    /// There was none before.
    Begun(DraftView),
    /// It took the place of the version that its writer saw.
    Replaced(DraftView),
}

/// Keeps a draft. One that exists is replaced only by who saw its version.
pub(super) async fn put(
    app: &App,
    actor: &Actor,
    context: &str,
    input: DraftInput,
    if_match: IfMatch,
    now: Instant,
) -> Result<Saved> {
    let parsed = Context::parse(context)?;
    let tx = app.db.write("drafts.put").await?;
    let ticket = match parsed.ticket() {
        Some(key) => Some(find_ticket(&tx, actor, key).await?.id),
        None => None,
    };
    let name = parsed.canonical(ticket);
    let content = Value::Object(input.content);
    rules::check_size(content.to_string().len())?;
    let found = store::find(&tx, actor, &name).await?;
    let is_new = found.is_none();
    match (found, if_match) {
        (None, IfMatch::Absent) => {
            rules::check_room(store::count(&tx, actor).await?)?;
            let (id, version) = (clock::new_id(), rules::first_version(now));
            if !store::insert(&tx, id, actor, &name, &content, version, now).await? {
                return Err(stale(context));
            }
        }
        (None, _) => {
            let detail = format!(
                "draft {context} was sent or thrown away meanwhile; send it without If-Match"
            );
            return Err(Error::new(ErrorCode::PreconditionFailed, detail));
        }
        (Some(_), IfMatch::Absent) => return Err(stale(context)),
        (Some(row), _) => {
            if_match.check(&format!("draft {context}"), row.version)?;
            if !store::update(&tx, actor, row.id, row.version, &content, now).await? {
                return Err(stale(context));
            }
        }
    }
    let row = store::find(&tx, actor, &name).await?;
    tx.commit().await?;
    let view = view(row.ok_or_else(|| Error::internal("the draft cannot be read back"))?);
    Ok(if is_new {
        Saved::Begun(view)
    } else {
        Saved::Replaced(view)
    })
}

fn stale(context: &str) -> Error {
    let detail = format!(
        "draft {context} was written elsewhere; load it, and send yours with If-Match of what you saw"
    );
    Error::new(ErrorCode::PreconditionFailed, detail)
}

/// Throws a draft away.
pub(super) async fn delete(
    app: &App,
    actor: &Actor,
    context: &str,
    if_match: IfMatch,
) -> Result<()> {
    let tx = app.db.write("drafts.delete").await?;
    let name = canonical(&tx, actor, &Context::parse(context)?).await?;
    let row = store::find(&tx, actor, &name).await?;
    let row = row.ok_or_else(|| Error::not_found("draft", context))?;
    if_match.check(&format!("draft {context}"), row.version)?;
    if !store::remove(&tx, actor, row.id, row.version).await? {
        return Err(stale(context));
    }
    tx.commit().await
}

/// Throws away drafts that nobody touched for 90 days.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(app: &App, now: Instant) -> Result<()> {
    let before = now.checked_sub(rules::KEPT).unwrap_or(Instant::UNIX_EPOCH);
    loop {
        let tx = app.db.write("drafts.sweep").await?;
        let gone = store::remove_old(&tx, before, BATCH).await?;
        tx.commit().await?;
        if gone < u64::from(BATCH) {
            return Ok(());
        }
    }
}
