//! `Idempotency-Key`: a POST that is sent twice is done once.
//!
//! A signed-in POST with the header runs as one [`Unit`]: the row of the key is
//! the first statement of the transaction that holds the work, the answer is
//! the last. So either work, row and answer are all there, or nothing is: a
//! crash leaves nothing behind, and sending the request again does the work.
//! A second request with the same key waits on the row until the first has
//! ended, and then gets its answer.
//!
//! Deliberately absent: keys of requests without a sign-in (they answer
//! tokens), and answers that say nothing final (401, 408, 429 and 5xx undo the
//! work and leave no row).

mod answer;
mod store;

use super::{Problem, layers::MAX_BODY};
use crate::{App, clock};
use answer::Answer;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use steward_db::{Opening, Tx, Unit};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use uuid::Uuid;

pub use store::sweep;

/// Name of the request header.
pub const HEADER: &str = "idempotency-key";
/// Says in an answer that it is the one of an earlier request.
pub const REPLAYED: &str = "idempotency-replayed";
/// Hours an answer is kept.
pub const KEPT_HOURS: i64 = 24;

/// Whose key it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    user: Uuid,
    organization: Uuid,
}

/// One request with a key, on its way through the router.
#[derive(Debug)]
pub(super) struct Guard {
    key: String,
    fingerprint: String,
    unit: Arc<Unit>,
    owner: Mutex<Option<Owner>>,
    earlier: Mutex<Option<store::Record>>,
    taken: AtomicBool,
}

/// Honours the header of a POST; other requests pass.
pub(super) async fn honour(State(app): State<App>, request: Request, next: Next) -> Response {
    let value = request.headers().get(HEADER);
    let (Some(value), &Method::POST) = (value, request.method()) else {
        return next.run(request).await;
    };
    let key = match read_key(value.as_bytes()) {
        Ok(key) => key,
        Err(error) => return Problem(error).into_response(),
    };
    let (guard, mut request) = match Guard::of(key, request).await {
        Ok(both) => both,
        Err(error) => return Problem(error).into_response(),
    };
    let request_id = super::context::request_id(request.extensions());
    let instance = request.uri().path().to_owned();
    let guard = Arc::new(guard);
    request.extensions_mut().insert(Arc::clone(&guard));
    let response = guard.unit.scope(next.run(request)).await;
    guard.finish(&app, response, &instance, &request_id).await
}

/// Called once the sender is known: an earlier answer ends the request here,
/// and from now on what the request writes is one transaction.
pub(super) async fn claim(app: &App, guard: &Arc<Guard>, actor: &Actor) -> Result<()> {
    let owner = Owner {
        user: actor.user_id.0,
        organization: actor.organization_id.0,
    };
    *lock(&guard.owner) = Some(owner);
    if let Some(record) = store::find(&app.db, owner.user, &guard.key, clock::now()).await? {
        *lock(&guard.earlier) = Some(record);
        return Err(taken());
    }
    guard.unit.open(Arc::new(Claim {
        guard: Arc::clone(guard),
        owner,
    }));
    Ok(())
}

/// Inserts the row of the key when the transaction opens.
struct Claim {
    guard: Arc<Guard>,
    owner: Owner,
}

#[async_trait::async_trait]
impl Opening for Claim {
    async fn opened(&self, tx: &Tx) -> Result<()> {
        if self.guard.insert(tx, self.owner, None).await? {
            return Ok(());
        }
        self.guard.taken.store(true, Ordering::Release);
        Err(taken())
    }
}

fn taken() -> Error {
    Error::new(
        ErrorCode::ResourceConflict,
        "a request with this Idempotency-Key is being worked on; send it again for its answer",
    )
}

impl Guard {
    async fn of(key: String, request: Request) -> Result<(Self, Request)> {
        let (parts, body) = request.into_parts();
        let mut hash = Sha256::new();
        for part in [parts.method.as_str(), parts.uri.path()] {
            hash.update(part);
            hash.update([0]);
        }
        hash.update(parts.uri.query().unwrap_or_default());
        hash.update([0]);
        let body = if is_json(&parts.headers) {
            let bytes = to_bytes(body, MAX_BODY).await.map_err(|_| {
                Error::new(
                    ErrorCode::AttachmentTooLarge,
                    "the body is larger than 1 MiB or was cut off",
                )
            })?;
            hash.update(&bytes);
            Body::from(bytes)
        } else {
            // Uploads stream; their length stands for their content.
            let length = parts.headers.get(header::CONTENT_LENGTH);
            hash.update(length.map_or(&b""[..], |l| l.as_bytes()));
            body
        };
        let guard = Self {
            key,
            fingerprint: data_encoding::HEXLOWER.encode(&hash.finalize()),
            unit: Arc::default(),
            owner: Mutex::default(),
            earlier: Mutex::default(),
            taken: AtomicBool::new(false),
        };
        Ok((guard, Request::from_parts(parts, body)))
    }

