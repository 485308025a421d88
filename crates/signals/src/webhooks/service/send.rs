//! Sending deliveries, many at once and few of one webhook.

use super::plan::NOT_VISIBLE;
use super::room::Room;
use super::{DISABLED, manageable, place};
use crate::notifications;
use crate::stream;
use crate::webhooks::dto::WebhookDeliveryDetail;
use crate::webhooks::store::{self, AttemptRow, Claimed, NewDelivery, Outcome, WebhookRow};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use steward_db::Tx;
use steward_db::time::{from_db, to_db};
use steward_domain::tickets::policy;
use steward_domain::webhooks::events::WebhookEvent;
use steward_domain::webhooks::kinds::{PING, kinds};
use steward_domain::webhooks::retry::{self, Verdict};
use steward_domain::webhooks::{payload, rules, signature};
use steward_identity::auth;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::outgoing::{Answer, HeaderMap, HeaderValue, Method, Request, SendError};
use steward_platform::{App, clock, events, seal};
use uuid::Uuid;

/// How long a node owns a delivery: longer than any request takes.
const LEASE: Duration = Duration::from_secs(30);

/// Takes what is due, as far as there is room.
pub(in crate::webhooks) async fn claim(
    app: &App,
    room: &Room,
    now: Instant,
) -> Result<Vec<Claimed>> {
    let mut all = Vec::new();
    for due in store::due(&app.db, now).await? {
        let left = room.left(&due);
        if left == 0 {
            continue;
        }
        match claim_of(app, due.webhook_id, left, now).await {
            Ok(claimed) => {
                room.take(due.webhook_id, claimed.len());
                all.extend(claimed);
            }
            Err(error) if all.is_empty() => return Err(error),
            // What was taken already is sent; the rest comes with the next look.
            Err(_) => break,
        }
    }
    Ok(all)
}

