//! Statements of imported tickets, many rows at a time. Their history has its
//! own times, and its rows name the line they were told by, which tells them
//! from what happened in Steward.

pub(crate) use super::counts::Counted;
use super::search;
use chrono::{DateTime, Utc};
use steward_db::{Engine, Executor, FromQueryResult, Tx, Values, bulk, values};
use steward_domain::search::words::fold;
use steward_domain::tickets::model::Kind;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Result};
use uuid::Uuid;

/// The columns of `tickets` that an import writes.
#[derive(Debug, Clone)]
pub(crate) struct ImportedTicket {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) status: &'static str,
    pub(crate) priority: &'static str,
    pub(crate) impact: &'static str,
    pub(crate) urgency: &'static str,
    pub(crate) requester_id: Uuid,
    pub(crate) assignee_id: Option<Uuid>,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) category: Option<String>,
    pub(crate) subcategory: Option<String>,
    pub(crate) source: &'static str,
    pub(crate) hold_reason: Option<String>,
    pub(crate) resolution_code: Option<String>,
    pub(crate) resolution_note: Option<String>,
    pub(crate) reassignment_count: i32,
    pub(crate) reopened_count: i32,
    pub(crate) milestones: Milestones,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// Instants that follow from a ticket's history.
#[derive(Debug, Clone, Default)]
pub(crate) struct Milestones {
    pub(crate) first_response_at: Option<DateTime<Utc>>,
    pub(crate) resolved_at: Option<DateTime<Utc>>,
    pub(crate) closed_at: Option<DateTime<Utc>>,
}

/// What a new imported ticket has besides.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) number: String,
    pub(crate) source: String,
    pub(crate) reference: String,
}

#[derive(Debug, FromQueryResult)]
struct Number {
    last_number: i64,
}

/// Takes the next `n` numbers of a kind; returns the last of them.
pub(crate) async fn take_numbers(
    tx: &Tx,
    organization: OrganizationId,
    kind: &str,
    n: i64,
) -> Result<i64> {
    let sql = "INSERT INTO number_sequences (organization_id, kind, last_number) VALUES ($1, $2, $3)
        ON CONFLICT (organization_id, kind) DO UPDATE SET last_number = number_sequences.last_number + $3
        RETURNING last_number";
    let row: Option<Number> = tx.optional(sql, values![organization.0, kind, n]).await?;
    row.map(|n| n.last_number)
        .ok_or_else(|| Error::internal("the number sequence returned no row"))
}

/// Inserts imported incidents.
pub(crate) async fn insert_tickets(
    tx: &Tx,
    organization: OrganizationId,
    tickets: Vec<(ImportedTicket, Origin)>,
) -> Result<()> {
    let counted = tickets.iter().map(|(t, _)| (t.counted(), 1));
    super::counts::add(tx, organization, counted.collect()).await?;
    let search = search_rows(organization, &tickets);
    let rows = tickets.into_iter().map(|(t, origin)| {
        let mut row = values![
            organization.0,
            "incident",
            origin.number,
            origin.source,
            origin.reference,
            serde_json::json!([]),
            1_i64,
            t.created_at
        ];
        row.extend(fields(t));
        row
    });
    let head = "INSERT INTO tickets (organization_id, kind, number, external_source, external_reference, tags,
        version, created_at, id, title, description, status, priority, impact, urgency, requester_id,
        assignee_id, team_id, category, subcategory, source, hold_reason, resolution_code, resolution_note,
        reassignment_count, reopened_count, updated_at, first_response_at, resolved_at, closed_at)";
    bulk::insert_many(tx, head, rows.collect(), "").await?;
    let head = "INSERT INTO ticket_search (ticket_id, organization_id, created_at, scope, title, body, internal)";
    bulk::insert_many(tx, head, search, "").await
}

impl ImportedTicket {
    fn counted(&self) -> Counted {
        Counted {
            kind: Kind::Incident.as_str().to_owned(),
            status: self.status.to_owned(),
            priority: self.priority.to_owned(),
            assignee_id: self.assignee_id,
            team_id: self.team_id,
        }
    }
}

/// Brings an imported ticket to its latest line.
pub(crate) async fn update_ticket(
    tx: &Tx,
    organization: OrganizationId,
    was: Counted,
    ticket: ImportedTicket,
) -> Result<()> {
    let moved = vec![(was, -1), (ticket.counted(), 1)];
    super::counts::add(tx, organization, moved).await?;
    let id = ticket.id;
    tx.execute(
        "UPDATE tickets SET title = $2, description = $3, status = $4, priority = $5, impact = $6, urgency = $7,
           requester_id = $8, assignee_id = $9, team_id = $10, category = $11, subcategory = $12, source = $13,
           hold_reason = $14, resolution_code = $15, resolution_note = $16, reassignment_count = $17,
           reopened_count = $18, updated_at = $19, first_response_at = $20, resolved_at = $21, closed_at = $22,
           version = version + 1
         WHERE id = $1",
        fields(ticket),
    )
    .await?;
    match super::by_id(tx, organization, id).await? {
        Some(row) => super::search_rewrite(tx, &row).await,
        None => Ok(()),
    }
}

