//! Use cases of preferences and of the delivery log; planning of deliveries.

mod send;
mod unsubscribe;

pub use send::send_due;
pub(super) use unsubscribe::{check_link, unsubscribe};

use super::dto::{
    Deliveries, DeliveryQuery, DeliveryView, MutedTickets, PreferencesView, TicketName,
};
use super::store::{self, LogRow, NewDelivery};
use crate::notifications::dto::PersonReference;
use crate::stream;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use steward_db::time::{from_db, to_db};
use steward_db::{Executor, Filter, Tx, values};
use steward_domain::notifications::preferences::{Preferences, TOO_OLD, breaks_through};
use steward_domain::notifications::rules::{Reason, Recipient};
use steward_domain::tickets::policy;
use steward_kernel::id::{OrganizationId, UserId};
use steward_kernel::{Actor, Envelope, Error, ErrorCode, Instant, Result};
use steward_platform::http::page::Cursor;
use steward_platform::http::{IfMatch, conditional};
use steward_platform::{App, clock, mail};
use uuid::Uuid;

/// What a person chose, and whether a ticket is muted for them.
#[derive(Debug)]
pub(crate) struct Chosen {
    preferences: Preferences,
    zone: TimeZone,
    is_muted: bool,
}

impl Chosen {
    /// Whether they hear of it at all.
    pub(crate) fn hears(&self, reason: Reason) -> bool {
        !self.is_muted || breaks_through(reason)
    }

