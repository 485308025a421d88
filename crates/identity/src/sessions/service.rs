//! Use cases of one's own sessions.

use super::dto::{OpenSessionView, OpenSessions};
use super::store;
use crate::auth::confirm;
use steward_db::{Tx, time::from_db};
use steward_domain::identity::events::AccountEvent;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, events};
use uuid::Uuid;

/// The actor's open sessions.
pub(super) async fn list(app: &App, actor: &Actor, now: Instant) -> Result<OpenSessions> {
    let current = confirm::session(actor)?;
    let rows = store::open(&app.db, actor, now).await?;
    let view = |row: store::SessionRow| OpenSessionView {
        id: row.id,
        user_agent: row.user_agent,
        is_current: row.id == current,
        created_at: from_db(row.created_at),
        last_used_at: from_db(row.last_used_at),
        expires_at: from_db(row.expires_at),
    };
    Ok(OpenSessions {
        data: rows.into_iter().map(view).collect(),
    })
}

/// Ends one of the actor's sessions.
pub(super) async fn end(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<()> {
    confirm::session(actor)?;
    let tx = app.db.write("sessions.end").await?;
    if !store::end(&tx, actor, id, now).await? {
        return Err(Error::not_found("session", id));
    }
    announce(&tx, actor, 1, now).await?;
    tx.commit().await
}

/// Ends all sessions of the actor but this one.
pub(super) async fn end_others(app: &App, actor: &Actor, now: Instant) -> Result<()> {
    let current = confirm::session(actor)?;
    let tx = app.db.write("sessions.end_others").await?;
    let count = store::end_others(&tx, actor, current, now).await?;
    if count > 0 {
        announce(&tx, actor, count, now).await?;
    }
    tx.commit().await
}

async fn announce(tx: &Tx, actor: &Actor, count: u64, now: Instant) -> Result<()> {
    let event = AccountEvent::SessionsEnded {
        user_id: actor.user_id,
        count,
    };
    events::publish(tx, actor, actor.user_id.0, &event, now).await
}
