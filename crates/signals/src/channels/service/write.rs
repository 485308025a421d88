//! Writing messages of what waits: what waits for one place about one ticket is
//! gathered into one, or into as many as it takes.

use super::kind;
use super::send::{enqueue, place as sealed_for};
use crate::channels::payload::{Item, Said};
use crate::channels::store::{self, ChannelRow, NewMessage, PlaceRow, WaitingRow};
use crate::stream::{self, TicketRow};
use crate::templates::{self, Happening, Message, Occasion, Section};
use std::time::Duration;
use steward_domain::notifications::bundles::parcels;
use steward_domain::notifications::channels::{Topic, is_whole, phone};
use steward_domain::notifications::rules::Reason;
use steward_domain::notifications::templates::{Language, Matter, Medium};
use steward_domain::tickets::events::TicketEvent;
use steward_domain::tickets::policy;
use steward_domain::visibility::TicketFacts;
use steward_identity::auth;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Envelope, Error, Instant, Result};
use steward_platform::{App, clock, events, seal};
use uuid::Uuid;

/// Places that are written to in one look.
const AT_ONCE: u32 = 50;
/// How long what could not be written waits.
const LATER: Duration = Duration::from_secs(300);

/// Writes what is due. Returns how much was done.
///
/// # Errors
/// When the database does not answer.
pub async fn send_due(app: &App, now: Instant) -> Result<usize> {
    let places = store::due(&app.db, now, AT_ONCE).await?;
    let count = places.len();
    for place in places {
        if let Err(error) = write(app, &place, now).await {
            tracing::warn!(ticket = %place.ticket_id, channel = ?place.channel_id, error = ?error.source,
                detail = %error.detail, "message cannot be written");
            let later = now.checked_add(LATER).unwrap_or(now);
            let tx = app.db.write("channels.postpone").await?;
            store::postpone(&tx, &place, now, later).await?;
            tx.commit().await?;
        }
    }
    Ok(count)
}

/// Who reads a message.
struct Reader {
    /// The number, when it goes to a phone.
    to: Option<String>,
    first_name: String,
    last_name: String,
    language: Language,
    reads_internal: bool,
}

/// Something that is told.
type Told = (WaitingRow, Happening);

async fn write(app: &App, place: &PlaceRow, now: Instant) -> Result<()> {
    let rows = store::waiting(&app.db, place).await?;
    let organization = OrganizationId(place.organization_id);
    let channel = match place.channel_id {
        Some(id) => store::find(&app.db, organization, id).await?,
        None => None,
    };
    let Some(channel) = channel.filter(|channel| channel.is_active) else {
        return skip(app, &ids(&rows), "channel_off", now).await;
    };
    let mut tickets = stream::tickets(&app.db, organization, &[place.ticket_id]).await?;
    let Some((ticket, facts)) = tickets.remove(&place.ticket_id) else {
        return skip(app, &ids(&rows), "not_visible", now).await;
    };
    let reader = match reader(app, place, &channel, &facts).await? {
        Ok(reader) => reader,
        Err(note) => return skip(app, &ids(&rows), note, now).await,
    };
    let is_hidden = |row: &WaitingRow| row.is_internal && !reader.reads_internal;
    let (hidden, seen): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_hidden);
    skip(app, &ids(&hidden), "not_visible", now).await?;
    let mut told = Vec::new();
    for row in seen {
        let happening = happening(app, place, &row, &reader).await?;
        told.push((row, happening));
    }
    post(app, &channel, &reader, &ticket, told, now).await
}

fn ids(rows: &[WaitingRow]) -> Vec<Uuid> {
    rows.iter().map(|row| row.id).collect()
}

/// Ends waiting deliveries, mail among them, without sending them; `note` says why.
pub(crate) async fn skip(app: &App, ids: &[Uuid], note: &str, now: Instant) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let tx = app.db.write("deliveries.skip").await?;
    store::skip(&tx, ids, note, now).await?;
    tx.commit().await
}

