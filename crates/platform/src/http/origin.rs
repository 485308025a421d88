//! Which pages may call: other sites by an allow-list (CORS), and our own
//! pages as the only ones that may write with a session cookie (CSRF).

use super::Problem;
use super::context::REQUEST_ID;
use crate::config::Config;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use steward_kernel::{Error, ErrorCode};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Lets the scripts of listed origins call with a bearer token. Cookies are
/// never shared with another origin.
pub(super) fn cors(origins: &[String]) -> CorsLayer {
    let origins = origins
        .iter()
        .filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([
            Method::GET,
            Method::POST,
            Method::PATCH,
            Method::PUT,
            Method::DELETE,
        ])
        .allow_headers([
            header::ACCEPT,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            HeaderName::from_static(super::idempotency::HEADER),
            HeaderName::from_static("last-event-id"),
            REQUEST_ID,
        ])
        .expose_headers([
            header::ETAG,
            header::LOCATION,
            header::RETRY_AFTER,
            header::CONTENT_DISPOSITION,
            HeaderName::from_static(super::idempotency::REPLAYED),
            HeaderName::from_static("ratelimit"),
            HeaderName::from_static("ratelimit-policy"),
            REQUEST_ID,
        ])
        .max_age(Duration::from_secs(3600))
}

/// The refusal of a write with a session cookie that cannot prove that it
/// comes from our own pages: `Sec-Fetch-Site: same-origin`, or from browsers
/// without it an `Origin` that is this site.
pub(super) fn refuse_foreign_write(config: &Config, request: &Request) -> Option<Response> {
    let headers = request.headers();
    let is_safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if is_safe || headers.contains_key(header::AUTHORIZATION) || !has_session_cookie(headers) {
        return None;
    }
    if is_own_page(headers, request.uri(), &config.public_url) {
        return None;
    }
    let detail = "a write with a session cookie must come from this site's own pages; \
                  programs send Authorization: Bearer TOKEN instead";
    Some(Problem(Error::new(ErrorCode::InsufficientPermissions, detail)).into_response())
}

fn has_session_cookie(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .any(|(name, _)| {
            let name = name
                .trim_start_matches("__Host-")
                .trim_start_matches("__Secure-");
            name.starts_with("steward")
        })
}

fn is_own_page(headers: &HeaderMap, uri: &Uri, public_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let Some(origin) = text(header::ORIGIN) else {
        return false;
    };
    let host = uri
        .authority()
        .map(|a| a.as_str())
        .or_else(|| text(header::HOST));
    let names_host = origin
        .split_once("://")
        .is_some_and(|(_, of_origin)| Some(of_origin) == host);
    names_host || origin == public_url.trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_own(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        is_own_page(
            &headers,
            &Uri::from_static("/x"),
            "https://desk.example.com/",
        )
    }

    #[test]
    fn a_page_proves_its_origin_by_fetch_metadata_or_by_origin() {
        assert!(is_own(&[("sec-fetch-site", "same-origin")]));
        assert!(is_own(&[("origin", "https://desk.example.com")]));
        assert!(is_own(&[
            ("origin", "http://10.0.0.5:8000"),
            ("host", "10.0.0.5:8000")
        ]));
        for foreign in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[
                ("sec-fetch-site", "same-site"),
                ("origin", "https://desk.example.com"),
            ],
            &[("sec-fetch-site", "none")],
            &[
                ("origin", "https://evil.example"),
                ("host", "desk.example.com"),
            ],
            &[("origin", "null"), ("host", "desk.example.com")],
        ] {
            assert!(!is_own(foreign), "{foreign:?}");
        }
    }

    #[test]
    fn cookies_of_other_programs_do_not_count() {
        let with = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(text));
            has_session_cookie(&headers)
        };
        assert!(with("a=1; steward_access=x"));
        assert!(with("__Host-steward_access=x"));
        assert!(!with("a=1; not_steward=2"));
    }
}
