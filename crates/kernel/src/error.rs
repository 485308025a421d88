//! The one error that use cases return and HTTP answers (RFC 9457).
//!
//! `detail` is for the caller; `source` is for the log and never leaves.

use serde::Serialize;
use std::collections::BTreeMap;

/// Result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Stable codes of the API, one status each (see `docs/errors.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErrorCode {
    /// 400: the request could not be read as JSON, query or path.
    MalformedRequest,
    /// 401
    AuthenticationRequired,
    /// 401
    InvalidCredentials,
    /// 401
    MfaRequired,
    /// 401
    AccountLocked,
    /// 403
    InsufficientPermissions,
    /// 404, also for what exists but may not be seen.
    ResourceNotFound,
    /// 405
    MethodNotAllowed,
    /// 409
    ResourceConflict,
    /// 409
    InvalidStatusTransition,
    /// 409
    TicketAlreadyClosed,
    /// 412
    PreconditionFailed,
    /// 413
    AttachmentTooLarge,
    /// 415
    InvalidFileType,
    /// 422
    ValidationError,
    /// 429
    RateLimitExceeded,
    /// 500
    InternalServerError,
    /// 503: the store does not answer.
    ServiceUnavailable,
}

impl ErrorCode {
    /// Every code, in the order of the documentation.
    pub const ALL: &[Self] = &[
        Self::MalformedRequest,
        Self::AuthenticationRequired,
        Self::InvalidCredentials,
        Self::MfaRequired,
        Self::AccountLocked,
        Self::InsufficientPermissions,
        Self::ResourceNotFound,
        Self::MethodNotAllowed,
        Self::ResourceConflict,
        Self::InvalidStatusTransition,
        Self::TicketAlreadyClosed,
        Self::PreconditionFailed,
        Self::AttachmentTooLarge,
        Self::InvalidFileType,
        Self::ValidationError,
        Self::RateLimitExceeded,
        Self::InternalServerError,
        Self::ServiceUnavailable,
    ];

    /// HTTP status of the code.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedRequest => 400,
            Self::AuthenticationRequired
            | Self::InvalidCredentials
            | Self::MfaRequired
            | Self::AccountLocked => 401,
            Self::InsufficientPermissions => 403,
            Self::ResourceNotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::ResourceConflict | Self::InvalidStatusTransition | Self::TicketAlreadyClosed => {
                409
            }
            Self::PreconditionFailed => 412,
            Self::AttachmentTooLarge => 413,
            Self::InvalidFileType => 415,
            Self::ValidationError => 422,
            Self::RateLimitExceeded => 429,
            Self::InternalServerError => 500,
            Self::ServiceUnavailable => 503,
        }
    }

    /// Short human title, the same for every occurrence.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::MalformedRequest => "The request cannot be read",
            Self::AuthenticationRequired => "Sign in first",
            Self::InvalidCredentials => "E-mail or password is wrong",
            Self::MfaRequired => "A one-time code is needed",
            Self::AccountLocked => "The account is locked",
            Self::InsufficientPermissions => "Not allowed",
            Self::ResourceNotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::ResourceConflict => "Conflict",
            Self::InvalidStatusTransition => "Not possible in this status",
            Self::TicketAlreadyClosed => "The ticket is closed",
            Self::PreconditionFailed => "Changed by someone else",
            Self::AttachmentTooLarge => "File too large",
            Self::InvalidFileType => "File type not allowed",
            Self::ValidationError => "Some fields are not valid",
            Self::RateLimitExceeded => "Too many requests",
            Self::InternalServerError => "Something went wrong",
            Self::ServiceUnavailable => "Temporarily unavailable",
        }
    }
}

/// What is wrong with one field of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Name in the body or query, dotted where nested: `custom_fields.room`.
    pub field: String,
    /// Stable machine code: `required`, `too_long`, `unknown_value`.
    pub code: String,
    /// Says what would be right.
    pub message: String,
}

/// Why something is refused, for programs and for other languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// A stable word: `wrong_status`, `review_pending`.
    pub code: &'static str,
    /// What the words of it need: `status` is `on_hold`.
    pub params: BTreeMap<&'static str, String>,
}

/// An error with its outer text and inner cause kept apart.
#[derive(Debug, thiserror::Error)]
#[error("{detail}")]
pub struct Error {
    /// Stable code.
    pub code: ErrorCode,
    /// For the caller: names the thing and what to do next.
    pub detail: String,
    /// Per field, for validation.
    pub errors: Vec<FieldError>,
    /// What `detail` says, as a stable word; not every error has one.
    pub reason: Option<Box<Reason>>,
    /// For the log only.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a code and a text for the caller.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            reason: None,
            source: None,
        }
    }

    /// Something that does not exist, or may not be seen by the caller.
    #[must_use]
    pub fn not_found(what: &str, id: impl std::fmt::Display) -> Self {
        Self::new(
            ErrorCode::ResourceNotFound,
            format!("{what} {id} was not found"),
        )
    }

    /// A refusal that names the missing permission.
    #[must_use]
    pub fn forbidden(permission: &str) -> Self {
        let detail = format!("this needs the permission {permission}; ask an administrator");
        Self::new(ErrorCode::InsufficientPermissions, detail)
            .because("insufficient_permissions", [("permission", permission)])
    }

    /// Says with a stable word and its parameters what the text says.
    #[must_use]
    pub fn because<V: Into<String>>(
        mut self,
        code: &'static str,
        params: impl IntoIterator<Item = (&'static str, V)>,
    ) -> Self {
        let params = params.into_iter().map(|(name, value)| (name, value.into()));
        self.reason = Some(Box::new(Reason {
            code,
            params: params.collect(),
        }));
        self
    }

    /// One field is not valid.
    pub fn field(field: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let field = field.into();
        Self {
            detail: format!("{field}: {message}"),
            code: ErrorCode::ValidationError,
            errors: vec![FieldError {
                field,
                code: code.to_owned(),
                message,
            }],
            reason: None,
            source: None,
        }
    }

    /// One field names something that does not exist, or that the caller may not see.
    pub fn unknown(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::ResourceNotFound,
            ..Self::field(field, "unknown_value", message)
        }
    }

    /// A failure of ours; the cause goes to the log, the caller gets a request id.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            code: ErrorCode::InternalServerError,
            detail: "an unexpected error occurred; quote the request id to your administrator"
                .to_owned(),
            errors: Vec::new(),
            reason: None,
            source: Some(source.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorCode::{self, *};

    /// Does not compile when a code is new: add it here and to `ErrorCode::ALL`.
    fn place(code: ErrorCode) -> usize {
        match code {
            MalformedRequest => 0,
            AuthenticationRequired => 1,
            InvalidCredentials => 2,
            MfaRequired => 3,
            AccountLocked => 4,
            InsufficientPermissions => 5,
            ResourceNotFound => 6,
            MethodNotAllowed => 7,
            ResourceConflict => 8,
            InvalidStatusTransition => 9,
            TicketAlreadyClosed => 10,
            PreconditionFailed => 11,
            AttachmentTooLarge => 12,
            InvalidFileType => 13,
            ValidationError => 14,
            RateLimitExceeded => 15,
            InternalServerError => 16,
            ServiceUnavailable => 17,
        }
    }

    #[test]
    fn the_list_of_codes_is_complete() {
        let places: Vec<usize> = ErrorCode::ALL.iter().map(|code| place(*code)).collect();
        assert_eq!(places, (0..=17).collect::<Vec<_>>());
    }
}
