//! What is known of a request before anyone has read it.

use super::limits::Standing;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName};
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Name of the header, in requests and answers.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Request id, sender's address and what the rate limits say.
#[derive(Debug, Clone)]
pub struct Context(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    request_id: String,
    address: Option<IpAddr>,
    limits: Mutex<Limits>,
}

#[derive(Debug, Default)]
struct Limits {
    standings: Vec<Standing>,
    retry_after: Option<u64>,
}

impl Context {
    /// Of a request with these headers.
    #[must_use]
    pub fn new(headers: &HeaderMap, address: Option<IpAddr>) -> Self {
        let sent = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
        let request_id = sent
            .filter(|id| is_sane(id))
            .map_or_else(|| crate::clock::new_id().to_string(), str::to_owned);
        Self(Arc::new(Inner {
            request_id,
            address,
            limits: Mutex::default(),
        }))
    }

    /// The `X-Request-Id`: the sender's own when it is sane, else a new one.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// Where the request comes from, past trusted proxies.
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        self.0.address
    }

    pub(super) fn note(&self, standing: Standing) {
        self.limits().standings.push(standing);
    }

    pub(super) fn refuse(&self, retry_after: u64) {
        self.limits().retry_after = Some(retry_after);
    }

    pub(super) fn standings(&self) -> Vec<Standing> {
        self.limits().standings.clone()
    }

    pub(super) fn retry_after(&self) -> Option<u64> {
        self.limits().retry_after
    }

    fn limits(&self) -> std::sync::MutexGuard<'_, Limits> {
        self.0.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The id of a request, `none` outside the layers.
pub(super) fn request_id(extensions: &Extensions) -> String {
    extensions
        .get::<Context>()
        .map_or_else(|| "none".to_owned(), |c| c.request_id().to_owned())
}

/// Ids go into logs and answers: short, and nothing but letters, digits and `._-:`.
fn is_sane(id: &str) -> bool {
    (1..=128).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-:".contains(&b))
}

impl<S: Send + Sync> FromRequestParts<S> for Context {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let known = parts.extensions.get::<Self>().cloned();
        Ok(known.unwrap_or_else(|| Self::new(&parts.headers, None)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_is_taken_when_it_is_sane_and_replaced_otherwise() {
        let with = |id: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, id.parse().expect("a header"));
            Context::new(&headers, None).request_id().to_owned()
        };
        assert_eq!(with("abc-1_2.3:4"), "abc-1_2.3:4");
        for odd in ["a b", "<script>", "a\"b", "", &"x".repeat(129)] {
            assert_ne!(with(odd), odd);
        }
    }
}