/// Search rows of new tickets.
fn search_rows(organization: OrganizationId, tickets: &[(ImportedTicket, Origin)]) -> Vec<Values> {
    let rows = tickets.iter().map(|(t, origin)| {
        values![
            t.id,
            organization.0,
            t.created_at,
            search::scope(organization.0),
            search::title(&origin.number, &t.title, Some(&origin.reference)),
            fold(&t.description),
            ""
        ]
    });
    rows.collect()
}

fn fields(t: ImportedTicket) -> Values {
    values![
        t.id,
        t.title,
        t.description,
        t.status,
        t.priority,
        t.impact,
        t.urgency,
        t.requester_id,
        t.assignee_id,
        t.team_id,
        t.category,
        t.subcategory,
        t.source,
        t.hold_reason,
        t.resolution_code,
        t.resolution_note,
        t.reassignment_count,
        t.reopened_count,
        t.updated_at,
        t.milestones.first_response_at,
        t.milestones.resolved_at,
        t.milestones.closed_at
    ]
}

/// Writes what follows from a history to which only earlier lines were added.
pub(crate) async fn update_milestones(tx: &Tx, id: Uuid, m: Milestones) -> Result<()> {
    tx.execute(
        "UPDATE tickets SET first_response_at = $2, resolved_at = $3, closed_at = $4, version = version + 1
         WHERE id = $1",
        values![id, m.first_response_at, m.resolved_at, m.closed_at],
    )
    .await
    .map(drop)
}

/// An item of an imported history.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) id: Uuid,
    pub(crate) ticket_id: Uuid,
    pub(crate) line_id: Uuid,
    pub(crate) actor_id: Option<Uuid>,
    pub(crate) at: DateTime<Utc>,
    pub(crate) field: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// Inserts items of imported histories.
pub(crate) async fn insert_told(
    tx: &Tx,
    organization: OrganizationId,
    items: Vec<Told>,
) -> Result<()> {
    let rows = items.into_iter().map(|i| {
        values![
            i.id,
            organization.0,
            i.ticket_id,
            i.line_id,
            i.actor_id,
            i.at,
            i.field,
            i.old,
            i.new
        ]
    });
    let head = "INSERT INTO activities (id, organization_id, ticket_id, import_line_id, actor_id, at, field,
        old_value, new_value)";
    bulk::insert_many(tx, head, rows.collect(), "").await
}

/// A stored item of an imported history.
#[derive(Debug, FromQueryResult)]
pub(crate) struct ToldRow {
    pub(crate) import_line_id: Uuid,
    pub(crate) field: String,
    pub(crate) old_value: Option<String>,
    pub(crate) new_value: Option<String>,
}

/// The items that lines told of a ticket, oldest first. That it was opened is
/// told by no line: it carries the ticket's own id.
pub(crate) async fn told<E: Executor>(db: &E, ticket: Uuid) -> Result<Vec<ToldRow>> {
    let sql = "SELECT import_line_id, field, old_value, new_value FROM activities
        WHERE ticket_id = $1 AND import_line_id IS NOT NULL AND import_line_id <> $1 ORDER BY at, id";
    db.all(sql, values![ticket]).await
}

/// Removes what lines told of a ticket, to tell it anew with more lines.
pub(crate) async fn delete_told(tx: &Tx, ticket: Uuid) -> Result<()> {
    let sql = "DELETE FROM activities
        WHERE ticket_id = $1 AND import_line_id IS NOT NULL AND import_line_id <> $1";
    tx.execute(sql, values![ticket]).await.map(drop)
}

/// Takes the rows' locks on PostgreSQL; SQLite's writer is alone anyway.
pub(crate) async fn lock(tx: &Tx, tickets: &[Uuid]) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        return Ok(());
    }
    let sql = "SELECT id AS ticket_id FROM tickets WHERE id IN {in} ORDER BY id FOR UPDATE";
    let ids = tickets.iter().map(|id| (*id).into()).collect();
    let _: Vec<Id> = bulk::select_in(tx, sql, values![], ids).await?;
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Id {
    ticket_id: Uuid,
}

/// Of these tickets, those in which somebody changed a field in Steward.
pub(crate) async fn worked_on<E: Executor>(db: &E, tickets: &[Uuid]) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT ticket_id FROM activities WHERE ticket_id IN {in} AND import_line_id IS NULL";
    let ids = tickets.iter().map(|id| (*id).into()).collect();
    let rows: Vec<Id> = bulk::select_in(db, sql, values![], ids).await?;
    Ok(rows.into_iter().map(|row| row.ticket_id).collect())
}
