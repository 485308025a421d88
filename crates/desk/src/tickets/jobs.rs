//! Housekeeping of tickets.

use super::store;
use futures::FutureExt;
use futures::future::BoxFuture;
use steward_kernel::{Instant, Result};
use steward_platform::App;
use steward_platform::jobs::Job;

/// Transactions of one run; what is left then waits for the next.
const MOST_FOLDS: usize = 100;

/// Folds the rows of live counts together, so that reading them stays cheap.
pub(super) fn fold_counts<'a>(app: &'a App, _: &'a Job, _: Instant) -> BoxFuture<'a, Result<()>> {
    async move {
        for organization in store::foldable(&app.db).await? {
            let mut goes_on = true;
            for _ in 0..MOST_FOLDS {
                if goes_on {
                    let tx = app.db.write("ticket_counts.fold").await?;
                    goes_on = store::fold(&tx, organization).await?;
                    tx.commit().await?;
                }
            }
        }
        Ok(())
    }
    .boxed()
}
