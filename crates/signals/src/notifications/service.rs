//! Use cases of notifications.

use super::dto::{
    NotificationCount, NotificationQuery, NotificationView, Notifications, PersonReference,
    TicketReference, WebhookReference,
};
use super::store::{self, NewNotification};
use crate::{channels, deliveries};
use steward_db::Tx;
use steward_db::time::from_db;
use steward_domain::notifications::channels::Topic;
use steward_domain::notifications::events::NotificationEvent;
use steward_domain::notifications::rules::{self, Addressed, Reason, Recipient};
use steward_domain::tickets::events::{Snapshot, TicketEvent};
use steward_domain::tickets::policy;
use steward_identity::auth;
use steward_kernel::id::{OrganizationId, UserId};
use steward_kernel::page::PageRequest;
use steward_kernel::{Actor, Envelope, Error, Instant, Result};
use steward_platform::http::page::{self, Cursor};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// Tells everyone whom an event of a ticket concerns and who may see it.
pub(super) async fn notify(app: &App, event: Uuid, now: Instant) -> Result<()> {
    let Some(envelope) = events::find(&app.db, event).await? else {
        return Ok(());
    };
    let payload = envelope.payload.clone();
    let fact: TicketEvent = serde_json::from_value(payload).map_err(Error::internal)?;
    if let Some(ticket) = rules::ticket(&fact) {
        let topics = Topic::of(&fact);
        channels::announce(app, &envelope, ticket, &topics, now).await?;
    }
    let recipients = rules::recipients(&fact, envelope.actor_id);
    if recipients.is_empty() {
        return Ok(());
    }
    match rules::ticket(&fact) {
        Some(ticket) => tell(app, &envelope, ticket, recipients, now).await,
        None => Ok(()),
    }
}

/// Tells those whom an event names, if they may see its ticket.
pub(super) async fn tell_named(app: &App, event: Uuid, now: Instant) -> Result<()> {
    let Some(envelope) = events::find(&app.db, event).await? else {
        return Ok(());
    };
    let payload = envelope.payload.clone();
    let fact: Addressed = serde_json::from_value(payload).map_err(Error::internal)?;
    let topics = [Topic::of_named(&envelope.name)];
    channels::announce(app, &envelope, &fact.ticket, &topics, now).await?;
    let recipients = fact.recipients(&envelope.name, envelope.actor_id);
    tell(app, &envelope, &fact.ticket, recipients, now).await
}

async fn tell(
    app: &App,
    envelope: &Envelope,
    ticket: &Snapshot,
    recipients: Vec<Recipient>,
    now: Instant,
) -> Result<()> {
    if recipients.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = recipients.iter().map(|r| r.user_id.0).collect();
    let actors = auth::actors(&app.db, envelope.organization_id, &ids).await?;
    let facts = rules::facts(ticket);
    let (mut told, mut shown) = (Vec::new(), Vec::new());
    let mut plan = deliveries::Plan::default();
    let tx = app.db.write("notifications.notify").await?;
    let about = ticket.ticket_id.0;
    let choices = deliveries::choices(&tx, envelope.organization_id, &ids, about).await?;
    for recipient in recipients {
        let Some(actor) = actors.iter().find(|a| a.user_id == recipient.user_id) else {
            continue;
        };
        let may_read = !recipient.is_internal || policy::sees_internal(actor);
        if !may_read || !policy::visibility(actor).sees(&facts) {
            continue;
        }
        let chosen = choices.get(&recipient.user_id);
        let Some(chosen) = chosen.filter(|c| c.hears(recipient.reason)) else {
            continue;
        };
        plan.add(envelope, about, recipient, chosen, now);
        if chosen.in_app(recipient) {
            shown.push(notification(envelope, ticket, recipient));
            told.push(recipient.user_id);
        }
    }
    plan.write(&tx, now).await?;
    store::insert(&tx, envelope.organization_id, shown).await?;
    if !told.is_empty() {
        announce(app, &tx, envelope.organization_id, told, now).await?;
    }
    tx.commit().await
}

/// A line for the inbox of one person.
fn notification(envelope: &Envelope, ticket: &Snapshot, recipient: Recipient) -> NewNotification {
    NewNotification {
        id: clock::new_id(),
        user_id: recipient.user_id.0,
        event_id: envelope.id.0,
        reason: recipient.reason.as_str(),
        ticket_id: ticket.ticket_id.0,
        webhook_id: None,
        number: ticket.number.clone(),
        title: ticket.title.clone(),
        actor_id: envelope.actor_id.map(|a| a.0),
        at: envelope.at,
    }
}

