//! One ticket under change: loaded behind its lock, changed in memory.

use super::find_held;
use crate::tickets::dto::VisibilityInput;
use crate::tickets::store::{self, Change, TicketRow};
use steward_db::{Filter, Tx, time::to_db, values};
use steward_domain::tickets::events::CommentAdded;
use steward_domain::tickets::model::Status;
use steward_domain::tickets::rules;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

/// A ticket under change: what was loaded, and what it becomes.
pub(crate) struct Edit {
    pub(crate) tx: Tx,
    pub(crate) before: TicketRow,
    pub(crate) after: TicketRow,
    pub(super) comment: Option<CommentAdded>,
    /// Lines of the timeline that are no column of the ticket.
    pub(super) extra: Vec<Change>,
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
}
