//! The web front end inside the binary: assets, and one page for every address of the application.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use memory_serve::CacheControl;
use tower::ServiceExt;

const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; \
     style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; \
     connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";

/// Everything that no other route answers.
pub fn routes() -> Router {
    let files: Router = memory_serve::load!("web")
        .index_file(Some("/index.html"))
        .html_cache_control(CacheControl::NoCache)
        .cache_control(CacheControl::NoCache)
        .into_router();
    Router::new().fallback(move |request: Request| answer(files.clone(), request))
}

async fn answer(files: Router, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if is_api(&path) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut request = request;
    if is_page(request.method(), &path, request.headers()) {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    let mut response = match files.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    let is_fresh = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_SECURITY_POLICY),
    );
    if is_fresh && path.starts_with("/assets/") {
        // Their names change with their content.
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
    }
    response
}

fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// Whether a browser asks for a page of the application, as opposed to a file or data.
fn is_page(method: &Method, path: &str, headers: &HeaderMap) -> bool {
    let reads = method == Method::GET || method == Method::HEAD;
    let last = path.rsplit('/').next().unwrap_or_default();
    let wants_html = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"));
    reads && (path == "/" || (wants_html && !last.contains('.') && !is_api(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(method: &Method, path: &str, accept: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        is_page(method, path, &headers)
    }

    #[test]
    fn a_browser_gets_the_application_at_every_address_of_it() {
        let accept = "text/html,application/xhtml+xml,*/*;q=0.8";
        for path in [
            "/",
            "/portal",
            "/agent/tickets",
            "/agent/incidents/INC-000001",
        ] {
            assert!(asks(&Method::GET, path, accept), "{path}");
        }
    }

    #[test]
    fn files_data_and_writes_do_not_get_a_page() {
        let html = "text/html";
        for (method, path, accept) in [
            (Method::GET, "/assets/gone-0123.js", html),
            (Method::GET, "/favicon.ico", html),
            (Method::GET, "/api/v1/nothing", html),
            (Method::GET, "/api", html),
            (Method::GET, "/portal", "application/json"),
            (Method::GET, "/portal", "*/*"),
            (Method::POST, "/portal", html),
        ] {
            assert!(!asks(&method, path, accept), "{method} {path} {accept}");
        }
    }
}
