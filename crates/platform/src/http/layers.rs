//! Layers around the whole router: request ids, problem bodies, security headers.

use super::problem::{self, Pending};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use steward_kernel::{Error, ErrorCode};
use tower_http::catch_panic::CatchPanicLayer;

/// Largest body, in bytes; a route that takes files bounds them itself.
pub const MAX_BODY: usize = 1024 * 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const SECURITY_HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000"),
    (
        "content-security-policy",
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
];

/// Puts every layer around `router`. Apply once, last.
pub fn apply(router: Router) -> Router {
    router
        .layer(CatchPanicLayer::custom(|_| {
            super::Problem(Error::internal("a handler panicked")).into_response()
        }))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(refuse_foreign_cookies))
        .layer(from_fn(finish))
}

/// A browser's session cookie counts only for requests of our own pages (CSRF):
/// an unsafe request with cookies must come from the same origin.
async fn refuse_foreign_cookies(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    let has_bearer = headers.contains_key(header::AUTHORIZATION);
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    let is_foreign = matches!(site, Some("cross-site" | "same-site"));
    if !is_safe && !has_bearer && headers.contains_key(header::COOKIE) && is_foreign {
        let detail = "requests with a session cookie must come from this site's own pages";
        return super::Problem(Error::new(ErrorCode::InsufficientPermissions, detail))
            .into_response();
    }
    next.run(request).await
}

async fn finish(request: Request, next: Next) -> Response {
    let instance = request.uri().path().to_owned();
    let sent = request
        .headers()
        .get(REQUEST_ID)
        .filter(|id| id.len() <= 128)
        .cloned();
    let drawn = || HeaderValue::from_str(&crate::clock::new_id().to_string()).ok();
    let request_id = sent
        .or_else(drawn)
        .unwrap_or_else(|| HeaderValue::from_static("none"));
    let is_api = instance.starts_with("/api/");

    let mut response = next.run(request).await;
    let error = response.extensions_mut().remove::<Pending>().map(|p| p.0);
    let error = error.or_else(|| {
        if is_api {
            bare_error(response.status()).map(Into::into)
        } else {
            None
        }
    });
    if let Some(error) = error {
        let document = problem::document(&error, &instance, request_id.to_str().unwrap_or("none"));
        let (mut parts, _) = response.into_parts();
        parts.headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        parts.headers.remove(header::CONTENT_LENGTH);
        response = Response::from_parts(
            parts,
            serde_json::to_vec(&document).unwrap_or_default().into(),
        );
    }
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        headers
            .entry(*name)
            .or_insert(HeaderValue::from_static(value));
    }
    if is_api {
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
    }
    headers.insert(REQUEST_ID, request_id);
    response
}

/// Errors that the router itself answers with an empty body.
fn bare_error(status: StatusCode) -> Option<Error> {
    match status {
        StatusCode::NOT_FOUND => Some(Error::new(
            ErrorCode::ResourceNotFound,
            "there is nothing at this address",
        )),
        StatusCode::METHOD_NOT_ALLOWED => Some(Error::new(
            ErrorCode::MethodNotAllowed,
            "the Allow header lists what this address accepts",
        )),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Error::new(
            ErrorCode::AttachmentTooLarge,
            "the body is larger than 1 MiB",
        )),
        _ => None,
    }
}
