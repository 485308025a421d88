//! Which channels are told of an event.

use super::topics;
use crate::channels::store::{self, ChannelRow, NewDelivery};
use std::collections::BTreeSet;
use steward_db::Executor;
use steward_domain::notifications::channels::{Topic, gathered_until};
use steward_domain::notifications::preferences::TOO_OLD;
use steward_domain::tickets::events::Snapshot;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Envelope, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

/// An event that the channels of its ticket's team may want to hear of.
pub(crate) struct News<'a> {
    pub(crate) event: &'a Envelope,
    pub(crate) ticket: &'a Snapshot,
    /// What it is about, the strongest first.
    pub(crate) topics: Vec<Topic>,
}

/// Writes down that channels are told what happened in their organization, those that want one
/// of the topics; each once for each event, with the strongest.
pub(crate) async fn announce(
    app: &App,
    organization: OrganizationId,
    news: &[News<'_>],
    now: Instant,
) -> Result<()> {
    let of_team = |news: &News<'_>| news.ticket.team_id.filter(|_| !news.topics.is_empty());
    let teams: BTreeSet<Uuid> = news.iter().filter_map(of_team).map(|team| team.0).collect();
    let teams: Vec<Uuid> = teams.into_iter().collect();
    let channels = store::of_teams(&app.db, organization, &teams).await?;
    let planned = news.iter().flat_map(|news| news.planned(&channels, now));
    let planned: Vec<NewDelivery> = planned.collect();
    if planned.is_empty() {
        return Ok(());
    }
    let tx = app.db.write("channels.plan").await?;
    for new in planned {
        store::plan(&tx, new, now).await?;
    }
    tx.commit().await
}

impl News<'_> {
    /// What the channels of its team are sent.
    fn planned(&self, channels: &[ChannelRow], now: Instant) -> Vec<NewDelivery> {
        let is_old = self.event.at.duration_until(now) > TOO_OLD;
        let team = self.ticket.team_id.map(|team| team.0);
        let of_team = channels.iter().filter(|channel| channel.team_id == team);
        let plan = |channel: &ChannelRow| {
            let chosen = topics(channel);
            let topic = self.topics.iter().find(|topic| chosen.contains(topic))?;
            Some(NewDelivery {
                id: clock::new_id(),
                organization_id: self.event.organization_id.0,
                channel_id: channel.id,
                channel: channel.kind.clone(),
                event_id: self.event.id.0,
                ticket_id: self.ticket.ticket_id.0,
                topic: topic.as_str(),
                due_at: gathered_until(topic.is_urgent(), now),
                skipped: is_old.then_some("too_old"),
            })
        };
        of_team.filter_map(plan).collect()
    }
}

/// The channel by which the organization sends short messages, if it has one.
pub(crate) async fn sms_channel<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Option<Uuid>> {
    store::sms(db, organization).await
}
