//! Statements that make and change tickets.

use super::TicketRow;
use crate::sla::OnTicket;
use steward_db::{Executor, FromQueryResult, Tx, Value, bulk, time::to_db, values};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::clock;
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct Number {
    last_number: i64,
}

/// The next number of a kind, from 1, dense: the row's lock makes creators queue.
pub(in crate::tickets) async fn next_number(
    tx: &Tx,
    organization: OrganizationId,
    kind: &str,
) -> Result<i64> {
    let sql = "INSERT INTO number_sequences (organization_id, kind, last_number) VALUES ($1, $2, 1)
        ON CONFLICT (organization_id, kind) DO UPDATE SET last_number = number_sequences.last_number + 1
        RETURNING last_number";
    let row = tx
        .optional::<Number>(sql, values![organization.0, kind])
        .await?;
    row.map(|n| n.last_number)
        .ok_or_else(|| Error::internal("the number sequence returned no row"))
}

/// A new row of `tickets`.
#[derive(Debug)]
pub(in crate::tickets) struct NewTicket {
    pub(in crate::tickets) id: Uuid,
    pub(in crate::tickets) kind: &'static str,
    pub(in crate::tickets) title: String,
    pub(in crate::tickets) description: String,
    pub(in crate::tickets) status: &'static str,
    pub(in crate::tickets) priority: &'static str,
    pub(in crate::tickets) impact: &'static str,
    pub(in crate::tickets) urgency: &'static str,
    pub(in crate::tickets) requester_id: Uuid,
    pub(in crate::tickets) requested_for_id: Option<Uuid>,
    pub(in crate::tickets) assignee_id: Option<Uuid>,
    pub(in crate::tickets) team_id: Option<Uuid>,
    pub(in crate::tickets) category: Option<String>,
    pub(in crate::tickets) subcategory: Option<String>,
    pub(in crate::tickets) tags: Vec<String>,
    pub(in crate::tickets) custom_fields: steward_domain::custom_fields::model::Values,
    pub(in crate::tickets) source: &'static str,
    pub(in crate::tickets) parent_id: Option<Uuid>,
}

/// What a row shows of the people, the team and the ticket that it names.
#[derive(Debug, Default, FromQueryResult)]
pub(in crate::tickets) struct Names {
    requester_name: String,
    department_id: Option<Uuid>,
    site_id: Option<Uuid>,
    manager_id: Option<Uuid>,
    requested_for_name: Option<String>,
    assignee_name: Option<String>,
    team_name: Option<String>,
    parent_number: Option<String>,
    parent_title: Option<String>,
}

/// Names for a new ticket.
pub(in crate::tickets) async fn names(tx: &Tx, ticket: &NewTicket) -> Result<Names> {
    let sql = "SELECT r.first_name || ' ' || r.last_name AS requester_name, r.department_id, r.site_id, r.manager_id,
           f.first_name || ' ' || f.last_name AS requested_for_name, a.first_name || ' ' || a.last_name AS assignee_name,
           m.name AS team_name, p.number AS parent_number, p.title AS parent_title
         FROM users r LEFT JOIN users f ON f.id = $2 LEFT JOIN users a ON a.id = $3
         LEFT JOIN teams m ON m.id = $4 LEFT JOIN tickets p ON p.id = $5 WHERE r.id = $1";
    let values = values![
        ticket.requester_id,
        ticket.requested_for_id,
        ticket.assignee_id,
        ticket.team_id,
        ticket.parent_id
    ];
    let names = tx.optional(sql, values).await?;
    names.ok_or_else(|| Error::internal("the requester of a new ticket is unknown"))
}

impl NewTicket {
    /// The row as it will be; its number is still to come.
    pub(in crate::tickets) fn row(
        self,
        organization: OrganizationId,
        names: Names,
        now: Instant,
    ) -> TicketRow {
        let shown = OnTicket::nothing();
        TicketRow {
            id: self.id,
            organization_id: organization.0,
            kind: self.kind.to_owned(),
            number: String::new(),
            title: self.title,
            description: self.description,
            status: self.status.to_owned(),
            priority: self.priority.to_owned(),
            priority_reason: None,
            impact: self.impact.to_owned(),
            urgency: self.urgency.to_owned(),
            requester_id: self.requester_id,
            requester_name: names.requester_name,
            requester_department_id: names.department_id,
            requester_site_id: names.site_id,
            requester_manager_id: names.manager_id,
            requested_for_id: self.requested_for_id,
            requested_for_name: names.requested_for_name,
            assignee_id: self.assignee_id,
            assignee_name: names.assignee_name,
            team_id: self.team_id,
            team_name: names.team_name,
            category: self.category,
            subcategory: self.subcategory,
            tags: serde_json::json!(self.tags),
            custom_fields: serde_json::Value::Object(self.custom_fields),
            source: self.source.to_owned(),
            hold_reason: None,
            resolution_code: None,
            resolution_note: None,
            parent_id: self.parent_id,
            parent_number: names.parent_number,
            parent_title: names.parent_title,
            merged_into_id: None,
            merged_into_number: None,
            merged_into_title: None,
            reopened_count: 0,
            reassignment_count: 0,
            external_source: None,
            external_reference: None,
            first_response_at: None,
            resolved_at: None,
            closed_at: None,
            escalation_level: 0,
            is_major: false,
            review_state: None,
            rating_score: None,
            rating_comment: None,
            rated_by: None,
            rated_at: None,
            sla: shown.sla,
            next_breach_at: shown.next_breach_at,
            is_sla_breached: shown.is_breached,
            version: 1,
            created_at: to_db(now),
            updated_at: to_db(now),
        }
    }
}