/// Tells these people that a webhook was switched off.
pub(crate) async fn tell_of_webhook(
    app: &App,
    tx: &Tx,
    organization: OrganizationId,
    people: &[Uuid],
    (webhook, name): (Uuid, &str),
    now: Instant,
) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let event_id = clock::new_id();
    let line = |user_id: &Uuid| NewNotification {
        id: clock::new_id(),
        user_id: *user_id,
        event_id,
        reason: "webhook_disabled",
        ticket_id: Uuid::nil(),
        webhook_id: Some(webhook),
        number: String::new(),
        title: name.to_owned(),
        actor_id: None,
        at: now,
    };
    store::insert(tx, organization, people.iter().map(line).collect()).await?;
    let told = people.iter().map(|id| UserId(*id)).collect();
    announce(app, tx, organization, told, now).await
}

/// Says whose notifications changed, for screens that show them.
async fn announce(
    app: &App,
    tx: &Tx,
    organization: OrganizationId,
    user_ids: Vec<UserId>,
    now: Instant,
) -> Result<()> {
    let about = user_ids.first().map_or(Uuid::nil(), |user| user.0);
    let event = NotificationEvent::Changed { user_ids };
    events::publish_many(tx, &app.jobs, organization, &[(about, event)], now).await
}

/// The caller's notifications, newest first.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: NotificationQuery,
) -> Result<Notifications> {
    let per_page = PageRequest::new(None, query.per_page, None)?.per_page;
    let after = query.cursor.as_deref().map(Cursor::decode_at).transpose()?;
    let wanted = store::Wanted {
        user: actor.user_id.0,
        is_unread: query.unread.unwrap_or(false),
        reasons: query.reason.as_deref().map(reasons).transpose()?,
    };
    let mut rows = store::page(&app.db, &wanted, after, per_page + 1).await?;
    let next_cursor = page::cut(&mut rows, per_page, |row| {
        Cursor::at(from_db(row.created_at), row.id)
    });
    Ok(Notifications {
        data: rows.into_iter().map(view).collect(),
        next_cursor,
    })
}

fn reasons(text: &str) -> Result<Vec<&'static str>> {
    let reason = |word: &str| {
        let found = serde_json::from_value::<Reason>(word.trim().into());
        let unknown = |_| Error::field("reason", "unknown_value", format!("'{word}' is no reason"));
        found.map(Reason::as_str).map_err(unknown)
    };
    text.split(',').map(reason).collect()
}

fn view(row: store::NotificationRow) -> NotificationView {
    let (ticket, webhook) = match row.webhook_id {
        Some(id) => (
            None,
            Some(WebhookReference {
                id,
                name: row.title,
            }),
        ),
        None => {
            let ticket = TicketReference {
                id: row.ticket_id,
                number: row.number,
                title: row.title,
            };
            (Some(ticket), None)
        }
    };
    NotificationView {
        id: row.id,
        reason: row.reason,
        ticket,
        webhook,
        actor: row
            .actor_id
            .zip(row.actor_name)
            .map(|(id, name)| PersonReference {
                id,
                name: name.trim().to_owned(),
            }),
        created_at: from_db(row.created_at),
        read_at: row.read_at.map(from_db),
    }
}

/// How many the caller has not read, counted up to 100.
pub(super) async fn count(app: &App, actor: &Actor) -> Result<NotificationCount> {
    let unread = store::unread(&app.db, actor.user_id.0, 100).await?;
    Ok(NotificationCount {
        unread,
        is_capped: unread == 100,
    })
}

/// Marks one as read; a second time changes nothing.
pub(super) async fn read(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<()> {
    let tx = app.db.write("notifications.read").await?;
    if !store::read(&tx, actor.user_id.0, id, now).await? {
        return Err(Error::not_found("notification", id));
    }
    store::forget(&tx, actor.user_id.0, now).await?;
    announce(app, &tx, actor.organization_id, vec![actor.user_id], now).await?;
    tx.commit().await
}

/// Marks all of the caller's as read.
pub(super) async fn read_all(app: &App, actor: &Actor, now: Instant) -> Result<()> {
    let tx = app.db.write("notifications.read_all").await?;
    store::read_all(&tx, actor.user_id.0, now).await?;
    store::forget(&tx, actor.user_id.0, now).await?;
    announce(app, &tx, actor.organization_id, vec![actor.user_id], now).await?;
    tx.commit().await
}
