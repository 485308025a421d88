//! One ticket under change: loaded behind its lock, saved with its activity,
//! counts, search row and event.

use super::{family, find_held, view};
use crate::custom_fields;
use crate::sla::{self, Moved, State};
use crate::tickets::dto::{TicketView, VisibilityInput};
use crate::tickets::store::{self, Change, TicketRow};
use steward_db::{Filter, Tx, time::to_db, values};
use steward_domain::sla::situation::Situation;
use steward_domain::tickets::events::{CommentAdded, FieldChange, Snapshot, TicketEvent};
use steward_domain::tickets::model::Status;
use steward_domain::tickets::rules;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// A ticket under change: what was loaded, and what it becomes.
pub(crate) struct Edit {
    pub(crate) tx: Tx,
    pub(crate) before: TicketRow,
    pub(crate) after: TicketRow,
    comment: Option<CommentAdded>,
    extra: Vec<Change>,
}

/// Opens a transaction and loads the ticket behind its lock.
pub(crate) async fn open(
    app: &App,
    actor: &Actor,
    key: &str,
    if_match: Option<i64>,
    name: &'static str,
) -> Result<Edit> {
    let tx = app.db.write(name).await?;
    load(tx, actor, key, if_match).await
}

/// Loads the ticket behind its lock, in a transaction that is open already.
pub(super) async fn load(tx: Tx, actor: &Actor, key: &str, if_match: Option<i64>) -> Result<Edit> {
    let before = find_held(&tx, actor, key).await?;
    if if_match.is_some_and(|version| version != before.version) {
        let detail = format!(
            "{} is at version {} by now; load it again and repeat your change",
            before.number, before.version
        );
        return Err(Error::new(ErrorCode::PreconditionFailed, detail));
    }
    Ok(Edit {
        tx,
        after: before.clone(),
        before,
        comment: None,
        extra: Vec::new(),
    })
}

/// Loads a ticket behind its lock for the product itself, whoever may see it.
pub(crate) async fn take(tx: Tx, organization: OrganizationId, id: Uuid) -> Result<Edit> {
    let mut filter = Filter::default();
    filter.and("t.organization_id = ?", values![organization.0]);
    filter.and("t.id = ?", values![id]);
    let before = store::find_held(&tx, &filter)
        .await?
        .ok_or_else(|| Error::not_found("ticket", id))?;
    Ok(Edit {
        tx,
        after: before.clone(),
        before,
        comment: None,
        extra: Vec::new(),
    })
}

impl Edit {
    /// Refuses what a closed ticket refuses.
    pub(super) fn refuse_closed(&self) -> Result<()> {
        if self.before.status == Status::Closed.as_str() {
            let detail = format!(
                "{} is closed; report a new ticket that refers to it, or ask a manager to reopen it",
                self.before.number
            );
            return Err(Error::new(ErrorCode::TicketAlreadyClosed, detail));
        }
        Ok(())
    }

    /// Adds a line to the timeline that is no column of the ticket. Requesters
    /// do not read an internal one.
    pub(crate) fn note(&mut self, field: &'static str, old: Option<String>, new: Option<String>) {
        self.extra.push(Change {
            field: field.into(),
            old,
            new,
            is_internal: false,
        });
    }

    /// Gives the ticket to a person; a new one is assigned by that.
    pub(crate) fn give_to(&mut self, id: Uuid, name: String) {
        self.after.assignee_id = Some(id);
        self.after.assignee_name = Some(name);
        if self.after.status == Status::New.as_str() {
            self.after.status = Status::Assigned.as_str().to_owned();
        }
    }

    /// As [`Edit::note`], hidden from requesters.
    pub(crate) fn note_internal(
        &mut self,
        field: &'static str,
        old: Option<String>,
        new: Option<String>,
    ) {
        self.note(field, old, new);
        if let Some(change) = self.extra.last_mut() {
            change.is_internal = true;
        }
    }

    /// Writes a comment; the first public one by someone who works tickets is
    /// the first response. People it names with `@username` watch from now on.
    pub(crate) async fn say(
        &mut self,
        actor: &Actor,
        body: &str,
        visibility: VisibilityInput,
        now: Instant,
    ) -> Result<Uuid> {
        rules::check_body(body)?;
        let id = clock::new_id();
        let is_public = visibility == VisibilityInput::Public;
        let word = if is_public { "public" } else { "internal" };
        let ticket = self.before.id;
        store::insert_comment(&self.tx, id, actor, ticket, word, body, now).await?;
        let answers =
            is_public && actor.may("ticket:work") && actor.user_id.0 != self.before.requester_id;
        if answers && self.after.first_response_at.is_none() {
            self.after.first_response_at = Some(to_db(now));
        }
        let names = rules::mentions(body);
        let mentioned = store::people_named(&self.tx, actor.organization_id, &names).await?;
        for person in &mentioned {
            store::watch(&self.tx, actor.organization_id, ticket, *person).await?;
        }
        store::search_add(&self.tx, ticket, body, is_public).await?;
        self.comment = Some(CommentAdded {
            comment_id: id.into(),
            is_public,
            mentioned_ids: mentioned.into_iter().map(Into::into).collect(),
        });
        Ok(id)
    }

