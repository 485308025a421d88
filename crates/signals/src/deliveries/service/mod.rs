//! Use cases of preferences and of the delivery log; planning of deliveries.

mod forget;
mod log;
mod send;
mod unsubscribe;

pub(crate) use forget::forget;
pub(super) use log::{export, list, retry, retry_all};
pub use send::send_due;
pub(super) use unsubscribe::{check_link, unsubscribe};

use super::dto::{MutedTickets, PreferencesView, TicketName};
use super::store::{self, NewDelivery};
use crate::channels;
use crate::stream;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use steward_db::{Executor, Tx};
use steward_domain::notifications::channels::phone;
use steward_domain::notifications::preferences::{Pace, Preferences, TOO_OLD, breaks_through};
use steward_domain::notifications::rules::{Reason, Recipient};
use steward_domain::tickets::policy;
use steward_kernel::id::{OrganizationId, UserId};
use steward_kernel::{Actor, Envelope, Error, Instant, Result};
use steward_platform::http::{IfMatch, conditional};
use steward_platform::{App, clock};
use uuid::Uuid;

/// What a person chose.
#[derive(Debug)]
pub(crate) struct Chosen {
    preferences: Preferences,
    zone: TimeZone,
    /// The channel that carries short messages, when they have a phone for it.
    sms_channel: Option<Uuid>,
}

/// What people chose, and which tickets they muted.
#[derive(Debug)]
pub(crate) struct Choices {
    chosen: BTreeMap<UserId, Chosen>,
    /// Tickets with people.
    muted: BTreeSet<(Uuid, UserId)>,
}

impl Choices {
    /// What a person chose who hears of a ticket at all.
    pub(crate) fn of(&self, user: UserId, ticket: Uuid, reason: Reason) -> Option<&Chosen> {
        let is_muted = self.muted.contains(&(ticket, user));
        let chosen = self.chosen.get(&user);
        chosen.filter(|_| !is_muted || breaks_through(reason))
    }
}

impl Chosen {
    /// Whether the inbox shows it.
    pub(crate) fn in_app(&self, recipient: Recipient) -> bool {
        let is_said = recipient.is_said && self.preferences.in_app(Reason::Commented);
        is_said || self.preferences.in_app(recipient.reason)
    }
}

fn has_phone(text: Option<&str>) -> bool {
    text.and_then(phone).is_some()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// What these people chose, also of these tickets.
pub(crate) async fn choices<E: Executor>(
    db: &E,
    organization: OrganizationId,
    users: &[Uuid],
    tickets: &[Uuid],
) -> Result<Choices> {
    let rows = store::choices(db, organization, users).await?;
    let muted = store::mutes_of(db, tickets).await?.into_iter();
    let gateway = channels::sms_channel(db, organization).await?;
    let chosen = rows.into_iter().map(|row| {
        let choices = row.choices.map(serde_json::from_value);
        let chosen = Chosen {
            // What an earlier version kept and this one does not know.
            preferences: choices
                .and_then(std::result::Result::ok)
                .unwrap_or_default(),
            zone: zone(&row.time_zone),
            sms_channel: gateway.filter(|_| has_phone(row.phone.as_deref())),
        };
        (row.user_id.into(), chosen)
    });
    Ok(Choices {
        chosen: chosen.collect(),
        muted: muted.map(|m| (m.ticket_id, m.user_id.into())).collect(),
    })
}

/// Who is told of an event by mail and by short message; still to be written.
#[derive(Debug, Default)]
pub(crate) struct Plan(Vec<NewDelivery>);

impl Plan {
    /// Adds what someone wants to get.
    pub(crate) fn add(
        &mut self,
        event: &Envelope,
        ticket: Uuid,
        recipient: Recipient,
        chosen: &Chosen,
        now: Instant,
    ) {
        let preferences = &chosen.preferences;
        let pace = preferences.email_of(recipient.reason, recipient.is_said);
        if let Some(due_at) = preferences.due(pace, &chosen.zone, now) {
            self.0.push(NewDelivery {
                pace: pace.as_str(),
                due_at,
                ..delivery(event, ticket, recipient, now)
            });
        }
        if let Some(gateway) = chosen.sms_channel.filter(|_| {
            let is_said = recipient.is_said && preferences.sms(Reason::Commented);
            is_said || preferences.sms(recipient.reason)
        }) {
            self.0.push(NewDelivery {
                channel: "sms",
                channel_id: Some(gateway),
                due_at: preferences.sms_due(recipient.reason.is_urgent(), &chosen.zone, now),
                ..delivery(event, ticket, recipient, now)
            });
        }
    }

    /// Writes it down, all at once.
    pub(crate) async fn write(self, tx: &Tx, now: Instant) -> Result<()> {
        store::insert(tx, self.0, now).await
    }
}

fn delivery(event: &Envelope, ticket: Uuid, recipient: Recipient, now: Instant) -> NewDelivery {
    let is_old = event.at.duration_until(now) > TOO_OLD;
    NewDelivery {
        id: clock::new_id(),
        organization_id: event.organization_id.0,
        user_id: recipient.user_id.0,
        event_id: event.id.0,
        ticket_id: ticket,
        channel: "email",
        channel_id: None,
        reason: recipient.reason.as_str(),
        pace: Pace::Soon.as_str(),
        is_internal: recipient.is_internal,
        skipped: is_old.then_some("too_old"),
        due_at: now,
    }
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
    let gateway = channels::sms_channel(&app.db, actor.organization_id).await?;
    let has_sms = gateway.is_some() && has_phone(row.phone.as_deref());
    Ok(PreferencesView::new(
        &preferences,
        row.time_zone,
        has_sms,
        version,
    ))
}

/// Keeps what the caller chose.
pub(super) async fn put(
    app: &App,
    actor: &Actor,
    input: Preferences,
    seen: IfMatch,
    now: Instant,
) -> Result<PreferencesView> {
    let input = input.checked()?.lean();
    let known = get(app, actor).await?;
    seen.check("what you chose", known.version)?;
    let version = known.version + 1;
    let choices = serde_json::to_value(&input).map_err(Error::internal)?;
    let tx = app.db.write("notifications.choose").await?;
    if !store::keep_choices(&tx, actor, choices, version, now).await? {
        return Err(conditional::stale());
    }
    tx.commit().await?;
    Ok(PreferencesView::new(
        &input,
        known.time_zone,
        known.has_sms,
        version,
    ))
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
