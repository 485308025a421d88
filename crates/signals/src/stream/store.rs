//! What the stream asks of tickets: who may hear of them at this moment.

use std::collections::BTreeMap;
use steward_db::{Executor, FromQueryResult, bulk, values};
use steward_domain::visibility::TicketFacts;
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

/// A ticket as messages name it, and by what it is seen.
#[derive(Debug, FromQueryResult)]
pub(crate) struct TicketRow {
    pub(crate) id: Uuid,
    pub(crate) number: String,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) status: String,
    pub(crate) priority: String,
    pub(crate) resolution_note: Option<String>,
    pub(crate) version: i64,
    requester_id: Uuid,
    requested_for_id: Option<Uuid>,
    assignee_id: Option<Uuid>,
    team_id: Option<Uuid>,
}

#[derive(Debug, FromQueryResult)]
struct WatcherRow {
    ticket_id: Uuid,
    user_id: Uuid,
}

/// These tickets of the organization, as they are now.
pub(crate) async fn tickets<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, (TicketRow, TicketFacts)>> {
    let list = || ids.iter().map(|id| (*id).into()).collect();
    let sql =
        "SELECT id, number, kind, title, status, priority, resolution_note, version, requester_id, requested_for_id,
          assignee_id, team_id
        FROM tickets WHERE organization_id = $1 AND id IN {in}";
    let rows: Vec<TicketRow> = bulk::select_in(db, sql, values![organization.0], list()).await?;
    let sql = "SELECT ticket_id, user_id FROM ticket_watchers WHERE organization_id = $1 AND ticket_id IN {in}";
    let watchers: Vec<WatcherRow> =
        bulk::select_in(db, sql, values![organization.0], list()).await?;
    let mut found: BTreeMap<_, _> = rows
        .into_iter()
        .map(|row| (row.id, with_facts(row)))
        .collect();
    for watcher in watchers {
        if let Some((_, facts)) = found.get_mut(&watcher.ticket_id) {
            facts.watcher_ids.push(watcher.user_id.into());
        }
    }
    Ok(found)
}

fn with_facts(row: TicketRow) -> (TicketRow, TicketFacts) {
    let facts = TicketFacts {
        requester_id: row.requester_id.into(),
        requested_for_id: row.requested_for_id.map(Into::into),
        assignee_id: row.assignee_id.map(Into::into),
        team_id: row.team_id.map(Into::into),
        watcher_ids: Vec::new(),
    };
    (row, facts)
}
