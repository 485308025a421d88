//! `ETag` on every JSON answer to a GET, and `If-None-Match` → 304.
//!
//! An answer changes when its row changes, and also when a name it mentions
//! or the reader's rights do. So the tag is the version and a digest of the
//! body, `"3-9f…"`; a writer may send it as `If-Match`, of which handlers see
//! the version only.

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use std::hash::Hasher;

/// Reduces `If-Match: "3-9f…"` to `"3"`.
pub(super) fn simplify_if_match(request: &mut Request) {
    let Some(value) = request.headers().get(header::IF_MATCH) else {
        return;
    };
    let version = value
        .to_str()
        .ok()
        .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"'))
        .and_then(|tag| tag.split_once('-'))
        .filter(|(version, digest)| !version.is_empty() && is_digest(digest))
        .and_then(|(version, _)| HeaderValue::from_str(&format!("\"{version}\"")).ok());
    if let Some(version) = version {
        request.headers_mut().insert(header::IF_MATCH, version);
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// What of a request decides how its answer is tagged.
pub(super) struct Condition {
    is_get: bool,
    if_none_match: Option<HeaderValue>,
}

impl Condition {
    pub(super) fn of(method: &Method, headers: &HeaderMap) -> Self {
        Self {
            is_get: matches!(*method, Method::GET | Method::HEAD),
            if_none_match: headers.get(header::IF_NONE_MATCH).cloned(),
        }
    }

    /// Tags the answer; 304 without a body when the asker has it already.
    pub(super) async fn apply(self, response: Response) -> Response {
        if !has_record(&response) {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let Ok(bytes) = to_bytes(body, usize::MAX).await else {
            return Response::from_parts(parts, Body::empty());
        };
        let version = parts
            .headers
            .get(header::ETAG)
            .and_then(|v| v.to_str().ok());
        let tag = tag(version.unwrap_or_default().trim_matches('"'), &bytes);
        let is_known = self.is_get
            && parts.status == StatusCode::OK
            && self
                .if_none_match
                .is_some_and(|known| matches(&known, &tag));
        if let Ok(value) = HeaderValue::from_str(&tag) {
            parts.headers.insert(header::ETAG, value);
        }
        if !is_known {
            return Response::from_parts(parts, Body::from(bytes));
        }
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        Response::from_parts(parts, Body::empty())
    }
}

/// JSON that is complete in memory; streams and files pass untouched.
fn has_record(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    response.status().is_success()
        && !response.headers().contains_key(header::CONTENT_DISPOSITION)
        && kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
        && response.body().size_hint().exact().is_some_and(|n| n > 0)
}

fn tag(version: &str, body: &[u8]) -> String {
    #[expect(
        deprecated,
        reason = "SipHasher is fixed, the default one may change between releases"
    )]
    let mut hasher = std::hash::SipHasher::new();
    hasher.write(body);
    let digest = hasher.finish();
    if version.is_empty() {
        format!("\"{digest:016x}\"")
    } else {
        format!("\"{version}-{digest:016x}\"")
    }
}

/// Weak comparison (RFC 9110 §13.1.2); a version alone names nothing exactly.
fn matches(known: &HeaderValue, tag: &str) -> bool {
    let Ok(known) = known.to_str() else {
        return false;
    };
    known.trim() == "*"
        || known
            .split(',')
            .map(|one| one.trim())
            .any(|one| one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_follows_version_and_content() {
        assert_eq!(tag("3", b"{}"), tag("3", b"{}"));
        assert_ne!(tag("3", b"{}"), tag("4", b"{}"));
        assert_ne!(tag("3", b"{}"), tag("3", b"{ }"));
        assert!(tag("3", b"{}").starts_with("\"3-"));
    }

    #[test]
    fn known_tags_match_in_lists_weakly_and_by_star() {
        let known = |text: &'static str| matches(&HeaderValue::from_static(text), "\"a\"");
        assert!(known("\"a\"") && known("\"b\", \"a\"") && known("W/\"a\"") && known("*"));
        assert!(!known("\"b\"") && !known("a"));
    }

    #[test]
    fn handlers_see_the_version_of_if_match() {
        let seen = |sent: &'static str| {
            let mut request = Request::new(Body::empty());
            let value = HeaderValue::from_static(sent);
            request.headers_mut().insert(header::IF_MATCH, value);
            simplify_if_match(&mut request);
            request.headers()[header::IF_MATCH]
                .to_str()
                .expect("text")
                .to_owned()
        };
        assert_eq!(seen("\"3-0123456789abcdef\""), "\"3\"");
        for same in [
            "\"3\"",
            "*",
            "W/\"3-0123456789abcdef\"",
            "\"3-x\"",
            "\"-0123456789abcdef\"",
        ] {
            assert_eq!(seen(same), same);
        }
    }
}
