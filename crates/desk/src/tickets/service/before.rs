//! What a change replaced, kept so that its author can put it back.

use super::edit::Edit;
use super::parent;
use crate::tickets::dto::TicketView;
use crate::tickets::store::{self, TicketRow};
use serde::{Deserialize, Serialize};
use steward_db::time::{from_db, to_db};
use steward_kernel::{Actor, Error, Instant, Result};
use uuid::Uuid;

/// What a ticket was before, and the version at which that can be put back.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Before {
    pub(super) id: Uuid,
    pub(super) version: i64,
    title: String,
    description: String,
    status: String,
    requester_id: Uuid,
    requester_name: String,
    requested_for_id: Option<Uuid>,
    requested_for_name: Option<String>,
    parent_number: Option<String>,
    assignee_id: Option<Uuid>,
    team_id: Option<Uuid>,
    impact: String,
    urgency: String,
    priority: String,
    priority_reason: Option<String>,
    category: Option<String>,
    subcategory: Option<String>,
    tags: serde_json::Value,
    custom_fields: serde_json::Value,
    hold_reason: Option<String>,
    resolution_code: Option<String>,
    resolution_note: Option<String>,
    resolved_at: Option<Instant>,
    closed_at: Option<Instant>,
    reopened_count: i32,
    /// Absent from what an earlier release kept.
    #[serde(default)]
    reassignment_count: Option<i32>,
}

impl Before {
    pub(super) fn of(row: &TicketRow) -> Self {
        Self {
            id: row.id,
            version: row.version + 1,
            title: row.title.clone(),
            description: row.description.clone(),
            status: row.status.clone(),
            requester_id: row.requester_id,
            requester_name: row.requester_name.clone(),
            requested_for_id: row.requested_for_id,
            requested_for_name: row.requested_for_name.clone(),
            parent_number: row.parent_number.clone(),
            assignee_id: row.assignee_id,
            team_id: row.team_id,
            impact: row.impact.clone(),
            urgency: row.urgency.clone(),
            priority: row.priority.clone(),
            priority_reason: row.priority_reason.clone(),
            category: row.category.clone(),
            subcategory: row.subcategory.clone(),
            tags: row.tags.clone(),
            custom_fields: row.custom_fields.clone(),
            hold_reason: row.hold_reason.clone(),
            resolution_code: row.resolution_code.clone(),
            resolution_note: row.resolution_note.clone(),
            resolved_at: row.resolved_at.map(from_db),
            closed_at: row.closed_at.map(from_db),
            reopened_count: row.reopened_count,
            reassignment_count: Some(row.reassignment_count),
        }
    }

    /// Makes the row what it was; names of people and team that may be gone come from outside.
    fn put(self, row: &mut TicketRow) {
        row.title = self.title;
        row.description = self.description;
        row.status = self.status;
        row.requester_id = self.requester_id;
        row.requester_name = self.requester_name;
        row.requested_for_id = self.requested_for_id;
        row.requested_for_name = self.requested_for_name;
        row.assignee_id = self.assignee_id;
        row.team_id = self.team_id;
        row.impact = self.impact;
        row.urgency = self.urgency;
        row.priority = self.priority;
        row.priority_reason = self.priority_reason;
        row.category = self.category;
        row.subcategory = self.subcategory;
        row.tags = self.tags;
        row.custom_fields = self.custom_fields;
        row.hold_reason = self.hold_reason;
        row.resolution_code = self.resolution_code;
        row.resolution_note = self.resolution_note;
        row.resolved_at = self.resolved_at.map(to_db);
        row.closed_at = self.closed_at.map(to_db);
        row.reopened_count = self.reopened_count;
        if let Some(count) = self.reassignment_count {
            row.reassignment_count = count;
        }
    }
}

/// Saves a change that its author can take back, and shows the ticket as it is now.
pub(super) async fn finish(edit: Edit, actor: &Actor, now: Instant) -> Result<TicketView> {
    if edit.before != edit.after {
        keep(&edit, actor, None, now).await?;
    }
    edit.finish(actor, now).await
}

/// Keeps what a change replaces. `parent` names the parent that the ticket is resolved with, in
/// the version that it has by that.
pub(super) async fn keep(
    edit: &Edit,
    actor: &Actor,
    parent: Option<(Uuid, i64)>,
    now: Instant,
) -> Result<()> {
    let undo = serde_json::to_value(Before::of(&edit.before)).map_err(Error::internal)?;
    store::keep_undo(&edit.tx, actor, edit.before.id, undo, parent, now).await
}

/// The ticket as it was, ready to be saved.
pub(super) async fn restore(mut edit: Edit, actor: &Actor, before: Before) -> Result<Edit> {
    let organization = actor.organization_id;
    let (tx, after) = (&edit.tx, &mut edit.after);
    after.assignee_name = match before.assignee_id {
        Some(id) => store::person_name(tx, organization, id).await?,
        None => None,
    };
    after.team_name = match before.team_id {
        Some(id) => store::team_name(tx, organization, id).await?,
        None => None,
    };
    if before.parent_number != edit.before.parent_number {
        parent::set(&mut edit, actor, before.parent_number.as_deref()).await?;
    }
    before.put(&mut edit.after);
    Ok(edit)
}
