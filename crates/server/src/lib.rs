//! Wiring: routes of every module, the OpenAPI document, operations.

pub mod demo;
pub mod docs;
pub mod openapi;
pub mod ops;
pub mod web;

use axum::Router;
use axum::extract::Request;
use axum::routing::get;
use steward_platform::jobs::{Registry, Worker};
use steward_platform::{App, http::layers};
use tokio_util::sync::CancellationToken;
use tower::Layer;
use tower_http::normalize_path::{NormalizePath, NormalizePathLayer};

/// The whole HTTP surface. A trailing slash makes no difference.
pub fn router(app: App) -> NormalizePath<Router> {
    let (api, _) = openapi::api().split_for_parts();
    let aliases: Router<App> = steward_identity::alias_routes().into();
    let router = Router::new()
        .merge(api)
        .nest("/api/v1", aliases)
        .route("/api/openapi.json", get(docs::document))
        .route("/api/docs", get(docs::page))
        .route("/healthz", get(ops::healthz))
        .route("/readyz", get(ops::readyz))
        .fallback_service(web::routes())
        .with_state(app);
    NormalizePathLayer::trim_trailing_slash().layer(layers::apply(router))
}

/// Every handler of background work, reaction and tick.
#[must_use]
pub fn jobs() -> Registry {
    let mut registry = Registry::default();
    steward_platform::mail::register(&mut registry);
    steward_identity::jobs(&mut registry);
    steward_desk::jobs(&mut registry);
    registry
}

/// Serves and works until the process is told to stop; open requests and the
/// jobs in hand are finished.
///
/// # Errors
/// When the address cannot be taken.
pub async fn serve(app: App) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(app.config.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    let stop = CancellationToken::new();
    let worker = Worker::new(app.clone(), stop.clone()).run();
    let service = axum::ServiceExt::<Request>::into_make_service(router(app));
    let serve = async {
        let done = axum::serve(listener, service)
            .with_graceful_shutdown(stop_signal())
            .await;
        stop.cancel();
        done
    };
    let (done, ()) = tokio::join!(serve, worker);
    done
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
    }
}