    /// Whether the inbox shows it.
    pub(crate) fn in_app(&self, reason: Reason) -> bool {
        self.preferences.in_app(reason)
    }
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// What these people chose, also of a ticket.
pub(crate) async fn choices<E: Executor>(
    db: &E,
    organization: OrganizationId,
    users: &[Uuid],
    ticket: Uuid,
) -> Result<BTreeMap<UserId, Chosen>> {
    let rows = store::choices(db, organization, users).await?;
    let muted = store::mutes_of(db, ticket).await?;
    let chosen = rows.into_iter().map(|row| {
        let choices = row.choices.map(serde_json::from_value);
        let chosen = Chosen {
            // What an earlier version kept and this one does not know.
            preferences: choices
                .and_then(std::result::Result::ok)
                .unwrap_or_default(),
            zone: zone(&row.time_zone),
            is_muted: muted.contains(&row.user_id),
        };
        (row.user_id.into(), chosen)
    });
    Ok(chosen.collect())
}

/// Writes down that someone is told of an event by mail, if they want to be.
pub(crate) async fn plan(
    tx: &Tx,
    event: &Envelope,
    ticket: Uuid,
    recipient: Recipient,
    chosen: &Chosen,
    now: Instant,
) -> Result<()> {
    let pace = chosen.preferences.email(recipient.reason);
    let Some(due_at) = chosen.preferences.due(pace, &chosen.zone, now) else {
        return Ok(());
    };
    let is_old = event.at.duration_until(now) > TOO_OLD;
    let new = NewDelivery {
        id: clock::new_id(),
        organization_id: event.organization_id.0,
        user_id: recipient.user_id.0,
        event_id: event.id.0,
        ticket_id: ticket,
        reason: recipient.reason.as_str(),
        pace: pace.as_str(),
        is_internal: recipient.is_internal,
        skipped: is_old.then_some("too_old"),
        due_at,
    };
    store::insert(tx, new, now).await
}

/// What the caller chose.
pub(super) async fn get(app: &App, actor: &Actor) -> Result<PreferencesView> {
    let users = [actor.user_id.0];
    let rows = store::choices(&app.db, actor.organization_id, &users).await?;
    let row = rows.into_iter().next();
    let row = row.ok_or_else(|| Error::not_found("user", actor.user_id))?;
    let choices = row.choices.map(serde_json::from_value);
    let preferences: Preferences = choices
        .and_then(std::result::Result::ok)
        .unwrap_or_default();
    let version = row.version.unwrap_or(0);
    Ok(PreferencesView::new(&preferences, row.time_zone, version))
}

/// Keeps what the caller chose.
pub(super) async fn put(
    app: &App,
    actor: &Actor,
    input: Preferences,
    seen: IfMatch,
    now: Instant,
) -> Result<PreferencesView> {
    let input = input.checked()?;
    let known = get(app, actor).await?;
    seen.check("what you chose", known.version)?;
    let version = known.version + 1;
    let choices = serde_json::to_value(&input).map_err(Error::internal)?;
    let tx = app.db.write("notifications.choose").await?;
    if !store::keep_choices(&tx, actor, choices, version, now).await? {
        return Err(conditional::stale());
    }
    tx.commit().await?;
    Ok(PreferencesView::new(&input, known.time_zone, version))
}

/// The tickets that the caller muted and still sees.
pub(super) async fn list_mutes(app: &App, actor: &Actor) -> Result<MutedTickets> {
    let muted = store::mutes_by(&app.db, actor).await?;
    let ids: Vec<Uuid> = muted.iter().map(|row| row.ticket_id).collect();
    let tickets = stream::tickets(&app.db, actor.organization_id, &ids).await?;
    let visibility = policy::visibility(actor);
    let seen = ids.into_iter().filter_map(|id| {
        let (row, facts) = tickets.get(&id)?;
        visibility.sees(facts).then(|| TicketName {
            id,
            number: Some(row.number.clone()),
        })
    });
    Ok(MutedTickets {
        data: seen.collect(),
    })
}

/// Mutes a ticket that the caller sees.
pub(super) async fn mute(app: &App, actor: &Actor, ticket: Uuid, now: Instant) -> Result<()> {
    let tickets = stream::tickets(&app.db, actor.organization_id, &[ticket]).await?;
    let visibility = policy::visibility(actor);
    let found = tickets.get(&ticket).filter(|(_, f)| visibility.sees(f));
    found.ok_or_else(|| Error::not_found("ticket", ticket))?;
    let tx = app.db.write("notifications.mute").await?;
    store::mute(&tx, actor, ticket, now).await?;
    tx.commit().await
}

/// Lets the caller hear of a ticket again, also of one that they see no more.
pub(super) async fn unmute(app: &App, actor: &Actor, ticket: Uuid) -> Result<()> {
    let tickets = stream::tickets(&app.db, actor.organization_id, &[ticket]).await?;
    if tickets.is_empty() {
        return Err(Error::not_found("ticket", ticket));
    }
    let tx = app.db.write("notifications.unmute").await?;
    store::unmute(&tx, actor, ticket).await?;
    tx.commit().await
}

fn look_after(actor: &Actor) -> Result<Filter> {
    if !actor.may_all("job:manage") {
        return Err(Error::forbidden("job:manage"));
    }
    let mut filter = Filter::default();
    let organization = values![actor.organization_id.0];
    filter.and("d.organization_id = ?", organization);
    Ok(filter)
}

/// The delivery log of the caller's organization.
pub(super) async fn list(app: &App, actor: &Actor, query: DeliveryQuery) -> Result<Deliveries> {
    let mut filter = look_after(actor)?;
    let per_page = query.per_page.unwrap_or(25);
    if per_page == 0 || per_page > 100 {
        let message = "must be from 1 to 100";
        return Err(Error::field("per_page", "out_of_range", message));
    }
    if let Some(state) = query.state {
        filter.and("d.state = ?", values![state.as_str()]);
    }
    if let Some(cursor) = &query.cursor {
        let (at, id) = position(cursor)?;
        filter.and("(d.created_at, d.id) < (?, ?)", values![to_db(at), id]);
    }
    let mut rows = store::log(&app.db, &filter, per_page + 1).await?;
    let most = usize::try_from(per_page).unwrap_or(usize::MAX);
    let has_next = rows.len() > most;
    rows.truncate(most);
    let next_cursor = rows.last().filter(|_| has_next).map(|row| {
        let key = from_db(row.created_at).as_microsecond().to_string();
        Cursor { key, id: row.id }.encode()
    });
    Ok(Deliveries {
        data: rows.into_iter().map(view).collect(),
        next_cursor,
    })
}

fn position(text: &str) -> Result<(Instant, Uuid)> {
    let cursor = Cursor::decode(text)?;
    let at = cursor.key.parse().ok();
    let at = at.and_then(|us| Instant::from_microsecond(us).ok());
    let wrong = || Error::field("cursor", "invalid", "use next_cursor of an earlier answer");
    Ok((at.ok_or_else(wrong)?, cursor.id))
}

fn view(row: LogRow) -> DeliveryView {
    DeliveryView {
        id: row.id,
        user: PersonReference {
            id: row.user_id,
            name: row.user_name.trim().to_owned(),
        },
        channel: row.channel,
        reason: row.reason,
        pace: row.pace,
        ticket: TicketName {
            id: row.ticket_id,
            number: row.number,
        },
        event_id: row.event_id,
        state: row.state,
        note: row.note.or(row.last_error),
        mail_id: row.mail_id,
        attempts: row.attempts.unwrap_or(0),
        due_at: from_db(row.due_at),
        created_at: from_db(row.created_at),
        settled_at: row.settled_at.map(from_db),
    }
}

/// Sends again what was given up.
pub(super) async fn retry(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<DeliveryView> {
    let mut filter = look_after(actor)?;
    filter.and("d.id = ?", values![id]);
    let tx = app.db.write("deliveries.retry").await?;
    let row = store::log(&tx, &filter, 1).await?.into_iter().next();
    let row = row.ok_or_else(|| Error::not_found("delivery", id))?;
    let is_open = match row.mail_id.filter(|_| row.state == "failed") {
        Some(mail) => {
            store::reopen(&tx, mail).await?;
            mail::send_again(&tx, mail, now).await?
        }
        None => false,
    };
    if !is_open {
        let detail = format!("delivery {id} was not given up");
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let row = store::log(&tx, &filter, 1).await?.into_iter().next();
    tx.commit().await?;
    row.map(view)
        .ok_or_else(|| Error::not_found("delivery", id))
}

/// Ends what was sent as failed, because a mail server gave it back.
///
/// # Errors
/// When the database refuses; the caller's transaction must then end.
pub(crate) async fn came_back(
    tx: &Tx,
    organization: OrganizationId,
    mail: Uuid,
    answer: &str,
    now: Instant,
) -> Result<bool> {
    store::came_back(tx, organization, mail, answer, now).await
}
