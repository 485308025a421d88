//! HTTP to the outside: one request to an address that people configured.
//!
//! Invariants: only `http` and `https`; a connection is made only to an address
//! that is public or that the operator allowed
//! (`STEWARD_OUTGOING_ALLOWED_NETWORKS`), and the address that was judged is the one
//! connected to, so a name that changes its address in between gains nothing;
//! redirects are answers and never followed; proxies of the environment are not
//! used; time and size of an answer are bounded. Deliberately absent: retries
//! and any meaning of an answer; those belong to who sends.

mod client;
mod fake;
mod network;
#[cfg(test)]
mod tests;

pub use fake::Fake;
pub use network::Networks;

pub use axum::http::{HeaderMap, HeaderValue, Method};

use axum::http::StatusCode;
use bytes::Bytes;
use client::Client;
use ipnet::IpNet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use url::{Host, Url};

/// Longest wait for a connection, the look-up of the name and TLS included.
pub const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// Longest wait for the whole answer.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of an answer that are read, so that the connection can be used again.
pub const MOST_READ: usize = 16 * 1024;
/// Bytes of an answer that are kept.
pub const MOST_KEPT: usize = 4 * 1024;

/// What is sent.
#[derive(Debug, Clone)]
pub struct Request {
    /// `POST`, mostly.
    pub method: Method,
    /// Where to, as it was configured.
    pub url: String,
    /// Headers beside those that HTTP itself needs.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// What came back, whatever its status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status; a redirect is one, too.
    pub status: StatusCode,
    /// The headers that tell something about the answer; see [`KEPT_HEADERS`].
    pub headers: HeaderMap,
    /// The beginning of the body, at most [`MOST_KEPT`] bytes, as text without NUL.
    pub body: String,
    /// From the beginning until the answer was read.
    pub took: Duration,
}

/// Headers of an answer that are kept.
pub const KEPT_HEADERS: [&str; 6] = [
    "content-type",
    "content-length",
    "date",
    "location",
    "retry-after",
    "server",
];

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendErrorKind {
    /// The URL cannot be used at all.
    BadUrl,
    /// It leads to an address that is not public and was not allowed.
    AddressRefused,
    /// The name has no address.
    UnknownName,
    /// No connection.
    NotReached,
    /// No trust: the certificate is wrong, or the other side speaks no TLS.
    Untrusted,
    /// It took too long.
    TimedOut,
    /// The connection ended, or what came was no HTTP.
    Broken,
}

impl SendErrorKind {
    /// The word that is stored and shown.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadUrl => "bad_url",
            Self::AddressRefused => "address_refused",
            Self::UnknownName => "unknown_name",
            Self::NotReached => "not_reached",
            Self::Untrusted => "untrusted",
            Self::TimedOut => "timed_out",
            Self::Broken => "broken",
        }
    }
}

/// Why there is no answer, for the administrators of a tenant: it names no
/// address of the operator's network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct SendError {
    /// What kind of failure.
    pub kind: SendErrorKind,
    /// A sentence about it.
    pub text: String,
}

impl SendError {
    pub(super) fn new(kind: SendErrorKind, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kind, text }
    }
}

/// Finds the addresses of a name: the system's resolver, or a test's.
pub type Lookup = Arc<dyn Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync>;

/// What tests change of the way in which is sent.
#[derive(Clone)]
pub struct Options {
    /// Finds the addresses of names; the system's resolver when absent.
    pub lookup: Option<Lookup>,
    /// Instead of [`CONNECT_PATIENCE`].
    pub connect_patience: Duration,
    /// Instead of [`PATIENCE`].
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lookup: None,
            connect_patience: CONNECT_PATIENCE,
            patience: PATIENCE,
        }
    }
}

/// Sends requests.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// Really.
    Http(Client),
    /// For tests: notes what is sent and answers as told.
    Fake(Arc<Fake>),
}

impl Outgoing {
    /// Sends to public addresses and to `allowed` ones.
    #[must_use]
    pub fn new(allowed: &[IpNet]) -> Self {
        Self::with(allowed, Options::default())
    }

    /// As [`Outgoing::new`], with other options.
    #[must_use]
    pub fn with(allowed: &[IpNet], options: Options) -> Self {
        Self::Http(Client::new(Networks::new(allowed), options))
    }

    /// Reads a URL that somebody wants to configure and judges what can be
    /// judged without looking up its name.
    ///
    /// # Errors
    /// `BadUrl` or `AddressRefused`, with a sentence that begins with a verb:
    /// "must be …".
    pub fn check(&self, url: &str) -> Result<Url, SendError> {
        match self {
            Self::Http(client) => address(url, client.networks()),
            Self::Fake(_) => address(url, &Networks::new(&[])),
        }
    }

    /// Sends one request and reads the answer. It ends within [`PATIENCE`].
    ///
    /// # Errors
    /// When there is no answer. Any status is an answer.
    pub async fn send(&self, request: Request) -> Result<Answer, SendError> {
        match self {
            Self::Http(client) => client.send(request).await,
            Self::Fake(fake) => fake.send(request),
        }
    }
}

/// The URL, if it can be used; a literal address is judged here, because
/// nothing looks it up later. What the parser makes of `2130706433` or `0x7f.1`
/// is an address, too.
fn address(text: &str, networks: &Networks) -> Result<Url, SendError> {
    let bad = |text: &str| SendError::new(SendErrorKind::BadUrl, text);
    let url =
        Url::parse(text).map_err(|_| bad("must be an address such as https://example.com"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad("must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("must not contain a user name or password"));
    }
    let literal = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        Some(Host::Domain(_)) => None,
        None => return Err(bad("must name a host")),
    };
    match literal {
        Some(ip) if !networks.may_reach(ip) => Err(refused()),
        _ => Ok(url),
    }
}

fn refused() -> SendError {
    let text = "must lead to a public address; this one is private or reserved, and the operator \
                did not allow it (STEWARD_OUTGOING_ALLOWED_NETWORKS)";
    SendError::new(SendErrorKind::AddressRefused, text)
}
