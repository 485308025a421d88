//! `If-Match`: the version that a writer saw (RFC 9110 §13.1.1).

use super::Problem;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use steward_kernel::{Error, ErrorCode, Result};

/// What the header `If-Match` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfMatch {
    /// It was not sent.
    Absent,
    /// `*`: whatever version there is.
    Any,
    /// The `ETag` of an earlier answer.
    Version(i64),
}

impl IfMatch {
    /// Refuses a writer who saw another version than `current`.
    ///
    /// # Errors
    /// `PRECONDITION_FAILED`, which names the thing and its version.
    pub fn check(self, what: &str, current: i64) -> Result<()> {
        match self {
            Self::Version(seen) if seen != current => {
                let detail = format!(
                    "{what} is at version {current} by now; load it again and repeat your change"
                );
                Err(Error::new(ErrorCode::PreconditionFailed, detail))
            }
            _ => Ok(()),
        }
    }

    fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text == "*" {
            return Ok(Self::Any);
        }
        let version = text.trim_matches('"').parse();
        version.map(Self::Version).map_err(|_| {
            let detail = "If-Match must be the ETag of an earlier answer";
            Error::new(ErrorCode::PreconditionFailed, detail)
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self::Absent);
        };
        Ok(Self::parse(value.to_str().unwrap_or_default())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_version_and_nothing_else() {
        assert_eq!(IfMatch::parse("\"3\"").ok(), Some(IfMatch::Version(3)));
        assert_eq!(IfMatch::parse(" * ").ok(), Some(IfMatch::Any));
        assert!(IfMatch::parse("\"x\"").is_err() && IfMatch::parse("").is_err());
    }

    #[test]
    fn only_another_version_is_refused() {
        assert!(IfMatch::Version(3).check("it", 3).is_ok());
        assert!(IfMatch::Absent.check("it", 3).is_ok() && IfMatch::Any.check("it", 3).is_ok());
        let refused = IfMatch::Version(2).check("it", 3).expect_err("stale");
        assert_eq!(refused.code, ErrorCode::PreconditionFailed);
    }
}
