//! Removing files that no row needs.

use crate::attachments::store;
use std::time::Duration;
use steward_kernel::{Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// An upload that did not end in a row by then never will.
const GRACE: Duration = Duration::from_secs(24 * 3600);
/// Files removed in one turn.
const BATCH: u32 = 200;

/// Removes files whose upload was cut off and files whose removal was. What is
/// left over is taken by the next turn; running twice harms nothing.
///
/// # Errors
/// When database or store do not answer.
pub async fn sweep(app: &App, now: Instant) -> Result<()> {
    let before = now.checked_sub(GRACE).unwrap_or(now);
    let tx = app.db.write("attachments.sweep").await?;
    let ids = store::condemn_strays(&tx, before, BATCH).await?;
    tx.commit().await?;
    for id in ids {
        app.files.delete(id).await?;
        store::forget_stray(&app.db, id).await?;
    }
    Ok(())
}

/// Removes condemned files now; what fails is left to the sweep.
pub(super) async fn discard(app: &App, ids: &[Uuid]) {
    for id in ids {
        let done = match app.files.delete(*id).await {
            Ok(()) => store::forget_stray(&app.db, *id).await,
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            tracing::warn!(file = %id, error = ?error.source, "a file is left to the sweep");
        }
    }
}
