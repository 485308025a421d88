//! Making mails of what waits.

use crate::channels::skip;
use crate::deliveries::dto::pace;
use crate::deliveries::store::{self, AddressRow, DueRow, WaitingRow};
use crate::stream::{self, TicketRow};
use crate::templates::{self, Happening, Occasion, Section};
use std::collections::{BTreeMap, BTreeSet};
use steward_db::Db;
use steward_db::time::from_db;
use steward_domain::notifications::bundles::{Waiting, bundles};
use steward_domain::notifications::rules::Reason;
use steward_domain::notifications::templates::{Language, Matter, Medium};
use steward_domain::tickets::events::TicketEvent;
use steward_domain::tickets::policy;
use steward_domain::visibility::TicketFacts;
use steward_identity::auth;
use steward_identity::organizations::service::is_example;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Envelope, Instant, Result};
use steward_platform::mail::{self, Mail};
use steward_platform::{App, events};
use uuid::Uuid;

/// People who are written to in one look.
const AT_ONCE: u32 = 20;

/// Sends what is due and notes how earlier mails ended. Returns how much was done.
///
/// # Errors
/// When the database does not answer.
pub async fn send_due(app: &App, now: Instant) -> Result<usize> {
    let mut done = settle(app, now).await?;
    for due in store::due(&app.db, now, AT_ONCE).await? {
        if let Err(error) = send_to(app, &due, now).await {
            tracing::warn!(user = %due.user_id, error = ?error.source, detail = %error.detail, "mail cannot be written");
            let tx = app.db.write("deliveries.postpone").await?;
            store::postpone(&tx, due.user_id, now).await?;
            tx.commit().await?;
        }
        done += 1;
    }
    Ok(done)
}

