//! Reminders of stakeholders who wait.

use super::store;
use futures::FutureExt;
use futures::future::BoxFuture;
use steward_domain::incidents::events::IncidentEvent;
use steward_kernel::{Actor, Instant, Result};
use steward_platform::jobs::Job;
use steward_platform::{App, events};

/// Major incidents reminded of in one run.
const BATCH: u32 = 200;

/// Tells the commander, once per due, that the stakeholders wait for a word.
pub(super) fn remind<'a>(app: &'a App, _: &'a Job, now: Instant) -> BoxFuture<'a, Result<()>> {
    async move {
        for row in store::overdue(&app.db, now, BATCH).await? {
            let tx = app.db.write("major.remind").await?;
            if !store::told(&tx, &row, now).await? {
                continue;
            }
            let actor = Actor::system(row.organization_id.into());
            let event = IncidentEvent::MajorUpdateOverdue {
                ticket_id: row.ticket_id.into(),
                number: row.number,
                commander_id: row.commander_id.into(),
            };
            events::publish(&tx, &actor, row.ticket_id, &event, now).await?;
            tx.commit().await?;
        }
        Ok(())
    }
    .boxed()
}
