//! Closing what was resolved long enough ago.

use super::store::{self, Resolved};
use crate::sla;
use crate::tickets::service as tickets;
use steward_db::time::{from_db, to_db};
use steward_domain::calendar::Calendar;
use steward_domain::incidents::closing::{DEFAULT_DAYS, closes_at, resolved_before};
use steward_domain::tickets::model::Status;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// Tickets looked at together.
const BATCH: u32 = 200;

/// Closes, in every organization, the tickets whose time has come. Returns how
/// many.
///
/// # Errors
/// When the database does not answer.
pub async fn close_due(app: &App, now: Instant) -> Result<usize> {
    let mut closed = 0;
    for home in store::homes(&app.db).await? {
        let organization = OrganizationId(home.id);
        let days = home
            .auto_close_days
            .and_then(|days| u16::try_from(days).ok());
        let days = days.unwrap_or(DEFAULT_DAYS);
        if let Some(calendar) = sla::default_calendar(app, organization).await? {
            closed += close_in(app, organization, days, &calendar, now).await?;
        }
    }
    Ok(closed)
}

async fn close_in(
    app: &App,
    organization: OrganizationId,
    days: u16,
    calendar: &Calendar,
    now: Instant,
) -> Result<usize> {
    let before = resolved_before(now, days, calendar);
    let mut closed = 0;
    let mut after = Resolved {
        id: Uuid::nil(),
        resolved_at: to_db(Instant::UNIX_EPOCH),
    };
    loop {
        let rows = store::resolved(&app.db, organization, before, after, BATCH).await?;
        let Some(last) = rows.last() else {
            return Ok(closed);
        };
        after = *last;
        for row in &rows {
            if closes_at(from_db(row.resolved_at), days, calendar) <= now {
                closed += usize::from(close(app, organization, *row, now).await?);
            }
        }
    }
}

/// Closes one, unless something happened to it meanwhile.
async fn close(
    app: &App,
    organization: OrganizationId,
    row: Resolved,
    now: Instant,
) -> Result<bool> {
    let tx = app.db.write("tickets.auto_close").await?;
    let mut edit = tickets::take(tx, organization, row.id).await?;
    let is_same = edit.before.resolved_at == Some(row.resolved_at)
        && edit.before.status == Status::Resolved.as_str();
    if !is_same {
        return Ok(false);
    }
    edit.after.status = Status::Closed.as_str().to_owned();
    edit.after.closed_at = Some(to_db(now));
    let tx = edit.save(&Actor::system(organization), now).await?;
    tx.commit().await?;
    Ok(true)
}
