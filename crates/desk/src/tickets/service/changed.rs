//! What a change changed, as clocks, events and the timeline want to know it.

use crate::custom_fields;
use crate::sla::{self, Moved, State};
use crate::tickets::store::{self, Change, TicketRow};
use steward_db::Tx;
use steward_domain::sla::situation::Situation;
use steward_domain::tickets::events::Snapshot;
use steward_kernel::{Error, Result};
use uuid::Uuid;

/// The ticket as its clocks see it.
pub(crate) fn sla_state(row: &TicketRow) -> Result<State> {
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
pub(super) async fn custom_changes(
    tx: &Tx,
    before: &TicketRow,
    after: &TicketRow,
) -> Result<Vec<Change>> {
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
pub(super) fn changes(before: &TicketRow, after: &TicketRow) -> Vec<Change> {
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
