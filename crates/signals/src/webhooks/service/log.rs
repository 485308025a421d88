//! What was sent, and sending it again.

use super::manageable;
use crate::deliveries::dto::TicketName;
use crate::webhooks::dto::{
    ReplayInput, ReplayedDeliveries, WebhookAttempt, WebhookDeliveries, WebhookDelivery,
    WebhookDeliveryDetail, WebhookDeliveryQuery,
};
use crate::webhooks::store::{self, AttemptRow, DeliveryRow, WebhookRow};
use steward_db::time::{from_db, to_db};
use steward_db::{Executor, Filter, values};
use steward_domain::webhooks::kinds::PING;
use steward_domain::webhooks::rules;
use steward_kernel::page::PageRequest;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::App;
use steward_platform::http::page::{self, Cursor};
use uuid::Uuid;

fn of_webhook(id: Uuid) -> Filter {
    let mut filter = Filter::default();
    filter.and("d.webhook_id = ?", values![id]);
    filter
}

/// The deliveries of a webhook, the newest first.
pub(in crate::webhooks) async fn list_deliveries(
    app: &App,
    actor: &Actor,
    id: Uuid,
    query: WebhookDeliveryQuery,
) -> Result<WebhookDeliveries> {
    manageable(&app.db, actor, id).await?;
    let per_page = PageRequest::new(None, query.per_page, None)?.per_page;
    let mut filter = of_webhook(id);
    if let Some(state) = query.state {
        filter.and("d.state = ?", values![state.as_str()]);
    }
    if let Some(cursor) = &query.cursor {
        let (at, id) = Cursor::decode_at(cursor)?;
        filter.and("(d.created_at, d.id) < (?, ?)", values![to_db(at), id]);
    }
    let mut rows = store::deliveries(&app.db, &filter, per_page + 1).await?;
    let next_cursor = page::cut(&mut rows, per_page, |row| {
        Cursor::at(from_db(row.created_at), row.id)
    });
    Ok(WebhookDeliveries {
        data: rows.into_iter().map(view).collect(),
        next_cursor,
    })
}

fn view(row: DeliveryRow) -> WebhookDelivery {
    let number = row.number;
    WebhookDelivery {
        id: row.id,
        kind: row.kind,
        ticket: row.ticket_id.map(|id| TicketName { id, number }),
        event_id: row.event_id,
        next_try_at: (row.state == "waiting").then(|| from_db(row.due_at)),
        state: row.state,
        note: row.note,
        attempts: row.attempts,
        last_status: row.last_status,
        last_error: row.last_error,
        created_at: from_db(row.created_at),
        settled_at: row.settled_at.map(from_db),
    }
}

fn attempt(row: AttemptRow) -> WebhookAttempt {
    WebhookAttempt {
        number: row.number,
        at: from_db(row.at),
        url: row.url,
        request_headers: serde_json::from_value(row.request_headers).unwrap_or_default(),
        request_body: row.request_body,
        status: row.status,
        answer_headers: serde_json::from_value(row.answer_headers).unwrap_or_default(),
        answer_body: row.answer_body,
        error_kind: row.error_kind,
        error: row.error,
        took_ms: row.took_ms,
    }
}

async fn find<E: Executor>(db: &E, webhook: Uuid, id: Uuid) -> Result<DeliveryRow> {
    let mut filter = of_webhook(webhook);
    filter.and("d.id = ?", values![id]);
    let rows = store::deliveries(db, &filter, 1).await?;
    let row = rows.into_iter().next();
    row.ok_or_else(|| Error::not_found("delivery", id))
}

/// One delivery with its attempts.
pub(in crate::webhooks) async fn get_delivery(
    app: &App,
    actor: &Actor,
    id: Uuid,
    delivery: Uuid,
) -> Result<WebhookDeliveryDetail> {
    manageable(&app.db, actor, id).await?;
    let row = find(&app.db, id, delivery).await?;
    let attempts = store::attempts(&app.db, delivery).await?;
    Ok(WebhookDeliveryDetail {
        delivery: view(row),
        attempts: attempts.into_iter().map(attempt).collect(),
    })
}

fn is_on(webhook: &WebhookRow) -> Result<()> {
    if webhook.is_enabled {
        return Ok(());
    }
    let detail = format!(
        "the webhook {} is switched off; switch it on first",
        webhook.name
    );
    Err(Error::new(ErrorCode::ResourceConflict, detail))
}

/// Sends one delivery again.
pub(in crate::webhooks) async fn replay_delivery(
    app: &App,
    actor: &Actor,
    id: Uuid,
    delivery: Uuid,
    now: Instant,
) -> Result<WebhookDelivery> {
    let tx = app.db.write("webhooks.replay").await?;
    let webhook = manageable(&tx, actor, id).await?;
    find(&tx, id, delivery).await?;
    is_on(&webhook)?;
    let mut filter = of_webhook(id);
    filter.and("d.id = ?", values![delivery]);
    if store::replay(&tx, &filter, 1, now).await?.is_empty() {
        let detail = "it has not ended yet; it is sent, or will be tried again";
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let row = find(&tx, id, delivery).await?;
    tx.bring_deliveries();
    tx.commit().await?;
    Ok(view(row))
}

/// Sends what ended in a time again.
pub(in crate::webhooks) async fn replay(
    app: &App,
    actor: &Actor,
    id: Uuid,
    input: ReplayInput,
    now: Instant,
) -> Result<ReplayedDeliveries> {
    if input.from >= input.until {
        return Err(Error::field("until", "out_of_range", "must be after from"));
    }
    let mut filter = of_webhook(id);
    let range = values![to_db(input.from), to_db(input.until), PING];
    filter.and(
        "d.created_at >= ? AND d.created_at < ? AND d.kind <> ?",
        range,
    );
    if !input.include_sent.unwrap_or(false) {
        filter.and("d.state IN ('failed', 'skipped')", Vec::new());
    }
    if let Some(cursor) = &input.cursor {
        let (at, id) = Cursor::decode_at(cursor)?;
        filter.and("(d.created_at, d.id) > (?, ?)", values![to_db(at), id]);
    }
    let tx = app.db.write("webhooks.replay").await?;
    let webhook = manageable(&tx, actor, id).await?;
    is_on(&webhook)?;
    let rows = store::replay(&tx, &filter, rules::MOST_REPLAYED, now).await?;
    tx.bring_deliveries();
    tx.commit().await?;
    let is_full = u32::try_from(rows.len()).is_ok_and(|count| count == rules::MOST_REPLAYED);
    let last = rows.last().filter(|_| is_full);
    Ok(ReplayedDeliveries {
        count: rows.len(),
        next_cursor: last.map(|row| Cursor::at(from_db(row.created_at), row.id).encode()),
    })
}