async fn claim_of(app: &App, webhook: Uuid, limit: usize, now: Instant) -> Result<Vec<Claimed>> {
    let until = now.checked_add(LEASE).unwrap_or(now);
    let tx = app.db.write("webhooks.claim").await?;
    let claimed = store::claim(&tx, webhook, limit, until, now).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// Sends what is due at `now`, as far as there is room at once, and waits until
/// it is over. Returns how much it was.
///
/// # Errors
/// When the database does not answer.
pub async fn send_due(app: &App, now: Instant) -> Result<usize> {
    let claimed = claim(app, &Room::default(), now).await?;
    let attempts = claimed.iter().map(|one| attempt(app, one));
    for done in futures::future::join_all(attempts).await {
        done?;
    }
    Ok(claimed.len())
}

/// What is to be done with a delivery.
enum Task {
    Send(Value),
    Skip(&'static str),
    /// The webhook's person is gone.
    SwitchOff,
}

async fn task(app: &App, webhook: &WebhookRow, claimed: &Claimed) -> Result<Task> {
    if claimed.kind == PING {
        let at = from_db(claimed.first_try_at);
        return Ok(Task::Send(payload::ping(&webhook.name, at)));
    }
    if !webhook.is_enabled {
        return Ok(Task::Skip(DISABLED));
    }
    let organization = OrganizationId(webhook.organization_id);
    let people = auth::actors(&app.db, organization, &[webhook.acts_as_id]).await?;
    let Some(person) = people.into_iter().next() else {
        return Ok(Task::SwitchOff);
    };
    let Some(event) = events::find(&app.db, claimed.event_id).await? else {
        return Ok(Task::Skip("event_gone"));
    };
    let reads_internal = policy::sees_internal(&person);
    let tickets = stream::tickets(&app.db, organization, &[event.aggregate_id]).await?;
    let facts = tickets.get(&event.aggregate_id).map(|(_, facts)| facts);
    let sees = facts.is_some_and(|facts| policy::visibility(&person).sees(facts));
    let kind = kinds(&event, reads_internal)
        .into_iter()
        .find(|kind| *kind == claimed.kind);
    match kind.filter(|_| sees) {
        Some(kind) => {
            let url = &app.config.public_url;
            Ok(Task::Send(payload::payload(
                &event,
                kind,
                reads_internal,
                url,
            )))
        }
        None => Ok(Task::Skip(NOT_VISIBLE)),
    }
}

/// Tries one delivery and notes how it went.
pub(in crate::webhooks) async fn attempt(app: &App, claimed: &Claimed) -> Result<()> {
    let organization = OrganizationId(claimed.organization_id);
    let Some(webhook) = store::find(&app.db, organization, claimed.webhook_id).await? else {
        return Ok(());
    };
    let body = match task(app, &webhook, claimed).await? {
        Task::Send(body) => body.to_string(),
        Task::Skip(note) => return skip(app, claimed, note).await,
        Task::SwitchOff => {
            let tx = app.db.write("webhooks.switch_off").await?;
            switch_off(app, &tx, &webhook, "person_inactive", clock::now()).await?;
            return tx.commit().await;
        }
    };
    let at = clock::now();
    let headers = headers(app, claimed, &body, at).await?;
    let request = Request {
        method: Method::POST,
        url: webhook.url.clone(),
        headers: headers.clone(),
        body: body.clone().into(),
    };
    let answer = app.outgoing.send(request).await;
    let now = clock::now();
    let row = AttemptRow {
        number: claimed.attempts,
        at: to_db(at),
        url: webhook.url.clone(),
        request_headers: texts(&headers),
        request_body: body,
        status: status(&answer),
        answer_headers: answer
            .as_ref()
            .map_or_else(|_| json!({}), |a| texts(&a.headers)),
        answer_body: answer
            .as_ref()
            .map_or_else(|_| String::new(), |a| a.body.clone()),
        error_kind: answer.as_ref().err().map(|e| e.kind.as_str().to_owned()),
        error: answer.as_ref().err().map(|e| e.text.clone()),
        took_ms: i32::try_from(now.duration_since(at).as_millis()).unwrap_or(i32::MAX),
    };
    settle(app, &webhook, claimed, row, &answer, now).await
}

async fn skip(app: &App, claimed: &Claimed, note: &'static str) -> Result<()> {
    let outcome = Outcome {
        state: "skipped",
        note: Some(note),
        again_at: None,
        status: None,
        error: None,
    };
    let tx = app.db.write("webhooks.skip").await?;
    store::settle(&tx, claimed, &outcome, clock::now()).await?;
    tx.commit().await
}

async fn headers(app: &App, claimed: &Claimed, body: &str, at: Instant) -> Result<HeaderMap> {
    let mut secrets = Vec::new();
    for row in store::secrets(&app.db, &[claimed.webhook_id], at).await? {
        secrets.push(seal::open(&app.config, &place(row.id), &row.sealed)?);
    }
    let (id, seconds) = (claimed.id.to_string(), at.as_second());
    let signatures = signature::signatures(&secrets, &id, seconds, body)?;
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    for (name, value) in [
        ("webhook-id", id),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signatures),
    ] {
        let value = HeaderValue::from_str(&value).map_err(Error::internal)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

fn texts(headers: &HeaderMap) -> Value {
    let texts: BTreeMap<&str, String> = headers
        .iter()
        .map(|(name, value)| {
            (
                name.as_str(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect();
    json!(texts)
}

fn status(answer: &std::result::Result<Answer, SendError>) -> Option<i32> {
    answer.as_ref().ok().map(|a| i32::from(a.status.as_u16()))
}

/// What becomes of a delivery after an answer or none.
fn outcome(
    claimed: &Claimed,
    answer: &std::result::Result<Answer, SendError>,
    now: Instant,
) -> (Verdict, Outcome) {
    let verdict = answer
        .as_ref()
        .map_or(Verdict::Failed, |a| retry::verdict(a.status.as_u16()));
    let asked = answer.as_ref().ok().and_then(|a| {
        let value = a.headers.get("retry-after")?.to_str().ok()?;
        retry::asked(value, now)
    });
    let jitter = claimed.id.as_bytes().last().copied().unwrap_or(0);
    let first = from_db(claimed.first_try_at);
    let again = || retry::again(first, claimed.tries, jitter, asked, now);
    let (state, note, again_at) = match verdict {
        Verdict::Taken => ("sent", None, None),
        Verdict::Gone => ("failed", Some("gone"), None),
        Verdict::Failed if claimed.kind == PING => ("failed", None, None),
        Verdict::Failed => match again() {
            Some(at) => ("waiting", None, Some(at)),
            None => ("failed", Some("given_up"), None),
        },
    };
    let outcome = Outcome {
        state,
        note,
        again_at,
        status: status(answer),
        error: answer.as_ref().err().map(|e| e.text.clone()),
    };
    (verdict, outcome)
}

/// Notes attempt, outcome and what it means for the webhook, in one transaction.
async fn settle(
    app: &App,
    webhook: &WebhookRow,
    claimed: &Claimed,
    row: AttemptRow,
    answer: &std::result::Result<Answer, SendError>,
    now: Instant,
) -> Result<()> {
    let (verdict, outcome) = outcome(claimed, answer, now);
    let tx = app.db.write("webhooks.settle").await?;
    store::keep_attempt(
        &tx,
        webhook.organization_id,
        claimed.id,
        clock::new_id(),
        row,
    )
    .await?;
    store::settle(&tx, claimed, &outcome, now).await?;
    if claimed.kind != PING {
        store::count(&tx, webhook.id, verdict == Verdict::Taken, now).await?;
        let since = webhook.failing_since.map_or(now, from_db);
        let is_failing = verdict == Verdict::Failed
            && retry::must_switch_off(since, webhook.failures.saturating_add(1), now);
        if verdict == Verdict::Gone {
            switch_off(app, &tx, webhook, "gone", now).await?;
        } else if is_failing {
            switch_off(app, &tx, webhook, "failing", now).await?;
        }
    }
    tx.commit().await
}

/// Switches a webhook off, ends what waits for it, and tells those who look after webhooks.
async fn switch_off(
    app: &App,
    tx: &Tx,
    webhook: &WebhookRow,
    reason: &str,
    now: Instant,
) -> Result<()> {
    if !store::switch_off(tx, webhook.id, reason, now).await? {
        return Ok(());
    }
    store::skip_waiting(tx, webhook.id, DISABLED, now).await?;
    let organization = OrganizationId(webhook.organization_id);
    let event = WebhookEvent::Disabled {
        webhook_id: webhook.id,
        name: webhook.name.clone(),
        reason: reason.to_owned(),
    };
    events::publish_many(tx, &app.jobs, organization, &[(webhook.id, event)], now).await?;
    let people = store::holders(tx, organization, rules::MANAGE).await?;
    notifications::tell_of_webhook(
        app,
        tx,
        organization,
        &people,
        (webhook.id, &webhook.name),
        now,
    )
    .await
}

/// Sends a ping at once and tells how it went.
pub(in crate::webhooks) async fn test(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<WebhookDeliveryDetail> {
    let webhook = manageable(&app.db, actor, id).await?;
    let delivery = clock::new_id();
    let new = NewDelivery {
        id: delivery,
        organization_id: webhook.organization_id,
        webhook_id: id,
        event_id: delivery,
        kind: PING,
        ticket_id: None,
        skipped: None,
        claimed_until: Some(now.checked_add(LEASE).unwrap_or(now)),
    };
    let tx = app.db.write("webhooks.test").await?;
    store::plan(&tx, vec![new], now).await?;
    tx.commit().await?;
    let claimed = Claimed {
        id: delivery,
        organization_id: webhook.organization_id,
        webhook_id: id,
        event_id: delivery,
        kind: PING.to_owned(),
        attempts: 1,
        tries: 1,
        first_try_at: to_db(now),
    };
    attempt(app, &claimed).await?;
    super::get_delivery(app, actor, id, delivery).await
}
