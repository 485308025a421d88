//! Saving a ticket under change, with its activity, counts, search row, clocks and event.

use super::changed::{changes, custom_changes, moved, snapshot};
use super::edit::Edit;
use super::{family, view};
use crate::sla;
use crate::tickets::dto::TicketView;
use crate::tickets::store::{self, TicketRow};
use steward_db::{Tx, time::to_db};
use steward_domain::tickets::events::{FieldChange, TicketEvent};
use steward_domain::tickets::model::Status;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::events;

impl Edit {
    /// Saves everything but does not commit. Returns the transaction.
    pub(crate) async fn save(self, actor: &Actor, now: Instant) -> Result<Tx> {
        let (tx, _) = self.save_row(actor, now).await?;
        Ok(tx)
    }

    /// As [`Edit::save`], with the row as it is stored now.
    async fn save_row(mut self, actor: &Actor, now: Instant) -> Result<(Tx, TicketRow)> {
        let teams = self.before.team_id.zip(self.after.team_id);
        let is_moved = teams.is_some_and(|(old, new)| old != new);
        // What is taken back brings its count along.
        if is_moved && self.after.reassignment_count == self.before.reassignment_count {
            self.after.reassignment_count = self.before.reassignment_count.saturating_add(1);
        }
        let mut changes = changes(&self.before, &self.after);
        changes.extend(custom_changes(&self.tx, &self.before, &self.after).await?);
        changes.append(&mut self.extra);
        if changes.is_empty() && self.comment.is_none() && self.before == self.after {
            return Ok((self.tx, self.after));
        }
        self.write(actor, now).await?;
        let Self {
            tx,
            before,
            after,
            comment,
            ..
        } = self;
        let told = changes.iter().map(|change| FieldChange {
            field: change.field.to_string(),
            old: change.old.clone(),
            new: change.new.clone(),
            is_internal: change.is_internal,
        });
        let told = told.collect();
        store::insert_activities(&tx, actor, before.id, changes, now).await?;
        let event = TicketEvent::Updated {
            ticket: snapshot(&tx, &after).await?,
            previous_assignee_id: before
                .assignee_id
                .filter(|old| after.assignee_id != Some(*old))
                .map(Into::into),
            changes: told,
            comment,
        };
        events::publish(&tx, actor, before.id, &event, now).await?;
        let resolved = Status::Resolved.as_str();
        if before.status != resolved && after.status == resolved {
            let tx = family::resolve_children(tx, actor, &after, now).await?;
            return Ok((tx, after));
        }
        Ok((tx, after))
    }

    /// Writes the row once, with what its clocks show, and what hangs on it.
    async fn write(&mut self, actor: &Actor, now: Instant) -> Result<()> {
        let Self {
            tx,
            before,
            after,
            comment,
            ..
        } = self;
        let is_news = comment.as_ref().is_some_and(|c| c.is_public)
            && ![Some(after.requester_id), after.requested_for_id].contains(&Some(actor.user_id.0));
        let people = (is_news, actor.person().is_some());
        let followed = sla::follow(tx, &moved(Some(before), after, people)?, now).await?;
        let clocks = followed.onto(after);
        if !store::save(tx, before, after, now).await? {
            return Err(Error::internal("a locked ticket changed under the lock"));
        }
        after.version = before.version.saturating_add(1);
        after.updated_at = to_db(now);
        sla::keep(tx, &moved(Some(before), after, people)?, clocks, now).await?;
        if before.title != after.title || before.description != after.description {
            store::search_rewrite(tx, after).await?;
        }
        store::count_move(tx, Some(before), after).await
    }

    /// Saves, commits, and shows the ticket as it is now. What the change
    /// itself takes out of the actor's sight is shown this last time.
    pub(crate) async fn finish(self, actor: &Actor, now: Instant) -> Result<TicketView> {
        let (tx, row) = self.save_row(actor, now).await?;
        let view = view::ticket(&tx, actor, row, now).await?;
        tx.commit().await?;
        Ok(view)
    }
}
