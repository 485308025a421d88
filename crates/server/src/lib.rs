//! Wiring: routes of every module, the OpenAPI document, operations.

pub mod commands;
pub mod demo;
pub mod docs;
pub mod import;
pub mod openapi;
pub mod ops;
mod system;
mod upkeep;
pub mod web;

use axum::extract::Request;
use axum::routing::get;
use axum::{Router, ServiceExt};
use std::net::SocketAddr;
use std::sync::Arc;
use steward_platform::jobs::{Registry, Worker};
use steward_platform::{App, http::layers};
use tokio_util::sync::CancellationToken;
use tower::Layer;
use tower_http::normalize_path::{NormalizePath, NormalizePathLayer};

/// The whole HTTP surface. A trailing slash makes no difference.
pub fn router(app: App) -> NormalizePath<Router> {
    if steward_platform::http::metrics::recorder().is_some() {
        ops::describe();
    }
    let (api, _) = openapi::api().split_for_parts();
    let aliases: Router<App> = steward_identity::alias_routes().into();
    let router = Router::new()
        .merge(api)
        .nest("/api/v1", aliases)
        .route("/api/openapi.json", get(docs::document))
        .route("/api/docs", get(docs::page))
        .route("/api/docs/errors", get(docs::errors))
        .route("/api/docs/{file}", get(docs::file))
        .route("/healthz", get(ops::healthz))
        .route("/readyz", get(ops::readyz))
        .route("/metrics", get(ops::guarded_metrics))
        .fallback_service(web::routes())
        .with_state(app.clone());
    NormalizePathLayer::trim_trailing_slash().layer(layers::apply(router, &app, openapi::fields()))
}

/// Every handler of background work, reaction and tick.
#[must_use]
pub fn jobs() -> Registry {
    let mut registry = Registry::default();
    upkeep::register(&mut registry);
    demo::example::register(&mut registry);
    steward_platform::mail::register(&mut registry);
    steward_identity::jobs(&mut registry);
    steward_desk::jobs(&mut registry);
    steward_signals::jobs(&mut registry);
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
    let stream = steward_signals::stream::run(&app, &stop);
    let webhooks = steward_signals::webhooks::run(&app, &stop);
    let mailboxes = steward_signals::mailboxes::run(&app, &stop);
    let live = Arc::clone(&app.live);
    let router = router(app.clone());
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(router);
    let serve = async {
        let stopped = async move {
            stop_signal().await;
            // Streams have no end of their own.
            live.close();
        };
        let server = axum::serve(listener, service).with_graceful_shutdown(stopped);
        let done = tokio::select! {
            done = server => done,
            failed = serve_metrics(&app) => failed,
            () = upkeep::run(&app) => Ok(()),
        };
        stop.cancel();
        done
    };
    let (done, (), (), (), ()) = tokio::join!(serve, worker, stream, webhooks, mailboxes);
    done
}

/// Serves metrics on an address of their own, if there is one; never ends well.
async fn serve_metrics(app: &App) -> std::io::Result<()> {
    let Some(address) = app.config.http.metrics_listen else {
        return std::future::pending().await;
    };
    let listener = tokio::net::TcpListener::bind(address).await?;
    tracing::info!(address = %listener.local_addr()?, "metrics");
    axum::serve(listener, ops::metrics_router(app.clone())).await
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
