//! Statements of what imports know of the records they made.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, bulk, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

/// Kinds of records in `import_records`.
pub(super) const TICKET: &str = "ticket";
pub(super) const PERSON: &str = "person";
pub(super) const TEAM: &str = "team";

/// A record that an import made or found.
#[derive(Debug, FromQueryResult)]
pub(super) struct RecordRow {
    pub(super) external_id: String,
    pub(super) record_id: Uuid,
}

/// The records of a kind with these external ids.
pub(super) async fn records<E: Executor>(
    db: &E,
    organization: OrganizationId,
    system: &str,
    kind: &str,
    ids: &[&str],
) -> Result<Vec<RecordRow>> {
    let sql = "SELECT external_id, record_id FROM import_records
        WHERE organization_id = $1 AND source = $2 AND kind = $3 AND external_id IN {in}";
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![organization.0, system, kind], ids).await
}

pub(super) async fn insert_records(
    tx: &Tx,
    organization: OrganizationId,
    system: &str,
    kind: &str,
    records: Vec<(String, Uuid)>,
) -> Result<()> {
    let rows = records
        .into_iter()
        .map(|(external, id)| values![organization.0, system, kind, external, id]);
    let head = "INSERT INTO import_records (organization_id, source, kind, external_id, record_id)";
    bulk::insert_many(tx, head, rows.collect(), "").await
}

/// An imported ticket as of its latest line.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct TicketRow {
    pub(super) external_id: String,
    pub(super) ticket_id: Uuid,
    pub(super) number: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) progress: serde_json::Value,
    pub(super) latest_at: DateTime<Utc>,
    pub(super) latest_revision: i64,
    pub(super) created_by_run: Uuid,
    pub(super) updated_by_run: Option<Uuid>,
    pub(super) status: String,
    pub(super) priority: String,
    pub(super) assignee_id: Option<Uuid>,
    pub(super) team_id: Option<Uuid>,
}

/// The imported tickets with these external ids.
pub(super) async fn tickets<E: Executor>(
    db: &E,
    organization: OrganizationId,
    system: &str,
    ids: &[&str],
) -> Result<Vec<TicketRow>> {
    let sql = "SELECT r.external_id, i.ticket_id, t.number, t.created_at, i.progress, i.latest_at,
          i.latest_revision, i.created_by_run, i.updated_by_run, t.status, t.priority, t.assignee_id, t.team_id
        FROM import_records r JOIN import_tickets i ON i.ticket_id = r.record_id
          JOIN tickets t ON t.id = i.ticket_id
        WHERE r.organization_id = $1 AND r.source = $2 AND r.kind = $3 AND r.external_id IN {in}";
    let ids = ids.iter().map(|id| (*id).into()).collect();
    bulk::select_in(db, sql, values![organization.0, system, TICKET], ids).await
}

/// What an import keeps of a ticket.
#[derive(Debug)]
pub(super) struct TicketState {
    pub(super) ticket_id: Uuid,
    pub(super) progress: serde_json::Value,
    pub(super) latest_at: DateTime<Utc>,
    pub(super) latest_revision: i64,
}

pub(super) async fn insert_tickets(
    tx: &Tx,
    organization: OrganizationId,
    run: Uuid,
    states: Vec<TicketState>,
) -> Result<()> {
    let rows = states.into_iter().map(|s| {
        values![
            s.ticket_id,
            organization.0,
            s.progress,
            s.latest_at,
            s.latest_revision,
            run
        ]
    });
    let head = "INSERT INTO import_tickets (ticket_id, organization_id, progress, latest_at, latest_revision,
        created_by_run)";
    bulk::insert_many(tx, head, rows.collect(), "").await
}

pub(super) async fn update_ticket(tx: &Tx, run: Uuid, s: TicketState) -> Result<()> {
    let sql = "UPDATE import_tickets SET progress = $2, latest_at = $3, latest_revision = $4, updated_by_run = $5
        WHERE ticket_id = $1";
    let values = values![s.ticket_id, s.progress, s.latest_at, s.latest_revision, run];
    tx.execute(sql, values).await.map(drop)
}

#[derive(Debug, FromQueryResult)]
struct FingerprintRow {
    ticket_id: Uuid,
    fingerprint: Uuid,
}

/// The lines that these tickets have already.
pub(super) async fn fingerprints<E: Executor>(
    db: &E,
    tickets: &[Uuid],
) -> Result<Vec<(Uuid, Uuid)>> {
    let sql = "SELECT ticket_id, fingerprint FROM import_lines WHERE ticket_id IN {in}";
    let ids = tickets.iter().map(|id| (*id).into()).collect();
    let rows: Vec<FingerprintRow> = bulk::select_in(db, sql, values![], ids).await?;
    let pairs = rows.into_iter().map(|row| (row.ticket_id, row.fingerprint));
    Ok(pairs.collect())
}

/// A line of an imported ticket.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct LineRow {
    pub(super) id: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) revision: Option<i64>,
    pub(super) actor_id: Option<Uuid>,
}

/// The lines of a ticket, oldest first.
pub(super) async fn lines<E: Executor>(db: &E, ticket: Uuid) -> Result<Vec<LineRow>> {
    let sql = "SELECT id, at, revision, actor_id FROM import_lines WHERE ticket_id = $1
        ORDER BY at, coalesce(revision, 0), id";
    db.all(sql, values![ticket]).await
}

/// A new line of an imported ticket.
#[derive(Debug)]
pub(super) struct NewLine {
    pub(super) ticket_id: Uuid,
    pub(super) fingerprint: Uuid,
    pub(super) row: LineRow,
}

pub(super) async fn insert_lines(
    tx: &Tx,
    organization: OrganizationId,
    lines: Vec<NewLine>,
) -> Result<()> {
    let rows = lines.into_iter().map(|l| {
        values![
            l.row.id,
            organization.0,
            l.ticket_id,
            l.fingerprint,
            l.row.at,
            l.row.revision,
            l.row.actor_id
        ]
    });
    let head = "INSERT INTO import_lines (id, organization_id, ticket_id, fingerprint, at, revision, actor_id)";
    bulk::insert_many(tx, head, rows.collect(), "").await
}
