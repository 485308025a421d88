//! Writing messages whose time has come, and sending them.

use super::{kind, opened};
use crate::channels::jobs::SEND;
use crate::channels::payload::{self, Said};
use crate::channels::store::{self, ChannelRow, DueRow, End, NewMessage};
use crate::channels::words;
use crate::stream;
use crate::templates;
use serde_json::json;
use std::time::Duration;
use steward_db::Tx;
use steward_domain::notifications::channels::{Topic, phone};
use steward_domain::notifications::rules::Reason;
use steward_domain::notifications::templates::Language;
use steward_domain::tickets::events::TicketEvent;
use steward_domain::tickets::policy;
use steward_domain::visibility::TicketFacts;
use steward_identity::auth;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Envelope, Error, Instant, Result};
use steward_platform::jobs::{self, Job, NewJob};
use steward_platform::outgoing::{Answer, SendError};
use steward_platform::{App, clock, events, seal};
use uuid::Uuid;

/// Messages that are written in one look.
const AT_ONCE: u32 = 50;
/// How long a message waits that could not be written.
const LATER: Duration = Duration::from_secs(300);
/// Most characters of an answer that are kept.
const MOST_KEPT: usize = 500;

fn place(id: Uuid) -> String {
    format!("channel_messages.body/{id}")
}

/// Writes what is due. Returns how much was done.
///
/// # Errors
/// When the database does not answer.
pub async fn send_due(app: &App, now: Instant) -> Result<usize> {
    let rows = store::due(&app.db, now, AT_ONCE).await?;
    let count = rows.len();
    for row in rows {
        if let Err(error) = write(app, &row, now).await {
            tracing::warn!(delivery = %row.id, error = ?error.source, detail = %error.detail, "message cannot be written");
            let later = now.checked_add(LATER).unwrap_or(now);
            let tx = app.db.write("channels.postpone").await?;
            store::postpone(&tx, row.id, later).await?;
            tx.commit().await?;
        }
    }
    Ok(count)
}

/// What a delivery becomes.
enum Outcome {
    /// Nothing, for this reason.
    Skipped(&'static str),
    /// A message, to this number if it goes to a phone.
    Message(Option<String>, Said),
}

async fn write(app: &App, row: &DueRow, now: Instant) -> Result<()> {
    let organization = OrganizationId(row.organization_id);
    let channel = match row.channel_id {
        Some(id) => store::find(&app.db, organization, id).await?,
        None => None,
    };
    let channel = channel.filter(|channel| channel.is_active);
    let outcome = match &channel {
        Some(channel) => said(app, row, channel).await?,
        None => Outcome::Skipped("channel_off"),
    };
    let tx = app.db.write("channels.write").await?;
    match (outcome, channel) {
        (Outcome::Message(recipient, said), Some(channel)) => {
            let id = clock::new_id();
            let text = serde_json::to_vec(&said).map_err(Error::internal)?;
            let message = NewMessage {
                id,
                organization_id: row.organization_id,
                channel_id: channel.id,
                recipient,
                body: seal::seal(&app.config, &place(id), &text)?,
            };
            if !store::queue(&tx, row.id, message, now).await? {
                return Ok(());
            }
            enqueue(&tx, organization, id, now).await?;
        }
        (Outcome::Skipped(note), _) => store::skip(&tx, row.id, note, now).await?,
        (Outcome::Message(..), None) => {}
    }
    tx.commit().await
}

async fn enqueue(tx: &Tx, organization: OrganizationId, id: Uuid, now: Instant) -> Result<()> {
    let job = NewJob {
        organization_id: Some(organization),
        kind: SEND,
        payload: json!({"message_id": id}),
        run_at: now,
        dedupe_key: None,
    };
    jobs::enqueue_outside(tx, job, now).await
}

/// Who reads a message.
struct Reader {
    /// The number, when it goes to a phone.
    to: Option<String>,
    language: Language,
    reads_internal: bool,
}

/// Who reads it now, or why nobody does.
async fn reader(
    app: &App,
    row: &DueRow,
    channel: &ChannelRow,
    facts: &TicketFacts,
) -> Result<std::result::Result<Reader, &'static str>> {
    let Some(user) = row.user_id else {
        let is_theirs = facts.team_id.map(|team| team.0) == channel.team_id;
        return Ok(is_theirs.then(|| team_of(channel)).ok_or("not_visible"));
    };
    let organization = OrganizationId(row.organization_id);
    let person = store::phone(&app.db, user).await?;
    let actors = auth::actors(&app.db, organization, &[user]).await?;
    let (Some(person), Some(actor)) = (person, actors.into_iter().next()) else {
        return Ok(Err("inactive"));
    };
    let reads_internal = policy::sees_internal(&actor);
    if (row.is_internal && !reads_internal) || !policy::visibility(&actor).sees(facts) {
        return Ok(Err("not_visible"));
    }
    let number = person.phone.as_deref().and_then(phone);
    let reader = number.map(|number| Reader {
        to: Some(number),
        language: Language::of(&person.locale),
        reads_internal,
    });
    Ok(reader.ok_or("no_phone"))
}

