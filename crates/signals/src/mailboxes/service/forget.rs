//! Removing messages that were worked on long ago; their lines stay.

use crate::mailboxes::store;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use steward_platform::App;

/// Removes up to `limit` messages of an organization that ended before an
/// instant. Returns whether there may be more.
///
/// # Errors
/// When database or store do not answer; the next round goes on.
pub(crate) async fn forget_raw(
    app: &App,
    organization: OrganizationId,
    before: Instant,
    limit: u32,
    now: Instant,
) -> Result<bool> {
    // The line says first that the message is going, so that nobody begins to
    // work on it; a crash in between is finished by the next round.
    let tx = app.db.write("mailboxes.forget_raw").await?;
    store::let_raw_go(&tx, organization, before, limit, now).await?;
    tx.commit().await?;
    let ids = store::raw_going(&app.db, organization, limit).await?;
    for id in &ids {
        app.files.delete(*id).await?;
    }
    let tx = app.db.write("mailboxes.forgot_raw").await?;
    store::raw_gone(&tx, &ids).await?;
    tx.commit().await?;
    Ok(u32::try_from(ids.len()).is_ok_and(|count| count >= limit))
}