/// Writes the messages, each in a transaction with what is in it.
async fn post(
    app: &App,
    channel: &ChannelRow,
    reader: &Reader,
    ticket: &TicketRow,
    told: Vec<Told>,
    now: Instant,
) -> Result<()> {
    let organization = OrganizationId(channel.organization_id);
    let medium = Medium::from(kind(channel)?);
    let own = templates::own(&app.db, organization, reader.language).await?;
    let blank = occasion(app, channel, reader, ticket, medium);
    let written = |told: &[Told]| {
        let mut occasion = blank.clone();
        if let Some(section) = occasion.sections.first_mut() {
            section.items = told.iter().map(|(_, one)| one.clone()).collect();
        }
        templates::write_message(&own, &occasion)
    };
    let link = blank.sections.first().map_or("", |s| s.link.as_str());
    for parcel in parcels(told, |told| is_whole(medium, &written(told).text, link)) {
        let message = written(&parcel);
        let remark = templates::remark(&message.remarks);
        let ids: Vec<Uuid> = parcel.iter().map(|(row, _)| row.id).collect();
        let id = clock::new_id();
        let said = serde_json::to_vec(&said(ticket, link, message, &parcel));
        let new = NewMessage {
            id,
            organization_id: channel.organization_id,
            channel_id: channel.id,
            recipient: reader.to.clone(),
            body: seal::seal(
                &app.config,
                &sealed_for(id),
                &said.map_err(Error::internal)?,
            )?,
        };
        let tx = app.db.write("channels.write").await?;
        if store::queue(&tx, &ids, new, remark.as_deref(), now).await? {
            enqueue(&tx, organization, id, now).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

fn said(ticket: &TicketRow, link: &str, message: Message, parcel: &[Told]) -> Said {
    // The strongest of what is in it; an alarm is never hidden behind a word.
    let strongest = parcel.iter().min_by_key(|(_, one)| one.matter);
    let items = parcel.iter().zip(message.items);
    Said {
        about: strongest.map_or_else(String::new, |(row, _)| row.reason.clone()),
        number: Some(ticket.number.clone()),
        title: ticket.title.clone(),
        link: link.to_owned(),
        text: message.text,
        items: items
            .map(|((row, _), text)| Item {
                about: row.reason.clone(),
                text,
            })
            .collect(),
    }
}

fn occasion(
    app: &App,
    channel: &ChannelRow,
    reader: &Reader,
    ticket: &TicketRow,
    medium: Medium,
) -> Occasion {
    let base = app.config.public_url.trim_end_matches('/');
    let page = if reader.to.is_some() && !reader.reads_internal {
        "portal/requests"
    } else {
        "agent/incidents"
    };
    Occasion {
        medium,
        language: reader.language,
        first_name: reader.first_name.clone(),
        last_name: reader.last_name.clone(),
        team: channel.team_name.clone().unwrap_or_default(),
        organization: channel.organization_name.clone(),
        preferences_link: String::new(),
        sections: vec![Section {
            number: ticket.number.clone(),
            title: ticket.title.clone(),
            status: ticket.status.clone(),
            priority: ticket.priority.clone(),
            link: format!("{base}/{page}/{}", ticket.number),
            items: Vec::new(),
        }],
    }
}

/// Who reads it now, or why nobody does.
async fn reader(
    app: &App,
    place: &PlaceRow,
    channel: &ChannelRow,
    facts: &TicketFacts,
) -> Result<std::result::Result<Reader, &'static str>> {
    let Some(user) = place.user_id else {
        let is_theirs = facts.team_id.map(|team| team.0) == channel.team_id;
        return Ok(is_theirs.then(|| team_of(channel)).ok_or("not_visible"));
    };
    let organization = OrganizationId(place.organization_id);
    let person = store::phone(&app.db, user).await?;
    let actors = auth::actors(&app.db, organization, &[user]).await?;
    let (Some(person), Some(actor)) = (person, actors.into_iter().next()) else {
        return Ok(Err("inactive"));
    };
    if !policy::visibility(&actor).sees(facts) {
        return Ok(Err("not_visible"));
    }
    let number = person.phone.as_deref().and_then(phone);
    let reader = number.map(|number| Reader {
        to: Some(number),
        language: Language::of(&person.locale),
        reads_internal: policy::sees_internal(&actor),
        first_name: person.first_name,
        last_name: person.last_name,
    });
    Ok(reader.ok_or("no_phone"))
}

/// Nobody knows who reads a team's channel, so internal notes stay out.
fn team_of(channel: &ChannelRow) -> Reader {
    Reader {
        to: None,
        first_name: String::new(),
        last_name: String::new(),
        language: Language::of(&channel.locale),
        reads_internal: false,
    }
}

async fn happening(
    app: &App,
    place: &PlaceRow,
    row: &WaitingRow,
    reader: &Reader,
) -> Result<Happening> {
    let event = events::find(&app.db, row.event_id).await?;
    let actor = match event.as_ref().and_then(|event| event.actor_id) {
        Some(actor) => store::name(&app.db, actor.0).await?,
        None => None,
    };
    let organization = OrganizationId(place.organization_id);
    let comment = match event.as_ref().and_then(comment_of) {
        Some(id) => store::comment(&app.db, organization, id).await?,
        None => None,
    };
    let comment = comment.filter(|c| c.visibility == "public" || reader.reads_internal);
    Ok(Happening {
        matter: matter(place, row),
        actor,
        comment: comment.map(|comment| comment.body),
    })
}

fn matter(place: &PlaceRow, row: &WaitingRow) -> Matter {
    if place.user_id.is_some() {
        let known = Reason::ALL.into_iter().find(|r| r.as_str() == row.reason);
        Matter::Reason(known.unwrap_or(Reason::Commented))
    } else {
        Matter::Topic(row.reason.parse().unwrap_or(Topic::Commented))
    }
}

fn comment_of(event: &Envelope) -> Option<Uuid> {
    match serde_json::from_value(event.payload.clone()).ok()? {
        TicketEvent::Updated { comment, .. } => comment.map(|comment| comment.comment_id.0),
        _ => None,
    }
}