/// Nobody knows who reads a team's channel, so internal notes stay out.
fn team_of(channel: &ChannelRow) -> Reader {
    Reader {
        to: None,
        language: Language::of(&channel.locale),
        reads_internal: false,
    }
}

async fn said(app: &App, row: &DueRow, channel: &ChannelRow) -> Result<Outcome> {
    let organization = OrganizationId(row.organization_id);
    let mut tickets = stream::tickets(&app.db, organization, &[row.ticket_id]).await?;
    let Some((ticket, facts)) = tickets.remove(&row.ticket_id) else {
        return Ok(Outcome::Skipped("not_visible"));
    };
    let reader = match reader(app, row, channel, &facts).await? {
        Ok(reader) => reader,
        Err(note) => return Ok(Outcome::Skipped(note)),
    };
    let event = events::find(&app.db, row.event_id).await?;
    let by = match event.as_ref().and_then(|event| event.actor_id) {
        Some(actor) => store::name(&app.db, actor.0).await?,
        None => None,
    };
    let comment = match event.as_ref().and_then(comment_of) {
        Some(id) => store::comment(&app.db, organization, id).await?,
        None => None,
    };
    let comment = comment.filter(|c| c.visibility == "public" || reader.reads_internal);
    let base = app.config.public_url.trim_end_matches('/');
    let page = if reader.to.is_some() && !reader.reads_internal {
        "portal/requests"
    } else {
        "agent/incidents"
    };
    let said = Said {
        about: row.reason.clone(),
        link: format!("{base}/{page}/{}", ticket.number),
        number: Some(ticket.number),
        title: ticket.title,
        line: line(row, by.as_deref(), reader.language),
        comment: comment.map(|comment| comment.body),
    };
    Ok(Outcome::Message(reader.to, said))
}

/// What happened, in a sentence.
fn line(row: &DueRow, by: Option<&str>, language: Language) -> String {
    let (did, was) = if row.user_id.is_some() {
        let known = Reason::ALL.into_iter().find(|r| r.as_str() == row.reason);
        templates::sentence(known.unwrap_or(Reason::Commented), language)
    } else {
        let topic = row.reason.parse().unwrap_or(Topic::Commented);
        words::sentence(topic, language)
    };
    match by {
        Some(by) => format!("{by} {did}"),
        None => was.to_owned(),
    }
}

fn comment_of(event: &Envelope) -> Option<Uuid> {
    match serde_json::from_value(event.payload.clone()).ok()? {
        TicketEvent::Updated { comment, .. } => comment.map(|comment| comment.comment_id.0),
        _ => None,
    }
}

/// How a try ended, and what was answered. A refusal that will not change is final.
pub(super) fn judged(outcome: Result<Answer, SendError>) -> (End, String) {
    let (end, answer) = match outcome {
        Ok(answer) => {
            let end = match answer.status.as_u16() {
                200..=299 => End::Sent,
                408 | 425 | 429 | 500..=599 => End::Open,
                _ => End::Failed,
            };
            (end, format!("{} {}", answer.status, answer.body))
        }
        Err(error) => (End::Open, error.text),
    };
    let answer: String = answer.trim().chars().take(MOST_KEPT).collect();
    (end, answer)
}

/// Sends one message and notes how it ended.
pub(in crate::channels) async fn deliver(app: &App, job: &Job, now: Instant) -> Result<()> {
    let id = job.payload.get("message_id").and_then(|v| v.as_str());
    let id: Uuid = id
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Error::internal(format!("job {} names no message", job.id)))?;
    let Some(message) = store::unsent(&app.db, id).await? else {
        return Ok(());
    };
    let organization = OrganizationId(message.organization_id);
    let channel = store::find(&app.db, organization, message.channel_id).await?;
    let (end, answer) = match channel {
        Some(channel) => {
            let text = seal::open(&app.config, &place(id), &message.body)?;
            let said: Said = serde_json::from_slice(&text).map_err(Error::internal)?;
            let settings = opened(app, &channel)?;
            let to = message.recipient.as_deref();
            let request = payload::request(kind(&channel)?, &settings, to, &said, id)?;
            judged(app.outgoing.send(request).await)
        }
        None => (End::Failed, "the channel was removed".to_owned()),
    };
    let is_last = jobs::rules::backoff(job.attempts, 0).is_none();
    let kept = if end == End::Open && is_last {
        End::Failed
    } else {
        end
    };
    let tx = app.db.write("channels.note").await?;
    store::note(&tx, id, kept, &answer, now).await?;
    tx.commit().await?;
    match end {
        End::Open => Err(Error::internal(answer)),
        End::Sent | End::Failed => Ok(()),
    }
}

/// Tries a message that was given up once more; false when it was not.
pub(crate) async fn send_again(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    now: Instant,
) -> Result<bool> {
    if !store::reopen(tx, id).await? {
        return Ok(false);
    }
    enqueue(tx, organization, id, now).await.map(|()| true)
}
