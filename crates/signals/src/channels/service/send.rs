//! Sending messages that are written.

use super::{kind, opened};
use crate::channels::jobs::SEND;
use crate::channels::payload::{self, Said};
use crate::channels::store::{self, End};
use serde_json::json;
use steward_db::Tx;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use steward_platform::jobs::{self, Job, NewJob};
use steward_platform::outgoing::{Answer, SendError};
use steward_platform::{App, seal};
use uuid::Uuid;

/// Most characters of an answer that are kept.
const MOST_KEPT: usize = 500;

/// Where the text of a message is sealed for.
pub(super) fn place(id: Uuid) -> String {
    format!("channel_messages.body/{id}")
}

/// Writes the job that sends a message.
pub(super) async fn enqueue(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    now: Instant,
) -> Result<()> {
    let job = NewJob {
        organization_id: Some(organization),
        kind: SEND,
        payload: json!({"message_id": id}),
        run_at: now,
        dedupe_key: None,
    };
    jobs::enqueue_outside(tx, job, now).await
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
