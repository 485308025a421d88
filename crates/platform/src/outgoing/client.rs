//! The client that really sends.

use super::network::Networks;
use super::{
    Answer, KEPT_HEADERS, Lookup, MOST_KEPT, MOST_READ, Options, Request, SendError, SendErrorKind,
    address, refused,
};
use axum::http::HeaderMap;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::error::Error as StdError;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant as Stopwatch;

/// Idle connections are kept this long for the next request.
const IDLE: Duration = Duration::from_secs(20);
/// Bytes of a header's value that are kept.
const MOST_HEADER: usize = 500;

/// Sends to addresses that [`Networks`] let through.
#[derive(Clone)]
pub struct Client {
    inner: Result<reqwest::Client, String>,
    networks: Arc<Networks>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("networks", &self.networks)
            .finish_non_exhaustive()
    }
}

impl Client {
    pub(super) fn new(networks: Networks, options: Options) -> Self {
        // Another part of the program may have set it already, to the same.
        drop(rustls::crypto::ring::default_provider().install_default());
        let networks = Arc::new(networks);
        let resolver = Arc::new(Resolver {
            networks: networks.clone(),
            lookup: options.lookup,
        });
        let builder = || {
            reqwest::Client::builder()
                .dns_resolver(resolver.clone())
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .connect_timeout(options.connect_patience)
                .timeout(options.patience)
                .pool_idle_timeout(IDLE)
                .user_agent(concat!("Steward/", env!("CARGO_PKG_VERSION")))
        };
        // A machine without certificates of authorities still reaches `http:`.
        let inner = builder().build().or_else(|cause| {
            tracing::warn!(cause = %chain(&cause), "https: addresses cannot be trusted; install ca-certificates");
            builder().tls_certs_only([]).build()
        });
        Self {
            inner: inner.map_err(|cause| chain(&cause)),
            networks,
        }
    }

    pub(super) fn networks(&self) -> &Networks {
        &self.networks
    }

    pub(super) async fn send(&self, request: Request) -> Result<Answer, SendError> {
        let url = address(&request.url, &self.networks)?;
        let client = self
            .inner
            .as_ref()
            .map_err(|text| SendError::new(SendErrorKind::NotReached, text.clone()))?;
        let begun = Stopwatch::now();
        let sent = client
            .request(request.method, url)
            .headers(request.headers)
            .body(request.body)
            .send()
            .await;
        let mut response = sent.map_err(|cause| explain(&cause))?;
        let body = head(&mut response).await;
        Ok(Answer {
            status: response.status(),
            headers: kept(response.headers()),
            body,
            took: begun.elapsed(),
        })
    }
}

/// The beginning of the body. The status has come already and decides, so a
/// body that breaks off or stalls only ends here.
async fn head(response: &mut reqwest::Response) -> String {
    let mut kept: Vec<u8> = Vec::new();
    let mut read = 0;
    while read < MOST_READ {
        let Ok(Some(piece)) = response.chunk().await else {
            break;
        };
        read += piece.len();
        let room = MOST_KEPT.saturating_sub(kept.len());
        kept.extend(piece.iter().take(room));
    }
    text(&kept)
}

/// Bytes as text that both databases keep, in at most [`MOST_KEPT`] bytes.
fn text(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}");
    let end = text.floor_char_boundary(MOST_KEPT);
    text.truncate(end);
    text
}

fn kept(headers: &HeaderMap) -> HeaderMap {
    let is_kept = |name: &str| KEPT_HEADERS.contains(&name);
    headers
        .iter()
        .filter(|(name, value)| is_kept(name.as_str()) && value.len() <= MOST_HEADER)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Looks up a name and hands on only addresses that may be connected to: the
/// connector takes these and asks nobody else.
struct Resolver {
    networks: Arc<Networks>,
    lookup: Option<Lookup>,
}

#[derive(Debug, thiserror::Error)]
enum NoAddress {
    #[error("the name has no address")]
    Unknown(#[source] std::io::Error),
    #[error("the address is not allowed")]
    Refused,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (networks, lookup) = (self.networks.clone(), self.lookup.clone());
        Box::pin(async move {
            let found = match lookup {
                Some(lookup) => lookup(name.as_str()),
                None => by_system(name.as_str()).await,
            };
            let found = found.map_err(NoAddress::Unknown)?;
            let (open, closed): (Vec<IpAddr>, Vec<IpAddr>) =
                found.into_iter().partition(|ip| networks.may_reach(*ip));
            if open.is_empty() {
                tracing::info!(
                    name = name.as_str(),
                    ?closed,
                    "an outgoing request was refused"
                );
                return Err(NoAddress::Refused.into());
            }
            let addresses: Addrs = Box::new(open.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

async fn by_system(name: &str) -> std::io::Result<Vec<IpAddr>> {
    let found = tokio::net::lookup_host((name, 0)).await?;
    Ok(found.map(|address| address.ip()).collect())
}

/// The causes of an error, outermost first.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}

fn chain(error: &reqwest::Error) -> String {
    let texts: Vec<String> = causes(error).map(ToString::to_string).collect();
    texts.join(": ")
}

/// What kind of failure it was, from the causes behind it.
fn explain(error: &reqwest::Error) -> SendError {
    if error.is_timeout() {
        let text = "no answer within the time allowed (5 seconds to connect, 15 in all)";
        return SendError::new(SendErrorKind::TimedOut, text);
    }
    for cause in causes(error) {
        if let Some(NoAddress::Refused) = cause.downcast_ref() {
            return refused();
        }
        if let Some(NoAddress::Unknown(cause)) = cause.downcast_ref() {
            let text = format!("the name of the host has no address: {cause}");
            return SendError::new(SendErrorKind::UnknownName, text);
        }
    }
    let last = causes(error).last().map(ToString::to_string);
    let last = last.unwrap_or_default();
    if causes(error).any(is_tls) {
        let text = format!("no trusted connection: {last}");
        return SendError::new(SendErrorKind::Untrusted, text);
    }
    if error.is_connect() {
        return SendError::new(SendErrorKind::NotReached, format!("no connection: {last}"));
    }
    SendError::new(
        SendErrorKind::Broken,
        format!("the connection broke: {last}"),
    )
}

/// Whether TLS failed: an `io::Error` hides what it was made of from `source`.
fn is_tls(cause: &(dyn StdError + 'static)) -> bool {
    let hidden = cause
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    cause.is::<rustls::Error>() || hidden.is_some_and(|inner| is_tls(inner))
}
