//! Layers around the whole router: what holds for every request and answer.

use super::conditional::{self, Condition};
use super::context::{Context, REQUEST_ID};
use super::fields::FieldTable;
use super::problem::{self, Pending};
use super::{Problem, address, idempotency, limits, metrics, origin};
use crate::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Instant;
use steward_kernel::{Error, ErrorCode};
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument;

/// Largest JSON body, in bytes. A route that takes uploads sets its own
/// [`DefaultBodyLimit`].
pub const MAX_BODY: usize = 1024 * 1024;

const SECURITY_HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Pages may load their own files only, and no script that stands in them.
const PAGE_POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// Data is not a page: nothing in it may load or run.
const DATA_POLICY: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Puts every layer around `router`. Apply once, last.
pub fn apply(router: Router, app: &App, fields: FieldTable) -> Router {
    router
        .layer(from_fn_with_state(app.clone(), idempotency::honour))
        .layer(from_fn_with_state(fields, shape))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(app.clone(), guard))
        .layer(CatchPanicLayer::custom(|_| {
            Problem(Error::internal("a handler panicked")).into_response()
        }))
        .layer(origin::cors(&app.config.http.cors_origins))
        .layer(from_fn(measure))
        .layer(from_fn_with_state(app.clone(), finish))
}

/// Sparse fields, tags and conditional requests.
async fn shape(State(fields): State<FieldTable>, mut request: Request, next: Next) -> Response {
    let condition = Condition::of(request.method(), request.headers());
    conditional::simplify_if_match(&mut request);
    let wanted = if request.method() == Method::GET {
        let route = request.extensions().get::<MatchedPath>().cloned();
        match fields.take(route.as_ref().map(MatchedPath::as_str), &mut request) {
            Ok(wanted) => wanted,
            Err(error) => return Problem(error).into_response(),
        }
    } else {
        None
    };
    let mut response = next.run(request).await;
    if let Some(wanted) = wanted {
        response = wanted.apply(response).await;
    }
    condition.apply(response).await
}

/// Rate limits of the address, and writes of foreign pages.
async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    if let Some(context) = request.extensions().get::<Context>() {
        let path = request.uri().path();
        let is_login = request.method() == Method::POST && limits::tries_credential(path);
        if let Err(error) = app.limits.take_address(context, is_login) {
            return Problem(error).into_response();
        }
    }
    if let Some(refusal) = origin::refuse_foreign_write(&app.config, &request) {
        return refusal;
    }
    next.run(request).await
}

/// Counts and times the request by its route.
async fn measure(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let started = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    metrics::record(route, &method, response.status(), started.elapsed());
    response
}

/// Knows the request's id; turns errors into problem documents; adds the
/// headers of every answer.
async fn finish(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let address = address::client(
        request.extensions(),
        request.headers(),
        &app.config.http.trusted_proxies,
    );
    let context = Context::new(request.headers(), address);
    let instance = request.uri().path().to_owned();
    let method = request.method().clone();
    request.extensions_mut().insert(context.clone());
    let span = tracing::info_span!("request", id = context.request_id(), %method, path = instance);

    let response = next.run(request).instrument(span.clone()).await;
    let mut response = span.in_scope(|| with_problem(response, &instance, context.request_id()));
    let is_api = instance.starts_with("/api/");
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        headers
            .entry(*name)
            .or_insert(HeaderValue::from_static(value));
    }
    let policy = if is_page { PAGE_POLICY } else { DATA_POLICY };
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(policy));
    if app.config.public_url.starts_with("https:") {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    if is_api {
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
    }
    limits::write_headers(&context, headers);
    if let Ok(id) = HeaderValue::from_str(context.request_id()) {
        headers.insert(REQUEST_ID, id);
    }
    response
}

/// Gives an error its problem document.
fn with_problem(mut response: Response, instance: &str, request_id: &str) -> Response {
    let pending = response.extensions_mut().remove::<Pending>().map(|p| p.0);
    let is_bare = !response.headers().contains_key(header::CONTENT_TYPE);
    let bare = || is_bare.then(|| bare_error(response.status())).flatten();
    let Some(error) = pending.or_else(|| bare().map(Arc::new)) else {
        return response;
    };
    problem::log(&error);
    let document = problem::document(&error, instance, request_id);
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(
        parts,
        serde_json::to_vec(&document).unwrap_or_default().into(),
    )
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
