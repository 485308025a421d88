//! Use cases of webhooks.

mod log;
mod plan;
mod room;
mod send;

pub(super) use log::{get_delivery, list_deliveries, replay, replay_delivery};
pub use plan::plan;
pub(super) use room::Room;
pub use send::send_due;
pub(super) use send::{attempt, claim, test};

use super::dto::{RotateInput, WebhookInput, WebhookPatch, WebhookSecret, WebhookView, Webhooks};
use super::store::{self, Chosen, SecretRow, WebhookRow};
use crate::notifications::dto::PersonReference;
use std::time::Duration;
use steward_db::{Executor, Tx, time::from_db};
use steward_domain::webhooks::events::WebhookEvent;
use steward_domain::webhooks::kinds::EventFilter;
use steward_domain::webhooks::{rules, signature};
use steward_identity::auth;
use steward_identity::organizations;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::IfMatch;
use steward_platform::{App, clock, events, seal};
use uuid::Uuid;

/// Why a webhook is off that a person switched off.
const MANUAL: &str = "manual";
/// Why deliveries to a webhook that is off are not sent.
const DISABLED: &str = "disabled";

fn manages(actor: &Actor) -> Result<()> {
    if actor.may_all(rules::MANAGE) {
        Ok(())
    } else {
        Err(Error::forbidden(rules::MANAGE))
    }
}

/// A webhook of the actor's organization.
async fn seen<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<WebhookRow> {
    manages(actor)?;
    let row = store::find(db, actor.organization_id, id).await?;
    row.ok_or_else(|| Error::not_found("webhook", id))
}

/// A webhook that the actor may look after.
async fn manageable<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<WebhookRow> {
    let row = seen(db, actor, id).await?;
    rules::may_act_as(actor, row.acts_as_id.into())?;
    Ok(row)
}

fn person(id: Uuid, name: &str) -> PersonReference {
    let name = name.trim().to_owned();
    PersonReference { id, name }
}

fn words(row: &WebhookRow) -> Vec<String> {
    serde_json::from_value(row.events.clone()).unwrap_or_default()
}

fn view(actor: &Actor, row: &WebhookRow, secrets: &[SecretRow]) -> WebhookView {
    let secrets = secrets.iter().filter(|secret| secret.webhook_id == row.id);
    WebhookView {
        id: row.id,
        name: row.name.clone(),
        url: row.url.clone(),
        events: words(row),
        acts_as: person(row.acts_as_id, &row.acts_as_name),
        created_by: person(row.created_by_id, &row.created_by_name),
        is_enabled: row.is_enabled,
        disabled_reason: row.disabled_reason.clone(),
        disabled_at: row.disabled_at.map(from_db),
        failures: row.failures,
        failing_since: row.failing_since.map(from_db),
        last_success_at: row.last_success_at.map(from_db),
        secrets: secrets
            .map(|secret| WebhookSecret {
                created_at: from_db(secret.created_at),
                expires_at: secret.expires_at.map(from_db),
            })
            .collect(),
        secret: None,
        is_manageable: rules::may_act_as(actor, row.acts_as_id.into()).is_ok(),
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    }
}

async fn shown<E: Executor>(db: &E, actor: &Actor, id: Uuid, now: Instant) -> Result<WebhookView> {
    let row = seen(db, actor, id).await?;
    let secrets = store::secrets(db, &[id], now).await?;
    Ok(view(actor, &row, &secrets))
}

/// Every webhook of the actor's organization.
pub(super) async fn list(app: &App, actor: &Actor, now: Instant) -> Result<Webhooks> {
    manages(actor)?;
    let rows = store::all(&app.db, actor.organization_id).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let secrets = store::secrets(&app.db, &ids, now).await?;
    let data = rows.iter().map(|row| view(actor, row, &secrets)).collect();
    Ok(Webhooks { data })
}

/// One webhook.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<WebhookView> {
    shown(&app.db, actor, id, now).await
}

/// Checks what is to be kept; the person is asked for only when they are new.
async fn checked(app: &App, actor: &Actor, chosen: Chosen, is_new_person: bool) -> Result<Chosen> {
    rules::check(&chosen.name, &chosen.url)?;
    let refused = |error: steward_platform::outgoing::SendError| {
        Error::field("url", error.kind.as_str(), error.text)
    };
    app.outgoing.check(&chosen.url).map_err(refused)?;
    let events = EventFilter::checked(&chosen.events)?;
    if is_new_person {
        rules::may_act_as(actor, chosen.acts_as_id.into())?;
        let people = auth::actors(&app.db, actor.organization_id, &[chosen.acts_as_id]).await?;
        if people.is_empty() {
            let message = "choose an active person of your organization";
            return Err(Error::unknown("acts_as_id", message));
        }
    }
    Ok(Chosen {
        name: chosen.name.trim().to_owned(),
        events: events.words().to_vec(),
        ..chosen
    })
}

/// Makes a secret and keeps it sealed. Returns it as receivers are given it.
async fn new_secret(app: &App, tx: &Tx, row: (&Actor, Uuid), now: Instant) -> Result<String> {
    let (actor, webhook) = row;
    let id = clock::new_id();
    let secret = clock::random_bytes::<{ signature::SECRET_BYTES }>();
    let sealed = seal::seal(&app.config, &place(id), &secret)?;
    store::insert_secret(tx, actor.organization_id, webhook, id, sealed, now).await?;
    Ok(signature::written(&secret))
}

fn place(secret: Uuid) -> String {
    format!("webhook_secrets.sealed/{secret}")
}

