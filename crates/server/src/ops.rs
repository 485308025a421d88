//! Health checks and metrics for load balancers, monitoring and people on call.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};
use steward_kernel::{Error, ErrorCode};
use steward_platform::App;
use steward_platform::http::{Answer, Problem, metrics};

/// The process lives.
pub async fn healthz() -> &'static str {
    "ok"
}

/// The process can serve: its database answers.
///
/// # Errors
/// When the database does not answer.
pub async fn readyz(State(app): State<App>) -> Answer<&'static str> {
    app.db.ping().await?;
    Ok("ready")
}

/// Metrics for who knows the token; without a token there is nothing here.
pub async fn guarded_metrics(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(token) = &app.config.http.metrics_token else {
        let nothing = Error::new(
            ErrorCode::ResourceNotFound,
            "there is nothing at this address",
        );
        return Problem(nothing).into_response();
    };
    let sent = headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "));
    // Comparing digests takes the same time wherever the texts differ.
    let digest = |text: &str| Sha256::digest(text.as_bytes());
    if sent.map(digest) != Some(digest(token)) {
        let detail = "send the metrics token: Authorization: Bearer TOKEN";
        return Problem(Error::new(ErrorCode::AuthenticationRequired, detail)).into_response();
    }
    render(&app)
}

/// What the listener of `STEWARD_METRICS_LISTEN` serves.
pub fn metrics_router(app: App) -> Router {
    let open = |State(app): State<App>| async move { render(&app) };
    Router::new().route("/metrics", get(open)).with_state(app)
}

fn render(app: &App) -> Response {
    let Some(recorder) = metrics::recorder() else {
        return Problem(Error::internal("there is no recorder of metrics")).into_response();
    };
    for pool in app.db.pools() {
        for (state, count) in [("used", pool.used), ("idle", pool.idle)] {
            let gauge =
                ::metrics::gauge!("steward_db_connections", "pool" => pool.name, "state" => state);
            gauge.set(f64::from(count));
        }
        let gauge = ::metrics::gauge!("steward_db_connections_max", "pool" => pool.name);
        gauge.set(f64::from(pool.max));
    }
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], recorder.render()).into_response()
}

/// Names and explains the gauges.
pub(crate) fn describe() {
    ::metrics::describe_gauge!(
        "steward_db_connections",
        "Open connections of a database pool."
    );
    ::metrics::describe_gauge!(
        "steward_db_connections_max",
        "Most connections that a database pool may open."
    );
    ::metrics::describe_gauge!(
        "steward_build_info",
        "Always 1; the label names the version."
    );
    let build = ::metrics::gauge!("steward_build_info", "version" => env!("CARGO_PKG_VERSION"));
    build.set(1.0);
}
