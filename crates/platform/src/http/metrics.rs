//! Counts and durations of requests, for Prometheus.

use axum::http::{Method, StatusCode};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;

/// Requests answered, by method, route and status.
pub const REQUESTS: &str = "steward_http_requests_total";
/// Seconds until the answer, by method and route.
pub const DURATION: &str = "steward_http_request_duration_seconds";

/// Bounds of the buckets of [`DURATION`].
pub const BUCKETS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// The process's recorder, set up at the first call; none when another
/// recorder was there before.
pub fn recorder() -> Option<&'static PrometheusHandle> {
    let handle = RECORDER.get_or_init(|| {
        install()
            .inspect_err(|error| tracing::error!(%error, "there will be no metrics"))
            .ok()
    });
    handle.as_ref()
}

fn install() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(DURATION.to_owned()), BUCKETS)?
        .install_recorder()?;
    metrics::describe_counter!(REQUESTS, "Requests answered.");
    metrics::describe_histogram!(
        DURATION,
        metrics::Unit::Seconds,
        "Seconds until the answer of a request."
    );
    Ok(handle)
}

/// Notes one request. `route` is the pattern, never the path: ids would make
/// a series of each.
pub(super) fn record(route: &str, method: &Method, status: StatusCode, took: Duration) {
    let method = method_name(method);
    let route = route.to_owned();
    metrics::counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.as_str().to_owned())
        .increment(1);
    metrics::histogram!(DURATION, "method" => method, "route" => route).record(took.as_secs_f64());
}

/// A sender can invent methods; the label knows the usual ones.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
