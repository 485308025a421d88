//! Which channels are told of an event.

use super::topics;
use crate::channels::store::{self, NewDelivery};
use steward_db::Executor;
use steward_domain::notifications::channels::{Topic, gathered_until};
use steward_domain::notifications::preferences::TOO_OLD;
use steward_domain::tickets::events::Snapshot;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Envelope, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Writes down that the channels of the ticket's team are told, those that
/// want one of the topics; each once, with the strongest.
pub(crate) async fn announce(
    app: &App,
    event: &Envelope,
    ticket: &Snapshot,
    found: &[Topic],
    now: Instant,
) -> Result<()> {
    let Some(team) = ticket.team_id.filter(|_| !found.is_empty()) else {
        return Ok(());
    };
    let channels = store::of_team(&app.db, event.organization_id, team.0).await?;
    let mut wanted = Vec::new();
    for channel in channels {
        let chosen = topics(&channel);
        if let Some(topic) = found.iter().find(|topic| chosen.contains(topic)) {
            wanted.push((channel, *topic));
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let is_old = event.at.duration_until(now) > TOO_OLD;
    let tx = app.db.write("channels.plan").await?;
    for (channel, topic) in wanted {
        let new = NewDelivery {
            id: clock::new_id(),
            organization_id: event.organization_id.0,
            channel_id: channel.id,
            channel: channel.kind,
            event_id: event.id.0,
            ticket_id: ticket.ticket_id.0,
            topic: topic.as_str(),
            due_at: gathered_until(topic.is_urgent(), now),
            skipped: is_old.then_some("too_old"),
        };
        store::plan(&tx, new, now).await?;
    }
    tx.commit().await
}

/// The channel by which the organization sends short messages, if it has one.
pub(crate) async fn sms_channel<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Option<Uuid>> {
    store::sms(db, organization).await
}
