//! Problem documents (RFC 9457): the one place where errors meet HTTP.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::collections::BTreeMap;
use steward_kernel::{Error, ErrorCode, Reason};
use utoipa::ToSchema;

/// The error of a request, ready to be answered.
#[derive(Debug)]
pub struct Problem(pub Error);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// Body of every error answer, `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// Address of the description of the code.
    #[serde(rename = "type")]
    pub type_: String,
    /// Short title, the same for every occurrence.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened here and what to do.
    pub detail: String,
    /// Path of the request.
    pub instance: String,
    /// Stable code, such as `VALIDATION_ERROR`.
    pub code: String,
    /// Quote this to your administrator.
    pub request_id: String,
    /// Per field, for validation errors.
    pub errors: Vec<ProblemField>,
    /// What `detail` says, as a stable word such as `wrong_status`; not every problem has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
    /// What the words of `reason_code` need, by name: `status` is `on_hold`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_params: Option<BTreeMap<String, String>>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Name in the body or query.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What would be right.
    pub message: String,
}

/// Travels as an extension to [`super::layers`], which knows path and request id.
#[derive(Debug, Clone)]
pub(super) struct Pending(pub(super) std::sync::Arc<Error>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
            .extensions_mut()
            .insert(Pending(std::sync::Arc::new(self.0)));
        response
    }
}

/// Writes the inner cause of a failure of ours to the log.
pub(super) fn log(error: &Error) {
    if error.code.status() >= 500 {
        tracing::error!(error = ?error.source, detail = error.detail, "request failed");
    }
}

/// A code as it stands in documents: `VALIDATION_ERROR`.
#[must_use]
pub fn code_name(code: ErrorCode) -> String {
    let value = serde_json::to_value(code).ok();
    value
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The parameters of a reason as answers tell them.
#[must_use]
pub fn reason_params(reason: &Reason) -> BTreeMap<String, String> {
    let params = reason.params.iter();
    params
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}

/// The document of `error` for one request.
#[must_use]
pub fn document(error: &Error, instance: &str, request_id: &str) -> ProblemDocument {
    let code = code_name(error.code);
    ProblemDocument {
        type_: format!("/api/docs/errors#{}", code.to_lowercase()),
        title: error.code.title().to_owned(),
        status: error.code.status(),
        detail: error.detail.clone(),
        instance: instance.to_owned(),
        code,
        request_id: request_id.to_owned(),
        errors: error
            .errors
            .iter()
            .map(|e| ProblemField {
                field: e.field.clone(),
                code: e.code.clone(),
                message: e.message.clone(),
            })
            .collect(),
        reason_code: error.reason.as_ref().map(|reason| reason.code.to_owned()),
        reason_params: error.reason.as_ref().map(|reason| reason_params(reason)),
    }
}
