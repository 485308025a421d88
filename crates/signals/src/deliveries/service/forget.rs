//! Removing what was sent long ago.

use crate::channels;
use crate::deliveries::store;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use steward_platform::{App, mail};

/// Removes up to `limit` rows of the log that ended before an instant, and as
/// many mails and messages of which no row is left. Returns whether there may
/// be more.
///
/// # Errors
/// When the database does not answer; the next round goes on.
pub(crate) async fn forget(
    app: &App,
    organization: OrganizationId,
    before: Instant,
    limit: u32,
) -> Result<bool> {
    let tx = app.db.write("deliveries.forget").await?;
    let rows = store::forget(&tx, organization, before, limit).await?;
    let mails = store::mails_of_nothing(&tx, organization, before, limit).await?;
    mail::forget(&tx, &mails).await?;
    let messages = channels::forget(&tx, organization, before, limit).await?;
    tx.commit().await?;
    let most = u64::from(limit);
    let is_full = u64::try_from(mails.len()).is_ok_and(|count| count >= most);
    Ok(rows >= most || is_full || messages >= most)
}
