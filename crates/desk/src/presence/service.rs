//! Use cases of presence.

use super::dto::{
    PresenceInput, PresenceList, PresenceQuery, Present, PresentList, TicketPresence,
};
use super::store::{self, PresenceRow};
use crate::tickets::dto::Reference;
use crate::tickets::service::{find_ticket, visible_tickets};
use jiff::SignedDuration;
use steward_db::{time::from_db, values};
use steward_domain::tickets::policy::sees_internal;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use steward_platform::live::Hint;
use uuid::Uuid;

/// Seconds after which someone is gone: a screen that asks every ten shows
/// nobody for longer than a minute.
const GONE: i64 = 45;
/// Seconds in which the same heartbeat is not written again.
const FRESH: i64 = 5;
/// Most tickets of one question.
const MOST: usize = 100;

fn ago(now: Instant, seconds: i64) -> Instant {
    now.saturating_sub(SignedDuration::from_secs(seconds))
        .unwrap_or(now)
}

fn may(actor: &Actor) -> Result<()> {
    if sees_internal(actor) {
        Ok(())
    } else {
        Err(Error::forbidden("ticket:read_internal"))
    }
}

fn present(row: PresenceRow) -> Present {
    Present {
        user: Reference {
            id: row.user_id,
            name: row.user_name.trim().to_owned(),
        },
        activity: row.activity,
        seen_at: from_db(row.seen_at),
    }
}

/// Keeps a heartbeat; answers who else is there.
pub(super) async fn put(
    app: &App,
    actor: &Actor,
    key: &str,
    input: &PresenceInput,
    now: Instant,
) -> Result<PresentList> {
    let ticket = find_ticket(&app.db, actor, key).await?.id;
    may(actor)?;
    let mut tickets = visible_tickets(actor);
    tickets.and("t.id = ?", values![ticket]);
    let rows = store::since(&app.db, &tickets, ago(now, GONE)).await?;
    let (mine, others): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| row.user_id == actor.user_id.0);
    let activity = input.activity.as_str();
    let is_fresh = mine
        .first()
        .is_some_and(|row| row.activity == activity && from_db(row.seen_at) > ago(now, FRESH));
    if !is_fresh {
        let tx = app.db.write("presence.put").await?;
        store::keep(&tx, actor, ticket, activity, now).await?;
        tx.commit().await?;
    }
    if mine.first().is_none_or(|row| row.activity != activity) {
        announce(app, actor, ticket);
    }
    Ok(PresentList {
        data: others.into_iter().map(present).collect(),
    })
}

/// The caller has closed the ticket.
pub(super) async fn delete(app: &App, actor: &Actor, key: &str) -> Result<()> {
    let ticket = find_ticket(&app.db, actor, key).await?.id;
    may(actor)?;
    let tx = app.db.write("presence.delete").await?;
    store::forget(&tx, actor, ticket).await?;
    tx.commit().await?;
    announce(app, actor, ticket);
    Ok(())
}

/// Tells those who listen to look again. No event: nobody asks later who
/// looked at a ticket, and whoever misses it asks with the next heartbeat.
fn announce(app: &App, actor: &Actor, ticket_id: Uuid) {
    app.live.hint(Hint {
        organization_id: actor.organization_id,
        ticket_id,
    });
    app.db.nudge_news();
}

/// Who else has one of these tickets open.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: &PresenceQuery,
    now: Instant,
) -> Result<PresenceList> {
    may(actor)?;
    let mut tickets = visible_tickets(actor);
    tickets.and_in("t.id", ids(&query.ids)?);
    tickets.and("p.user_id <> ?", values![actor.user_id.0]);
    let rows = store::since(&app.db, &tickets, ago(now, GONE)).await?;
    let mut data: Vec<TicketPresence> = Vec::new();
    for row in rows {
        let ticket_id = row.ticket_id;
        match data.last_mut() {
            Some(last) if last.ticket_id == ticket_id => last.people.push(present(row)),
            _ => data.push(TicketPresence {
                ticket_id,
                people: vec![present(row)],
            }),
        }
    }
    Ok(PresenceList { data })
}

fn ids(text: &str) -> Result<Vec<Uuid>> {
    let looks_like_one =
        |id: &str| id.len() == 36 && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    if !text.split(',').all(looks_like_one) {
        let hint = "write ids of tickets, separated by commas";
        return Err(Error::field("ids", "invalid", hint));
    }
    if text.split(',').count() > MOST {
        let hint = format!("name at most {MOST} tickets");
        return Err(Error::field("ids", "too_many", hint));
    }
    Ok(text.split(',').filter_map(|id| id.parse().ok()).collect())
}

/// Throws away heartbeats that are long over.
///
/// # Errors
/// When the database fails.
pub async fn sweep(app: &App, now: Instant) -> Result<()> {
    let tx = app.db.write("presence.sweep").await?;
    store::remove_old(&tx, ago(now, 2 * GONE)).await?;
    tx.commit().await
}
