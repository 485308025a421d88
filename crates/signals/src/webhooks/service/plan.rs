//! From events to deliveries.

use super::DISABLED;
use crate::webhooks::store::{self, NewDelivery, WebhookRow};
use std::collections::{BTreeMap, BTreeSet};
use steward_db::time::from_db;
use steward_domain::tickets::policy;
use steward_domain::webhooks::kinds::{EventFilter, is_told, kinds};
use steward_identity::auth;
use steward_kernel::{Actor, Envelope, Instant, Result};
use steward_platform::events::Placed;
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// Events of one turn.
const BATCH: u32 = 500;

/// Why a delivery is not sent whose event the webhook's person may not see.
pub(super) const NOT_VISIBLE: &str = "not_visible";

/// Writes the deliveries of what happened since the last turn and moves the mark
/// past it, in one transaction. Returns how many events there were.
///
/// # Errors
/// When the database does not answer.
pub async fn plan(app: &App, now: Instant) -> Result<usize> {
    let Some(mark) = store::mark(&app.db).await? else {
        return Ok(0);
    };
    let events = events::after(&app.db, mark, BATCH).await?;
    let Some(last) = events.last() else {
        return Ok(0);
    };
    let last = last.position;
    let told: Vec<&Envelope> = events
        .iter()
        .map(envelope)
        .filter(|e| is_told(&e.name))
        .collect();
    let new = deliveries(app, &told).await?;
    let tx = app.db.write("webhooks.plan").await?;
    if !store::move_mark(&tx, mark, last).await? {
        return Ok(0);
    }
    store::plan(&tx, new, now).await?;
    tx.commit().await?;
    Ok(events.len())
}

fn envelope(placed: &Placed) -> &Envelope {
    &placed.event
}

/// A webhook with what decides what it is told.
struct Subscriber {
    row: WebhookRow,
    filter: EventFilter,
    person: Option<Actor>,
}

async fn deliveries(app: &App, events: &[&Envelope]) -> Result<Vec<NewDelivery>> {
    let organizations: BTreeSet<Uuid> = events.iter().map(|e| e.organization_id.0).collect();
    let subscribers = subscribers(app, organizations).await?;
    let mut new = Vec::new();
    for event in events {
        let of_event = subscribers.get(&event.organization_id.0);
        new.extend(
            of_event
                .into_iter()
                .flatten()
                .filter_map(|subscriber| subscriber.delivery(event)),
        );
    }
    Ok(new)
}

async fn subscribers(
    app: &App,
    organizations: BTreeSet<Uuid>,
) -> Result<BTreeMap<Uuid, Vec<Subscriber>>> {
    let mut found = BTreeMap::<Uuid, Vec<Subscriber>>::new();
    let rows = store::of_organizations(&app.db, organizations.into_iter()).await?;
    for row in rows {
        let organization = row.organization_id.into();
        let people = auth::actors(&app.db, organization, &[row.acts_as_id]).await?;
        let subscriber = Subscriber {
            filter: EventFilter::stored(super::words(&row)),
            person: people.into_iter().next(),
            row,
        };
        let of_organization = found.entry(subscriber.row.organization_id).or_default();
        of_organization.push(subscriber);
    }
    Ok(found)
}

impl Subscriber {
    /// What it is told of an event, if it listens for it. Whether its person
    /// sees the ticket is asked when it is sent.
    fn delivery(&self, event: &Envelope) -> Option<NewDelivery> {
        if event.at < from_db(self.row.created_at) {
            return None;
        }
        let listens = self.filter.closest(&kinds(event, true))?;
        let reads_internal = self.person.as_ref().is_some_and(policy::sees_internal);
        let seen = self.filter.closest(&kinds(event, reads_internal));
        let skipped = match seen {
            _ if !self.row.is_enabled => Some(DISABLED),
            None if self.person.is_some() => Some(NOT_VISIBLE),
            _ => None,
        };
        Some(NewDelivery {
            id: clock::new_id(),
            organization_id: self.row.organization_id,
            webhook_id: self.row.id,
            event_id: event.id.0,
            kind: seen.unwrap_or(listens),
            ticket_id: Some(event.aggregate_id),
            skipped,
            claimed_until: None,
        })
    }
}
