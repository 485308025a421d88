//! Use cases of notifications.

use super::dto::{
    NotificationCount, NotificationQuery, NotificationView, Notifications, PersonReference,
    TicketReference, WebhookReference,
};
use super::store::{self, NewNotification};
use crate::channels::{self, News};
use crate::deliveries;
use std::collections::{BTreeMap, BTreeSet};
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
    match events::find(&app.db, event).await? {
        Some(envelope) => notify_all(app, &[envelope], now).await,
        None => Ok(()),
    }
}

/// As [`notify`], of several events at once.
pub(super) async fn notify_all(app: &App, events: &[Envelope], now: Instant) -> Result<()> {
    let mut facts = Vec::with_capacity(events.len());
    for envelope in events {
        let fact: TicketEvent =
            serde_json::from_value(envelope.payload.clone()).map_err(Error::internal)?;
        facts.push((envelope, fact));
    }
    let mut told = BTreeMap::<OrganizationId, (Vec<News<'_>>, Vec<Story<'_>>)>::new();
    for (event, fact) in &facts {
        let Some(ticket) = rules::ticket(fact) else {
            continue;
        };
        let (news, stories) = told.entry(event.organization_id).or_default();
        news.push(News {
            event,
            ticket,
            topics: Topic::of(fact),
        });
        stories.push(Story {
            envelope: event,
            ticket,
            recipients: rules::recipients(fact, event.actor_id),
        });
    }
    for (organization, (news, stories)) in told {
        channels::announce(app, organization, &news, now).await?;
        tell(app, organization, stories, now).await?;
    }
    Ok(())
}

/// Tells those whom an event names, if they may see its ticket.
pub(super) async fn tell_named(app: &App, event: Uuid, now: Instant) -> Result<()> {
    let Some(envelope) = events::find(&app.db, event).await? else {
        return Ok(());
    };
    let payload = envelope.payload.clone();
    let fact: Addressed = serde_json::from_value(payload).map_err(Error::internal)?;
    let news = News {
        event: &envelope,
        ticket: &fact.ticket,
        topics: vec![Topic::of_named(&envelope.name)],
    };
    channels::announce(app, envelope.organization_id, &[news], now).await?;
    let story = Story {
        envelope: &envelope,
        ticket: &fact.ticket,
        recipients: fact.recipients(&envelope.name, envelope.actor_id),
    };
    tell(app, envelope.organization_id, vec![story], now).await
}

/// An event of a ticket, and whom it concerns.
struct Story<'a> {
    envelope: &'a Envelope,
    ticket: &'a Snapshot,
    recipients: Vec<Recipient>,
}

async fn tell(
    app: &App,
    organization: OrganizationId,
    mut stories: Vec<Story<'_>>,
    now: Instant,
) -> Result<()> {
    stories.retain(|story| !story.recipients.is_empty());
    let recipients = stories.iter().flat_map(|story| &story.recipients);
    let ids: BTreeSet<Uuid> = recipients.map(|r| r.user_id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let actors = auth::actors(&app.db, organization, &ids).await?;
    let tickets: BTreeSet<Uuid> = stories.iter().map(|s| s.ticket.ticket_id.0).collect();
    let tickets: Vec<Uuid> = tickets.into_iter().collect();
    let tx = app.db.write("notifications.notify").await?;
    let choices = deliveries::choices(&tx, organization, &ids, &tickets).await?;
    let mut plan = deliveries::Plan::default();
    let mut shown = Vec::new();
    for story in stories {
        shown.extend(story.heard(&actors, &choices, &mut plan, now));
    }
    plan.write(&tx, now).await?;
    let told: BTreeSet<UserId> = shown.iter().map(|line| UserId(line.user_id)).collect();
    store::insert(&tx, organization, shown).await?;
    if !told.is_empty() {
        announce(app, &tx, organization, told.into_iter().collect(), now).await?;
    }
    tx.commit().await
}

impl Story<'_> {
    /// The lines of inboxes that it brings, to those who may see it and want to; what they get
    /// by other ways is added to `plan`.
    fn heard(
        self,
        actors: &[Actor],
        choices: &deliveries::Choices,
        plan: &mut deliveries::Plan,
        now: Instant,
    ) -> Vec<NewNotification> {
        let facts = rules::facts(self.ticket);
        let about = self.ticket.ticket_id.0;
        let mut shown = Vec::new();
        for recipient in self.recipients {
            let Some(actor) = actors.iter().find(|a| a.user_id == recipient.user_id) else {
                continue;
            };
            let may_read = !recipient.is_internal || policy::sees_internal(actor);
            if !may_read || !policy::visibility(actor).sees(&facts) {
                continue;
            }
            let Some(chosen) = choices.of(recipient.user_id, about, recipient.reason) else {
                continue;
            };
            plan.add(self.envelope, about, recipient, chosen, now);
            if chosen.in_app(recipient) {
                shown.push(notification(self.envelope, self.ticket, recipient));
            }
        }
        shown
    }
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