    /// How the ticket stands for its clocks.
    pub(crate) fn sla_state(&self) -> Result<State> {
        sla_state(&self.after)
    }

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
        let clocks = followed.map(|followed| followed.onto(after));
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

/// The ticket as its clocks see it.
fn sla_state(row: &TicketRow) -> Result<State> {
    Ok(State {
        situation: Situation {
            status: row.status.parse().map_err(Error::internal)?,
            is_answered: row.first_response_at.is_some(),
            is_merged: row.merged_into_id.is_some(),
        },
        priority: row.priority.parse().map_err(Error::internal)?,
    })
}

/// What clocks need to know of a change.
pub(super) fn moved<'a>(
    before: Option<&TicketRow>,
    after: &'a TicketRow,
    (is_news, is_by_person): (bool, bool),
) -> Result<Moved<'a>> {
    let is_rematch = before.is_none_or(|before| {
        changes(before, after)
            .iter()
            .any(|change| sla::MATCHED_BY.contains(&change.field.as_ref()))
            || before.custom_fields != after.custom_fields
    });
    Ok(Moved {
        row: after,
        organization: after.organization_id.into(),
        ticket: after.id,
        before: before.map(sla_state).transpose()?,
        after: sla_state(after)?,
        is_rematch,
        is_news,
        is_by_person,
    })
}

/// The ticket as its events carry it.
pub(crate) async fn snapshot(tx: &Tx, row: &TicketRow) -> Result<Snapshot> {
    Ok(snapshot_of(row, store::watcher_ids(tx, row.id).await?))
}

/// The ticket as its events carry it, with who watches it.
pub(super) fn snapshot_of(row: &TicketRow, watchers: Vec<Uuid>) -> Snapshot {
    Snapshot {
        ticket_id: row.id.into(),
        number: row.number.clone(),
        kind: row.kind.clone(),
        title: row.title.clone(),
        status: row.status.clone(),
        priority: row.priority.clone(),
        requester_id: row.requester_id.into(),
        requested_for_id: row.requested_for_id.map(Into::into),
        assignee_id: row.assignee_id.map(Into::into),
        team_id: row.team_id.map(Into::into),
        watcher_ids: watchers.into_iter().map(Into::into).collect(),
    }
}

/// One line per custom field that differs.
async fn custom_changes(tx: &Tx, before: &TicketRow, after: &TicketRow) -> Result<Vec<Change>> {
    let organization = before.organization_id.into();
    let (old, new) = (before.values(), after.values());
    let told = custom_fields::changes(tx, organization, &before.kind, &old, &new).await?;
    let change = |told: custom_fields::Told| Change {
        field: told.field.into(),
        old: told.old,
        new: told.new,
        is_internal: told.is_internal,
    };
    Ok(told.into_iter().map(change).collect())
}

/// One line per field that differs, in the order of the screen.
fn changes(before: &TicketRow, after: &TicketRow) -> Vec<Change> {
    type Read = fn(&TicketRow) -> Option<String>;
    const FIELDS: &[(&str, Read)] = &[
        ("title", |r| Some(r.title.clone())),
        ("description", |r| Some(r.description.clone())),
        ("requester", |r| Some(r.requester_name.trim().to_owned())),
        ("requested_for", |r| r.requested_for_name.clone()),
        ("category", |r| r.category.clone()),
        ("subcategory", |r| r.subcategory.clone()),
        ("tags", |r| Some(r.tag_list().join(", "))),
        ("impact", |r| Some(r.impact.clone())),
        ("urgency", |r| Some(r.urgency.clone())),
        ("priority", |r| Some(r.priority.clone())),
        ("priority_reason", |r| r.priority_reason.clone()),
        ("is_major", |r| Some(r.is_major.to_string())),
        ("escalation_level", |r| Some(r.escalation_level.to_string())),
        ("team", |r| r.team_name.clone()),
        ("assignee", |r| r.assignee_name.clone()),
        ("parent", |r| r.parent_number.clone()),
        ("status", |r| Some(r.status.clone())),
        ("hold_reason", |r| r.hold_reason.clone()),
        ("resolution_code", |r| r.resolution_code.clone()),
        ("resolution_note", |r| r.resolution_note.clone()),
        ("rating", |r| r.rating_score.map(|n| n.to_string())),
        ("rating_comment", |r| r.rating_comment.clone()),
    ];
    FIELDS
        .iter()
        .map(|(field, read)| Change {
            field: (*field).into(),
            old: read(before),
            new: read(after),
            is_internal: *field == "priority_reason",
        })
        .filter(|change| change.old != change.new)
        .collect()
}