/// Writes a new row.
pub(in crate::tickets) async fn insert(tx: &Tx, row: &TicketRow) -> Result<()> {
    tx.execute(
        "INSERT INTO tickets (id, organization_id, kind, number, title, description, status, priority, impact, urgency,
           requester_id, assignee_id, team_id, category, subcategory, tags, source, parent_id, custom_fields, requested_for_id,
           sla, next_breach_at, is_sla_breached, reopened_count, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $20, $21,
           $22, $23, $24, 0, 1, $19, $19)",
        values![
            row.id,
            row.organization_id,
            row.kind.clone(),
            row.number.clone(),
            row.title.clone(),
            row.description.clone(),
            row.status.clone(),
            row.priority.clone(),
            row.impact.clone(),
            row.urgency.clone(),
            row.requester_id,
            row.assignee_id,
            row.team_id,
            row.category.clone(),
            row.subcategory.clone(),
            row.tags.clone(),
            row.source.clone(),
            row.parent_id,
            row.created_at,
            row.custom_fields.clone(),
            row.requested_for_id,
            row.sla.clone(),
            row.next_breach_at,
            row.is_sla_breached
        ],
    )
    .await
    .map(drop)
}

/// Columns that may change, with what a row holds there.
fn columns(row: &TicketRow) -> [(&'static str, Value); 35] {
    [
        ("title", row.title.clone().into()),
        ("description", row.description.clone().into()),
        ("status", row.status.clone().into()),
        ("priority", row.priority.clone().into()),
        ("priority_reason", row.priority_reason.clone().into()),
        ("impact", row.impact.clone().into()),
        ("urgency", row.urgency.clone().into()),
        ("requester_id", row.requester_id.into()),
        ("requested_for_id", row.requested_for_id.into()),
        ("assignee_id", row.assignee_id.into()),
        ("team_id", row.team_id.into()),
        ("category", row.category.clone().into()),
        ("subcategory", row.subcategory.clone().into()),
        ("tags", row.tags.clone().into()),
        ("custom_fields", row.custom_fields.clone().into()),
        ("hold_reason", row.hold_reason.clone().into()),
        ("resolution_code", row.resolution_code.clone().into()),
        ("resolution_note", row.resolution_note.clone().into()),
        ("parent_id", row.parent_id.into()),
        ("merged_into_id", row.merged_into_id.into()),
        ("reopened_count", row.reopened_count.into()),
        ("reassignment_count", row.reassignment_count.into()),
        ("escalation_level", row.escalation_level.into()),
        ("first_response_at", row.first_response_at.into()),
        ("resolved_at", row.resolved_at.into()),
        ("closed_at", row.closed_at.into()),
        ("is_major", row.is_major.into()),
        ("review_state", row.review_state.clone().into()),
        ("rating_score", row.rating_score.into()),
        ("rating_comment", row.rating_comment.clone().into()),
        ("rated_by", row.rated_by.into()),
        ("rated_at", row.rated_at.into()),
        ("sla", row.sla.clone().into()),
        ("next_breach_at", row.next_breach_at.into()),
        ("is_sla_breached", row.is_sla_breached.into()),
    ]
}

/// Saves what `after` holds otherwise than `before`, if the row still has the
/// version of `before`. SQLite rewrites every index over a column that is
/// named, whether it changed or not: so only those that did are named.
pub(in crate::tickets) async fn save(
    tx: &Tx,
    before: &TicketRow,
    after: &TicketRow,
    now: Instant,
) -> Result<bool> {
    let mut set = String::from("version = version + 1, updated_at = $3");
    let mut values = values![before.id, before.version, to_db(now)];
    for ((column, old), (_, new)) in columns(before).into_iter().zip(columns(after)) {
        if old != new {
            values.push(new);
            set.push_str(&format!(", {column} = ${}", values.len()));
        }
    }
    let sql = format!("UPDATE tickets SET {set} WHERE id = $1 AND version = $2");
    Ok(tx.execute(&sql, values).await? == 1)
}

/// One changed field, before and after.
#[derive(Debug)]
pub(in crate::tickets) struct Change {
    pub(in crate::tickets) field: std::borrow::Cow<'static, str>,
    pub(in crate::tickets) old: Option<String>,
    pub(in crate::tickets) new: Option<String>,
    /// Hidden from requesters.
    pub(in crate::tickets) is_internal: bool,
}

/// Writes one line of the timeline per change.
pub(in crate::tickets) async fn insert_activities(
    tx: &Tx,
    actor: &Actor,
    ticket: Uuid,
    changes: Vec<Change>,
    now: Instant,
) -> Result<()> {
    let rows = changes.into_iter().map(|change| {
        values![
            clock::new_id(),
            actor.organization_id.0,
            ticket,
            actor.person().map(|p| p.0),
            to_db(now),
            change.field.into_owned(),
            change.old,
            change.new,
            change.is_internal
        ]
    });
    let head = "INSERT INTO activities (id, organization_id, ticket_id, actor_id, at, field, old_value, new_value, is_internal)";
    bulk::insert_many(tx, head, rows.collect(), "").await
}

pub(in crate::tickets) async fn insert_comment(
    tx: &Tx,
    id: Uuid,
    actor: &Actor,
    ticket: Uuid,
    visibility: &str,
    body: &str,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO comments (id, organization_id, ticket_id, author_id, visibility, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        values![id, actor.organization_id.0, ticket, actor.user_id.0, visibility, body, to_db(now)],
    )
    .await
    .map(drop)
}
