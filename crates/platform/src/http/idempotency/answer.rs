//! A kept answer. It may hold a secret that is shown once, so it is sealed.

use crate::http::problem::{self, Pending};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use axum::body::{Body, HttpBody, to_bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use steward_kernel::{Error, Result};

/// Largest body that is kept, in bytes.
const MAX_KEPT: u64 = 1024 * 1024;
const NONCE: usize = 12;

/// Status, headers and body of an answer.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    #[serde(skip)]
    body: Vec<u8>,
}

impl Answer {
    /// Reads an answer; none when its body is too large to keep or streams.
    pub(super) async fn capture(
        response: Response,
        instance: &str,
        request_id: &str,
    ) -> (Response, Option<Self>) {
        let status = response.status().as_u16();
        if let Some(Pending(error)) = response.extensions().get::<Pending>() {
            let document = problem::document(error, instance, request_id);
            let answer = Self {
                status,
                headers: vec![("content-type".into(), "application/problem+json".into())],
                body: serde_json::to_vec(&document).unwrap_or_default(),
            };
            return (response, Some(answer));
        }
        let size = response.body().size_hint().upper();
        if size.is_none_or(|size| size > MAX_KEPT) {
            return (response, None);
        }
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return (Response::from_parts(parts, Body::empty()), None);
        };
        let skipped = [header::CONTENT_LENGTH, header::SET_COOKIE];
        let headers = parts
            .headers
            .iter()
            .filter(|(name, _)| !skipped.contains(name))
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .collect();
        let answer = Self {
            status,
            headers,
            body: body.to_vec(),
        };
        (Response::from_parts(parts, Body::from(body)), Some(answer))
    }

    /// As text that only this deployment's key opens, and only in the row `label`.
    pub(super) fn seal(&self, secret: &str, label: &str) -> Result<String> {
        let mut plain = serde_json::to_vec(self).map_err(Error::internal)?;
        plain.push(b'\n');
        plain.extend_from_slice(&self.body);
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload {
            msg: &plain,
            aad: label.as_bytes(),
        };
        let sealed = cipher(secret)
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| Error::internal("an answer cannot be sealed"))?;
        Ok(BASE64.encode([&nonce[..], &sealed].concat()))
    }

    /// Opens [`Answer::seal`]'s text; none after the key has changed.
    pub(super) fn open(text: &str, secret: &str, label: &str) -> Option<Self> {
        let bytes = BASE64.decode(text).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload {
            msg: sealed,
            aad: label.as_bytes(),
        };
        let plain = cipher(secret).decrypt(&Nonce::from(nonce), payload).ok()?;
        let end = plain.iter().position(|byte| *byte == b'\n')?;
        let (head, body) = plain.split_at_checked(end)?;
        let mut answer: Self = serde_json::from_slice(head).ok()?;
        answer.body = body.get(1..)?.to_vec();
        Some(answer)
    }

    /// The answer again, marked as an earlier one.
    pub(super) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (
                HeaderName::try_from(name.as_str()),
                HeaderValue::try_from(value.as_str()),
            ) {
                response.headers_mut().append(name, value);
            }
        }
        response
            .headers_mut()
            .insert(super::REPLAYED, HeaderValue::from_static("true"));
        response
    }
}

fn cipher(secret: &str) -> Aes256Gcm {
    let mut hash = Sha256::new();
    hash.update(b"steward idempotency answers\0");
    hash.update(secret);
    Aes256Gcm::new(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_answer_opens_in_its_row_with_its_key_only() {
        let answer = Answer {
            status: 201,
            headers: vec![("location".into(), "/x".into())],
            body: b"{\"token\":\"s3cret\"}\n".to_vec(),
        };
        let sealed = answer.seal("key", "row").expect("sealed");
        assert!(!sealed.contains("s3cret"));
        assert_eq!(Answer::open(&sealed, "key", "row"), Some(answer));
        assert_eq!(Answer::open(&sealed, "other", "row"), None);
        assert_eq!(Answer::open(&sealed, "key", "other"), None);
        assert_eq!(Answer::open("x", "key", "row"), None);
    }
}
