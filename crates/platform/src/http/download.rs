//! Answers that are files: never rendered by a browser, resumable, cacheable.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::Stream;
use std::ops::Range;

/// What a client asks of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing: it has the file already.
    Nothing,
    /// All of it.
    Whole,
    /// A part of it.
    Part(Range<u64>),
}

/// Reads `If-None-Match`, `Range` and `If-Range` (RFC 9110 §13, §14). A range
/// that cannot be read or met is ignored, as the RFC allows.
#[must_use]
pub fn wanted(headers: &HeaderMap, etag: &str, size: u64) -> Wanted {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let known = text(header::IF_NONE_MATCH).is_some_and(|tags| {
        tags.split(',')
            .map(|t| t.trim().trim_start_matches("W/"))
            .any(|t| t == etag || t == "*")
    });
    if known {
        return Wanted::Nothing;
    }
    let is_current = text(header::IF_RANGE).is_none_or(|t| t == etag);
    let asked = text(header::RANGE).filter(|_| is_current);
    match asked.and_then(|range| part(range, size)) {
        Some(range) => Wanted::Part(range),
        None => Wanted::Whole,
    }
}

/// One range of bytes: `bytes=0-99`, `bytes=100-`, `bytes=-100`.
fn part(text: &str, size: u64) -> Option<Range<u64>> {
    let (from, to) = text.strip_prefix("bytes=")?.split_once('-')?;
    let range = match (from.trim(), to.trim()) {
        ("", last) => size.saturating_sub(last.parse().ok()?)..size,
        (from, "") => from.parse().ok()?..size,
        (from, to) => from.parse().ok()?..to.parse::<u64>().ok()?.saturating_add(1).min(size),
    };
    (range.start < range.end).then_some(range)
}

/// A file on its way to the client.
#[derive(Debug)]
pub struct Download<S> {
    /// Its name, already clean.
    pub file_name: String,
    /// Its type, from a closed list.
    pub content_type: String,
    /// Strong tag with its quotes.
    pub etag: String,
    /// Bytes of the whole file.
    pub size: u64,
    /// What the client asked for.
    pub wanted: Wanted,
    /// The bytes asked for; none for [`Wanted::Nothing`].
    pub pieces: Option<S>,
}

impl<S> IntoResponse for Download<S>
where
    S: Stream<Item = std::io::Result<bytes::Bytes>> + Send + 'static,
{
    fn into_response(self) -> Response {
        let body = self.pieces.map_or_else(Body::empty, Body::from_stream);
        let mut response = Response::new(body);
        let (status, length) = match &self.wanted {
            Wanted::Nothing => (StatusCode::NOT_MODIFIED, None),
            Wanted::Whole => (StatusCode::OK, Some(self.size)),
            Wanted::Part(range) => (
                StatusCode::PARTIAL_CONTENT,
                Some(range.end.saturating_sub(range.start)),
            ),
        };
        *response.status_mut() = status;
        let content_type = match self.content_type.as_str() {
            text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
            other => other.to_owned(),
        };
        let mut set = |name, text: &str| {
            if let Ok(value) = HeaderValue::from_str(text) {
                response.headers_mut().insert(name, value);
            }
        };
        set(header::ETAG, &self.etag);
        set(header::CACHE_CONTROL, "private, no-cache");
        set(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        );
        set(header::ACCEPT_RANGES, "bytes");
        if let Some(length) = length {
            set(header::CONTENT_TYPE, &content_type);
            set(header::CONTENT_LENGTH, &length.to_string());
            set(header::CONTENT_DISPOSITION, &disposition(&self.file_name));
        }
        if let Wanted::Part(range) = &self.wanted {
            let last = range.end.saturating_sub(1);
            let shown = format!("bytes {}-{last}/{}", range.start, self.size);
            set(header::CONTENT_RANGE, &shown);
        }
        response
    }
}

/// `Content-Disposition: attachment` with the name in both forms (RFC 6266, RFC 8187).
#[must_use]
pub fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(header::HeaderName, &'static str)]) -> Wanted {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect();
        wanted(&headers, "\"abc\"", 100)
    }

    #[test]
    fn ranges_and_tags_are_read_as_the_rfc_says() {
        use header::{IF_NONE_MATCH, IF_RANGE, RANGE};
        assert_eq!(asked(&[]), Wanted::Whole);
        assert_eq!(asked(&[(RANGE, "bytes=0-9")]), Wanted::Part(0..10));
        assert_eq!(asked(&[(RANGE, "bytes=90-")]), Wanted::Part(90..100));
        assert_eq!(asked(&[(RANGE, "bytes=-5")]), Wanted::Part(95..100));
        assert_eq!(asked(&[(RANGE, "bytes=90-1000")]), Wanted::Part(90..100));
        for odd in [
            "bytes=100-",
            "bytes=9-1",
            "bytes=0-1,3-4",
            "lines=0-1",
            "bytes=-0",
            "bytes=x-",
        ] {
            assert_eq!(asked(&[(RANGE, odd)]), Wanted::Whole, "{odd}");
        }
        assert_eq!(
            asked(&[(RANGE, "bytes=0-9"), (IF_RANGE, "\"abc\"")]),
            Wanted::Part(0..10)
        );
        assert_eq!(
            asked(&[(RANGE, "bytes=0-9"), (IF_RANGE, "\"old\"")]),
            Wanted::Whole
        );
        assert_eq!(
            asked(&[(IF_NONE_MATCH, "W/\"x\", \"abc\"")]),
            Wanted::Nothing
        );
        assert_eq!(asked(&[(IF_NONE_MATCH, "\"x\"")]), Wanted::Whole);
    }

    #[test]
    fn names_are_given_in_both_forms() {
        assert_eq!(
            disposition("Größe 1%.txt"),
            "attachment; filename=\"Gr__e 1_.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201%25.txt"
        );
    }
}
