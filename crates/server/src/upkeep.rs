//! What a serving process tidies now and then; every node may do it.

use std::time::Duration;
use steward_platform::http::{idempotency, metrics};
use steward_platform::{App, clock};

/// Tidies every minute; never returns.
pub(crate) async fn run(app: &App) {
    let mut minutes = tokio::time::interval(Duration::from_secs(60));
    loop {
        minutes.tick().await;
        app.limits.forget_idle();
        if let Some(recorder) = metrics::recorder() {
            recorder.run_upkeep();
        }
        match idempotency::sweep(&app.db, clock::now()).await {
            Ok(0) => {}
            Ok(rows) => tracing::debug!(rows, "expired idempotency keys were removed"),
            Err(error) => tracing::warn!(error = ?error.source, "the sweep of keys failed"),
        }
    }
}
