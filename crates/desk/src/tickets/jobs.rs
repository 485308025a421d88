//! Housekeeping of tickets.

use super::store;
use futures::FutureExt;
use futures::future::BoxFuture;
use steward_kernel::{Instant, Result};
use steward_platform::App;
use steward_platform::jobs::Job;

/// Folds the rows of live counts together, so that reading them stays cheap.
pub(super) fn fold_counts<'a>(app: &'a App, _: &'a Job, _: Instant) -> BoxFuture<'a, Result<()>> {
    async move {
        for organization in store::foldable(&app.db).await? {
            let tx = app.db.write("ticket_counts.fold").await?;
            store::fold(&tx, organization).await?;
            tx.commit().await?;
        }
        Ok(())
    }
    .boxed()
}
