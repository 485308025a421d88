//! `If-Match`: the version that a writer saw (RFC 9110 §13.1.1).

use super::Problem;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use steward_kernel::{Error, ErrorCode, Result};

/// The version of `If-Match: "3"`; none without the header or with `*`.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub Option<i64>);

impl IfMatch {
    /// Refuses a write to a record that has changed since the writer saw it.
    ///
    /// # Errors
    /// When `version` is another than the writer saw.
    pub fn check(self, version: i64) -> Result<()> {
        match self.0 {
            Some(seen) if seen != version => Err(stale()),
            _ => Ok(()),
        }
    }
}

/// The refusal of a write to a record that someone else has changed.
#[must_use]
pub fn stale() -> Error {
    Error::new(
        ErrorCode::PreconditionFailed,
        "someone else has changed this; load it again, then change it",
    )
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self(None));
        };
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Self(None));
        }
        let version = text.trim_matches('"').parse();
        version.map(|version| Self(Some(version))).map_err(|_| {
            let detail = "If-Match must be the ETag of an earlier answer";
            Error::new(ErrorCode::PreconditionFailed, detail).into()
        })
    }
}
