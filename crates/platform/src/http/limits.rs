//! Rate limits per signed-in person, per address, and stricter per address on
//! sign-in. Each is a bucket that holds a minute's worth and refills evenly.
//!
//! Buckets live in this process: behind several nodes each counts for itself.

use super::context::Context;
use super::settings::LimitSettings;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use steward_kernel::{Error, ErrorCode, Result};
use uuid::Uuid;

type Buckets<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>;

/// How much is left of one limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    name: &'static str,
    limit: u32,
    remaining: u32,
    reset: u64,
}

/// The limits of a process.
#[derive(Debug)]
pub struct Limits {
    user: Option<Limit<Uuid>>,
    address: Option<Limit<IpAddr>>,
    login: Option<Limit<IpAddr>>,
}

struct Limit<K: Hash + Eq + Clone> {
    name: &'static str,
    per_minute: NonZeroU32,
    buckets: Buckets<K>,
    clock: DefaultClock,
}

impl<K: Hash + Eq + Clone> std::fmt::Debug for Limit<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}/min", self.name, self.per_minute)
    }
}

impl<K: Hash + Eq + Clone> Limit<K> {
    fn new(name: &'static str, per_minute: u32) -> Option<Self> {
        let per_minute = NonZeroU32::new(per_minute)?;
        Some(Self {
            name,
            per_minute,
            buckets: RateLimiter::keyed(Quota::per_minute(per_minute)).with_middleware(),
            clock: DefaultClock::default(),
        })
    }

    /// Takes one from the bucket of `key` and notes how it stands.
    fn take(&self, context: &Context, key: &K) -> Result<()> {
        let limit = self.per_minute.get();
        match self.buckets.check_key(key) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                context.note(self.standing(remaining));
                Ok(())
            }
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now());
                let seconds = wait.as_secs().saturating_add(1);
                context.note(self.standing(0));
                context.refuse(seconds);
                let name = self.name;
                Err(Error::new(
                    ErrorCode::RateLimitExceeded,
                    format!(
                        "more than {limit} requests in a minute (limit {name}); \
                         try again in {seconds} s"
                    ),
                ))
            }
        }
    }

    fn standing(&self, remaining: u32) -> Standing {
        let limit = self.per_minute.get();
        let missing = u64::from(limit.saturating_sub(remaining));
        Standing {
            name: self.name,
            limit,
            remaining,
            reset: missing.saturating_mul(60).div_ceil(u64::from(limit)),
        }
    }

    fn forget_idle(&self) {
        self.buckets.retain_recent();
        self.buckets.shrink_to_fit();
    }
}

impl Limits {
    /// Empty buckets of these sizes; a limit of 0 is off.
    #[must_use]
    pub fn new(settings: &LimitSettings) -> Self {
        Self {
            user: Limit::new("user", settings.user),
            address: Limit::new("address", settings.address),
            login: Limit::new("login", settings.login),
        }
    }

    /// Counts a request of an address; `is_login` when it tries a credential.
    pub(super) fn take_address(&self, context: &Context, is_login: bool) -> Result<()> {
        let Some(address) = context.address().map(network) else {
            return Ok(());
        };
        if let Some(limit) = &self.address {
            limit.take(context, &address)?;
        }
        match &self.login {
            Some(limit) if is_login => limit.take(context, &address),
            _ => Ok(()),
        }
    }

    /// Counts a request of a signed-in person.
    pub(super) fn take_user(&self, context: &Context, user: Uuid) -> Result<()> {
        match &self.user {
            Some(limit) => limit.take(context, &user),
            None => Ok(()),
        }
    }

    /// Drops buckets that are full again, so that the memory does not grow.
    pub fn forget_idle(&self) {
        for limit in [&self.address, &self.login].into_iter().flatten() {
            limit.forget_idle();
        }
        if let Some(limit) = &self.user {
            limit.forget_idle();
        }
    }
}

/// An IPv6 sender owns a /64, so that is what counts.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
    }
}

/// Tells how the limits stand: `RateLimit` and `RateLimit-Policy` (IETF draft
/// ratelimit-headers) list every limit, `X-RateLimit-…` the tightest.
pub(super) fn write_headers(context: &Context, headers: &mut HeaderMap) {
    let standings = context.standings();
    let join = |each: fn(&Standing) -> String| {
        let items: Vec<String> = standings.iter().map(each).collect();
        HeaderValue::try_from(items.join(", ")).ok()
    };
    let Some(tightest) = standings
        .iter()
        .min_by_key(|s| u64::from(s.remaining).saturating_mul(1 << 20) / u64::from(s.limit))
    else {
        return;
    };
    let policy = join(|s| format!("\"{}\";q={};w=60", s.name, s.limit));
    let state = join(|s| format!("\"{}\";r={};t={}", s.name, s.remaining, s.reset));
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
        if let Some(value) = value {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers.insert("x-ratelimit-limit", tightest.limit.into());
    headers.insert("x-ratelimit-remaining", tightest.remaining.into());
    headers.insert("x-ratelimit-reset", tightest.reset.into());
    if let Some(seconds) = context.retry_after() {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
}

/// Whether a request tries a password, a code or a token.
pub(super) fn tries_credential(path: &str) -> bool {
    if path.trim_end_matches('/') == "/api/v1/setup" {
        return true;
    }
    let rest = path
        .strip_prefix("/api/v1/auth/")
        .or_else(|| path.strip_prefix("/api/v1/users/auth/"));
    rest.is_some_and(|rest| {
        ["login", "password-reset", "mfa", "passkeys", "oidc", "saml"]
            .iter()
            .any(|word| rest.starts_with(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context {
        Context::new(&HeaderMap::new(), Some([192, 0, 2, 1].into()))
    }

    #[test]
    fn a_bucket_empties_per_key_and_says_when_to_come_back() {
        let limits = Limits::new(&LimitSettings {
            user: 2,
            address: 0,
            login: 0,
        });
        let (lea, omar) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(limits.take_user(&context(), lea).is_ok());
        assert!(limits.take_user(&context(), lea).is_ok());
        let third = context();
        let refused = limits.take_user(&third, lea).expect_err("empty");
        assert_eq!(refused.code, ErrorCode::RateLimitExceeded);
        let mut headers = HeaderMap::new();
        write_headers(&third, &mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"user\";q=2;w=60");
        assert_eq!(headers["ratelimit"], "\"user\";r=0;t=60");
        assert_eq!(headers["x-ratelimit-remaining"], "0");
        let wait: u64 = headers["retry-after"]
            .to_str()
            .expect("text")
            .parse()
            .expect("seconds");
        assert!((1..=31).contains(&wait), "{wait}");
        assert!(limits.take_user(&context(), omar).is_ok(), "another person");
    }

    #[test]
    fn sign_in_has_a_bucket_of_its_own() {
        let limits = Limits::new(&LimitSettings {
            user: 0,
            address: 100,
            login: 1,
        });
        assert!(limits.take_address(&context(), true).is_ok());
        assert!(limits.take_address(&context(), true).is_err());
        assert!(limits.take_address(&context(), false).is_ok());
    }

    #[test]
    fn an_ipv6_sender_is_counted_by_its_network() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
    }

    #[test]
    fn refreshing_a_session_is_no_attempt_at_a_credential() {
        assert!(tries_credential("/api/v1/auth/login"));
        assert!(tries_credential("/api/v1/users/auth/login"));
        assert!(tries_credential("/api/v1/setup"));
        assert!(!tries_credential("/api/v1/auth/refresh"));
        assert!(!tries_credential("/api/v1/tickets"));
    }
}
