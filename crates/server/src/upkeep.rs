//! What is tidied now and then.

use futures::future::BoxFuture;
use std::time::Duration;
use steward_kernel::{Instant, Result};
use steward_platform::App;
use steward_platform::http::{idempotency, metrics};
use steward_platform::jobs::{Job, Registry, Tick};

const SWEEP: &str = "http.sweep_idempotency_keys";

/// What one node does for the whole deployment.
pub(crate) fn register(registry: &mut Registry) {
    registry.handle(SWEEP, sweep);
    registry.tick(Tick {
        name: SWEEP,
        every: Duration::from_secs(600),
        kind: SWEEP,
    });
}

fn sweep<'a>(app: &'a App, _: &'a Job, now: Instant) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move { idempotency::sweep(&app.db, now).await.map(drop) })
}

/// What every process tidies in its own memory; never returns.
pub(crate) async fn run(app: &App) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    loop {
        minutes.tick().await;
        app.limits.forget_idle();
        if let Some(recorder) = metrics::recorder() {
            recorder.run_upkeep();
        }
    }
}