    async fn finish(
        &self,
        app: &App,
        response: Response,
        instance: &str,
        request_id: &str,
    ) -> Response {
        let Some(owner) = *lock(&self.owner) else {
            return response;
        };
        let earlier = lock(&self.earlier).take();
        if let Some(record) = earlier {
            return self.replay(app, record);
        }
        if self.taken.load(Ordering::Acquire) {
            return self.replay_stored(app, owner).await;
        }
        if !is_final(response.status()) {
            drop(self.unit.take().await);
            return response;
        }
        let (response, answer) = Answer::capture(response, instance, request_id).await;
        match self.record(app, owner, answer).await {
            Ok(true) => response,
            Ok(false) => self.replay_stored(app, owner).await,
            Err(error) => Problem(error).into_response(),
        }
    }

    /// Writes the answer beside the work and makes both durable; false when
    /// another request with this key was faster.
    async fn record(&self, app: &App, owner: Owner, answer: Option<Answer>) -> Result<bool> {
        let sealed = answer
            .map(|answer| answer.seal(&app.config.secret_key, &self.label(owner)))
            .transpose()?;
        if let Some(tx) = self.unit.take().await? {
            store::complete(&tx, owner.user, &self.key, sealed).await?;
            tx.commit().await?;
            return Ok(true);
        }
        let tx = app.db.write("idempotency.record").await?;
        let is_first = self.insert(&tx, owner, sealed).await?;
        tx.commit().await?;
        Ok(is_first)
    }

    async fn insert(&self, tx: &Tx, owner: Owner, answer: Option<String>) -> Result<bool> {
        let now = clock::now();
        let expires = hours_after(now, KEPT_HOURS)?;
        let row = store::NewRecord {
            owner,
            key: &self.key,
            fingerprint: &self.fingerprint,
            answer,
        };
        store::insert(tx, row, now, expires).await
    }

    async fn replay_stored(&self, app: &App, owner: Owner) -> Response {
        match store::find(&app.db, owner.user, &self.key, clock::now()).await {
            Ok(Some(record)) => self.replay(app, record),
            Ok(None) => Problem(taken()).into_response(),
            Err(error) => Problem(error).into_response(),
        }
    }

    fn replay(&self, app: &App, record: store::Record) -> Response {
        if record.fingerprint != self.fingerprint {
            let message = "this key was sent with another request; use a new key";
            let error = Error::field("Idempotency-Key", "other_request", message);
            return Problem(error).into_response();
        }
        let owner = lock(&self.owner).map(|owner| self.label(owner));
        let opened = record
            .answer
            .zip(owner)
            .and_then(|(sealed, label)| Answer::open(&sealed, &app.config.secret_key, &label));
        let Some(answer) = opened else {
            let detail = "this request was carried out, but its answer was not kept";
            return Problem(Error::new(ErrorCode::ResourceConflict, detail)).into_response();
        };
        answer.into_response()
    }

    /// Binds a sealed answer to its row.
    fn label(&self, owner: Owner) -> String {
        format!("{}/{}", owner.user, self.key)
    }
}

/// A key is 1 to 255 visible characters.
fn read_key(value: &[u8]) -> Result<String> {
    let is_sane =
        (1..=255).contains(&value.len()) && value.iter().all(|byte| byte.is_ascii_graphic());
    let text = std::str::from_utf8(value).ok().filter(|_| is_sane);
    text.map(str::to_owned).ok_or_else(|| {
        Error::new(
            ErrorCode::MalformedRequest,
            "Idempotency-Key must be 1 to 255 visible ASCII characters, such as a UUID",
        )
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok());
    kind.is_none_or(|kind| kind.contains("json"))
}

/// Whether an answer tells what became of the request.
fn is_final(status: StatusCode) -> bool {
    !status.is_server_error()
        && ![
            StatusCode::UNAUTHORIZED,
            StatusCode::REQUEST_TIMEOUT,
            StatusCode::TOO_MANY_REQUESTS,
        ]
        .contains(&status)
}

fn hours_after(now: Instant, hours: i64) -> Result<Instant> {
    Instant::from_second(now.as_second().saturating_add(hours.saturating_mul(3600)))
        .map_err(Error::internal)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_text_of_bounded_length() {
        assert!(read_key(b"8e03978e-40d5-43dd-bc93-6894a57f9324").is_ok());
        assert!(read_key(b"\"quoted\"").is_ok());
        for wrong in [&b""[..], b"two words", b"tab\t", &[200, 201], &[b'a'; 256]] {
            assert!(read_key(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn only_final_answers_are_kept() {
        for status in [200, 201, 204, 403, 404, 409, 422] {
            assert!(is_final(StatusCode::from_u16(status).expect("a status")));
        }
        for status in [401, 429, 500, 503] {
            assert!(!is_final(StatusCode::from_u16(status).expect("a status")));
        }
    }
}
