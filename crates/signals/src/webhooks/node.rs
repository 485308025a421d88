//! What one node does as long as it runs: it finds out what is to be sent and
//! sends it, many at once and few of one webhook. Not a job, because a job that
//! waits for a receiver would hold up the others.

use super::service::{self, Flights};
use futures::FutureExt;
use std::time::Duration;
use steward_kernel::Result;
use steward_platform::{App, clock};
use tokio_util::sync::CancellationToken;

/// How often the tables are looked at.
const POLL: Duration = Duration::from_millis(500);

/// Plans and sends until stopped; what is under way then is finished.
pub async fn run(app: &App, stop: &CancellationToken) {
    let mut flights = Flights::default();
    while !stop.is_cancelled() {
        let planned = noted(service::plan(app, clock::now()).await);
        noted(service::launch(app, &mut flights, clock::now()).await);
        if planned > 0 {
            continue;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            Some(done) = flights.next(), if !flights.is_empty() => {
                noted(done.map(|()| 0));
                // What ended at the same moment does not ask the tables once each.
                while let Some(Some(done)) = flights.next().now_or_never() {
                    noted(done.map(|()| 0));
                }
            }
            () = tokio::time::sleep(POLL) => {}
        }
    }
    while let Some(done) = flights.next().await {
        noted(done.map(|()| 0));
    }
}

fn noted(done: Result<usize>) -> usize {
    done.unwrap_or_else(|error| {
        tracing::warn!(error = ?error.source, detail = %error.detail, "webhooks cannot be worked on");
        0
    })
}