/// Adds a webhook.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: WebhookInput,
    now: Instant,
) -> Result<WebhookView> {
    manages(actor)?;
    let is_enabled = input.is_enabled.unwrap_or(true);
    let chosen = Chosen {
        name: input.name,
        url: input.url,
        events: input.events,
        acts_as_id: input.acts_as_id.unwrap_or(actor.user_id.0),
        is_enabled,
        disabled_reason: (!is_enabled).then_some(MANUAL),
    };
    let chosen = checked(app, actor, chosen, true).await?;
    // Read before the transaction: nothing that follows it is missed.
    let last = events::latest(&app.db, 1).await?;
    let last = last.first().map(|placed| placed.position);
    let tx = app.db.write("webhooks.create").await?;
    organizations::hold(&tx, actor.organization_id).await?;
    if store::all(&tx, actor.organization_id).await?.len() >= rules::MOST {
        let detail = format!("an organization has at most {} webhooks", rules::MOST);
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let id = clock::new_id();
    store::start_mark(&tx, last.unwrap_or_default()).await?;
    store::insert(
        &tx,
        actor.organization_id,
        id,
        &chosen,
        actor.user_id.0,
        now,
    )
    .await?;
    let secret = new_secret(app, &tx, (actor, id), now).await?;
    let name = chosen.name;
    let webhook_id = id;
    let event = WebhookEvent::Created { webhook_id, name };
    events::publish(&tx, actor, id, &event, now).await?;
    finish(tx, actor, id, Some(secret), now).await
}

async fn finish(
    tx: Tx,
    actor: &Actor,
    id: Uuid,
    secret: Option<String>,
    now: Instant,
) -> Result<WebhookView> {
    let view = shown(&tx, actor, id, now).await?;
    tx.commit().await?;
    Ok(WebhookView { secret, ..view })
}

/// The webhook under change, behind its lock.
async fn open(app: &App, actor: &Actor, id: Uuid, if_match: IfMatch) -> Result<(Tx, WebhookRow)> {
    let tx = app.db.write("webhooks.change").await?;
    organizations::hold(&tx, actor.organization_id).await?;
    let row = manageable(&tx, actor, id).await?;
    if_match.check(&format!("the webhook {}", row.name), row.version)?;
    Ok((tx, row))
}

/// Changes a webhook.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: WebhookPatch,
    if_match: IfMatch,
    now: Instant,
) -> Result<WebhookView> {
    let (tx, row) = open(app, actor, id, if_match).await?;
    let is_enabled = patch.is_enabled.unwrap_or(row.is_enabled);
    let acts_as_id = patch.acts_as_id.unwrap_or(row.acts_as_id);
    let is_new_person = acts_as_id != row.acts_as_id || (is_enabled && !row.is_enabled);
    let chosen = Chosen {
        events: patch.events.unwrap_or_else(|| words(&row)),
        name: patch.name.unwrap_or(row.name),
        url: patch.url.unwrap_or(row.url),
        acts_as_id,
        is_enabled,
        disabled_reason: Some(MANUAL),
    };
    let chosen = checked(app, actor, chosen, is_new_person).await?;
    store::save(&tx, id, &chosen, now).await?;
    if !is_enabled {
        store::skip_waiting(&tx, id, DISABLED, now).await?;
    }
    let name = chosen.name;
    let webhook_id = id;
    let event = WebhookEvent::Updated { webhook_id, name };
    events::publish(&tx, actor, id, &event, now).await?;
    finish(tx, actor, id, None, now).await
}

/// Deletes a webhook.
pub(super) async fn delete(
    app: &App,
    actor: &Actor,
    id: Uuid,
    if_match: IfMatch,
    now: Instant,
) -> Result<()> {
    let (tx, row) = open(app, actor, id, if_match).await?;
    store::delete(&tx, id).await?;
    let (webhook_id, name) = (id, row.name);
    let event = WebhookEvent::Deleted { webhook_id, name };
    events::publish(&tx, actor, id, &event, now).await?;
    tx.commit().await
}

/// Gives a webhook a new secret.
pub(super) async fn rotate(
    app: &App,
    actor: &Actor,
    id: Uuid,
    input: RotateInput,
    if_match: IfMatch,
    now: Instant,
) -> Result<WebhookView> {
    let hours = input.overlap_hours.unwrap_or(rules::OVERLAP_HOURS);
    if hours > rules::MOST_OVERLAP_HOURS {
        let message = format!("must be from 0 to {}", rules::MOST_OVERLAP_HOURS);
        return Err(Error::field("overlap_hours", "out_of_range", message));
    }
    let (tx, row) = open(app, actor, id, if_match).await?;
    let overlap = Duration::from_secs(u64::from(hours) * 3600);
    let until = now.checked_add(overlap).unwrap_or(now);
    store::expire_secrets(&tx, id, until, now).await?;
    if store::secrets(&tx, &[id], now).await?.len() >= rules::MOST_SECRETS {
        let detail = "three secrets sign already; wait until the oldest ends, or end them all with overlap_hours 0";
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let secret = new_secret(app, &tx, (actor, id), now).await?;
    store::touch(&tx, id, now).await?;
    let (webhook_id, name) = (id, row.name);
    let event = WebhookEvent::SecretRotated { webhook_id, name };
    events::publish(&tx, actor, id, &event, now).await?;
    finish(tx, actor, id, Some(secret), now).await
}

/// Drops up to `limit` deliveries of an organization, with their tries, that ended
/// before an instant. Returns whether there may be more.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn forget(
    app: &App,
    organization: OrganizationId,
    before: Instant,
    limit: u32,
) -> Result<bool> {
    let webhooks = store::all(&app.db, organization).await?;
    for webhook in webhooks {
        let tx = app.db.write("webhooks.forget").await?;
        let dropped = store::forget(&tx, webhook.id, before, limit).await?;
        tx.commit().await?;
        if dropped == u64::from(limit) {
            return Ok(true);
        }
    }
    Ok(false)
}