async fn settle(app: &App, now: Instant) -> Result<usize> {
    if !store::is_settled_any(&app.db).await? {
        return Ok(0);
    }
    let tx = app.db.write("deliveries.settle").await?;
    let count = store::settle(&tx, now).await?;
    tx.commit().await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// What is known of the things that wait for one person.
struct Facts {
    actor: Actor,
    address: AddressRow,
    tickets: BTreeMap<Uuid, (TicketRow, TicketFacts)>,
    events: BTreeMap<Uuid, Envelope>,
    /// What was said, by comment.
    comments: BTreeMap<Uuid, (String, bool)>,
    names: BTreeMap<Uuid, String>,
}

async fn send_to(app: &App, due: &DueRow, now: Instant) -> Result<()> {
    let rows = store::waiting(&app.db, due.user_id).await?;
    let waiting: Vec<Waiting> = rows.iter().map(waiting).collect();
    let by_id: BTreeMap<Uuid, &WaitingRow> = rows.iter().map(|row| (row.id, row)).collect();
    let ids = || rows.iter().map(|row| row.id).collect::<Vec<_>>();
    // Its people are invented, and so are their addresses.
    if is_example(&app.db, OrganizationId(due.organization_id)).await? {
        return skip(app, &ids(), "example", now).await;
    }
    let Some(facts) = facts(&app.db, due, &rows).await? else {
        let ids = ids();
        return skip(app, &ids, "inactive", now).await;
    };
    for bundle in bundles(&waiting, now) {
        let rows = bundle.ids.iter().filter_map(|id| by_id.get(id).copied());
        let (seen, hidden): (Vec<_>, Vec<_>) = rows.partition(|row| facts.may_read(row));
        let hidden: Vec<Uuid> = hidden.iter().map(|row| row.id).collect();
        skip(app, &hidden, "not_visible", now).await?;
        if !seen.is_empty() {
            write(app, due, &facts, bundle.ticket_id, &seen, now).await?;
        }
    }
    Ok(())
}

fn waiting(row: &WaitingRow) -> Waiting {
    Waiting {
        id: row.id,
        ticket_id: row.ticket_id,
        pace: pace(&row.pace),
        due_at: from_db(row.due_at),
    }
}

/// Writes one mail and says so of everything in it, or nothing when another
/// node was faster.
async fn write(
    app: &App,
    due: &DueRow,
    facts: &Facts,
    thread: Option<Uuid>,
    rows: &[&WaitingRow],
    now: Instant,
) -> Result<()> {
    let organization = OrganizationId(due.organization_id);
    let occasion = facts.occasion(&app.config.public_url, rows);
    let own = templates::own(&app.db, organization, occasion.language).await?;
    let letter = templates::write(&own, &occasion);
    let mail = Mail {
        to: facts.address.email.clone(),
        subject: letter.subject,
        text: letter.text,
        html: Some(letter.html),
        thread,
    };
    let remark = templates::remark(&letter.remarks);
    let tx = app.db.write("deliveries.send").await?;
    let id = mail::enqueue(&tx, &app.config, Some(organization), mail, now).await?;
    super::unsubscribe::surround(app, &tx, (organization, due.user_id), (id, thread)).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let taken = store::queue(&tx, &ids, id, remark.as_deref()).await?;
    if usize::try_from(taken).is_ok_and(|taken| taken == ids.len()) {
        tx.commit().await
    } else {
        Ok(())
    }
}

async fn facts(db: &Db, due: &DueRow, rows: &[WaitingRow]) -> Result<Option<Facts>> {
    let organization = OrganizationId(due.organization_id);
    let actors = auth::actors(db, organization, &[due.user_id]).await?;
    let address = store::address(db, due.user_id).await?;
    let (Some(actor), Some(address)) = (actors.into_iter().next(), address) else {
        return Ok(None);
    };
    let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.ticket_id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let tickets = stream::tickets(db, organization, &ids).await?;
    let mut found = BTreeMap::new();
    for row in rows {
        if let Some(event) = events::find(db, row.event_id).await? {
            found.insert(row.event_id, event);
        }
    }
    let said: Vec<Uuid> = found.values().filter_map(comment_of).collect();
    let comments = store::comments(db, organization, &said).await?;
    let comments = comments
        .into_iter()
        .map(|row| (row.id, (row.body, row.visibility == "public")))
        .collect();
    let people: Vec<Uuid> = found
        .values()
        .filter_map(|e| e.actor_id)
        .map(|a| a.0)
        .collect();
    let names = store::names(db, &people).await?;
    let names = names.into_iter().map(|row| (row.id, row.name)).collect();
    Ok(Some(Facts {
        actor,
        address,
        tickets,
        events: found,
        comments,
        names,
    }))
}

/// The comment that came with an event.
fn comment_of(event: &Envelope) -> Option<Uuid> {
    match serde_json::from_value(event.payload.clone()).ok()? {
        TicketEvent::Updated { comment, .. } => comment.map(|comment| comment.comment_id.0),
        _ => None,
    }
}

/// How a ticket was resolved by an event.
fn solution_of(event: &Envelope) -> Option<String> {
    match serde_json::from_value(event.payload.clone()).ok()? {
        TicketEvent::Updated { changes, .. } => {
            let mut notes = changes.into_iter().filter(|c| c.field == "resolution_note");
            notes.find_map(|change| change.new)
        }
        _ => None,
    }
}

impl Facts {
    fn may_read(&self, row: &WaitingRow) -> bool {
        let reads = !row.is_internal || policy::sees_internal(&self.actor);
        let ticket = self.tickets.get(&row.ticket_id);
        reads && ticket.is_some_and(|(_, facts)| policy::visibility(&self.actor).sees(facts))
    }

    fn occasion(&self, public_url: &str, rows: &[&WaitingRow]) -> Occasion {
        let base = public_url.trim_end_matches('/');
        let part = if policy::sees_internal(&self.actor) {
            "agent"
        } else {
            "portal"
        };
        Occasion {
            medium: Medium::Email,
            language: Language::of(&self.address.locale),
            first_name: self.address.first_name.clone(),
            last_name: self.address.last_name.clone(),
            team: String::new(),
            organization: self.address.organization.clone(),
            preferences_link: format!("{base}/{part}/profile?section=notifications"),
            sections: self.sections(base, rows),
        }
    }

    /// What happened, ticket by ticket in the order in which they come first.
    fn sections(&self, base: &str, rows: &[&WaitingRow]) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        for row in rows {
            let Some((ticket, _)) = self.tickets.get(&row.ticket_id) else {
                continue;
            };
            let item = self.item(row, ticket);
            match sections.iter_mut().find(|s| s.number == ticket.number) {
                Some(section) => section.items.push(item),
                None => sections.push(Section {
                    number: ticket.number.clone(),
                    title: ticket.title.clone(),
                    status: ticket.status.clone(),
                    priority: ticket.priority.clone(),
                    link: self.link(base, &ticket.number),
                    items: vec![item],
                }),
            }
        }
        sections
    }

    fn item(&self, row: &WaitingRow, ticket: &TicketRow) -> Happening {
        let event = self.events.get(&row.event_id);
        let actor = event.and_then(|event| event.actor_id);
        let comment = event.and_then(comment_of);
        let comment = comment.and_then(|id| self.comments.get(&id));
        let comment =
            comment.filter(|(_, is_public)| *is_public || policy::sees_internal(&self.actor));
        let reason = reason(&row.reason);
        // How it was resolved is what its requester waited for; by now it may
        // have been resolved anew, so the event says how it was then.
        let solution = event.and_then(solution_of);
        let solution = solution.or_else(|| ticket.resolution_note.clone());
        let solution = solution.filter(|_| reason == Reason::Resolved);
        let said = comment.map(|(body, _)| body.clone());
        let texts: Vec<String> = said.into_iter().chain(solution).collect();
        Happening {
            matter: Matter::Reason(reason),
            actor: actor
                .and_then(|actor| self.names.get(&actor.0))
                .map(|name| name.trim().to_owned()),
            comment: (!texts.is_empty()).then(|| texts.join("\n\n")),
        }
    }

    /// The page of the ticket: the console for those who work, else the portal.
    fn link(&self, base: &str, number: &str) -> String {
        let page = if policy::sees_internal(&self.actor) {
            "agent/incidents"
        } else {
            "portal/requests"
        };
        format!("{base}/{page}/{number}")
    }
}

fn reason(word: &str) -> Reason {
    let known = Reason::ALL.into_iter().find(|r| r.as_str() == word);
    known.unwrap_or(Reason::Commented)
}
