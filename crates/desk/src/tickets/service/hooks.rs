//! What the modules beside tickets may ask of them: to find a ticket through
//! the one predicate, to hold it, and to write into its timeline.

use super::order::order;
use super::{find, find_held, list};
use crate::tickets::dto::TicketQuery;
use crate::tickets::store::{self, TicketRow};
use std::collections::BTreeMap;
use std::time::{Duration, Instant as Stopwatch};
use steward_db::{Executor, Filter, Tx};
use steward_domain::expr::{Facts, Predicate};
use steward_domain::tickets::model::Status;
use steward_domain::tickets::policy;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

/// A ticket that the actor sees, for other modules.
#[derive(Debug, Clone)]
pub(crate) struct TicketRef {
    pub(crate) id: Uuid,
    pub(crate) number: String,
    pub(crate) status: String,
    pub(crate) version: i64,
}

impl From<TicketRow> for TicketRef {
    fn from(row: TicketRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            status: row.status,
            version: row.version,
        }
    }
}

impl TicketRef {
    /// Refuses what a closed ticket refuses.
    pub(crate) fn refuse_closed(&self) -> Result<()> {
        if self.status == Status::Closed.as_str() {
            let detail = format!(
                "{} is closed; report a new ticket that refers to it, or ask a manager to reopen it",
                self.number
            );
            return Err(Error::new(ErrorCode::TicketAlreadyClosed, detail));
        }
        Ok(())
    }
}

/// Finds by id or number what the actor may see; anything else is not found.
pub(crate) async fn find_ticket<E: Executor>(
    db: &E,
    actor: &Actor,
    key: &str,
) -> Result<TicketRef> {
    find(db, actor, key).await.map(Into::into)
}

/// As [`find_ticket`], and holds the ticket until the transaction ends.
pub(crate) async fn lock_ticket(tx: &Tx, actor: &Actor, key: &str) -> Result<TicketRef> {
    find_held(tx, actor, key).await.map(Into::into)
}

/// The one predicate for visibility, over `tickets t`.
pub(crate) fn visible_tickets(actor: &Actor) -> Filter {
    store::visible(actor, &policy::visibility(actor))
}

/// Refuses filters and an order that the ticket list would refuse.
pub(crate) async fn check_filters(
    app: &App,
    actor: &Actor,
    filters: &BTreeMap<String, String>,
    sort: Option<&str>,
    now: Instant,
) -> Result<()> {
    order(sort)?;
    conditions(app, actor, filters, now).await.map(drop)
}

/// Filters by the names of the list's query parameters, as SQL; what is wrong
/// with them is told by `filters.name`.
pub(super) async fn conditions(
    app: &App,
    actor: &Actor,
    filters: &BTreeMap<String, String>,
    now: Instant,
) -> Result<list::Conditions> {
    let query = read_filters(filters)?;
    match list::conditions(app, actor, query, now).await {
        Err(error) if error.code == ErrorCode::ResourceNotFound => {
            Err(Error::field("filters", "unknown_value", error.detail))
        }
        Err(mut error) => {
            for e in &mut error.errors {
                e.field = format!("filters.{}", e.field);
            }
            Err(error)
        }
        found => found,
    }
}

/// How many tickets the actor sees under each of many filters, counted up to
/// `most`. None where a filter names what is gone or out of sight.
pub(crate) async fn count_many(
    app: &App,
    actor: &Actor,
    many: &[&BTreeMap<String, String>],
    most: u32,
    now: Instant,
) -> Result<Vec<Option<(i64, bool)>>> {
    let mut lists = Vec::with_capacity(many.len());
    let mut is_known = Vec::with_capacity(many.len());
    for filters in many {
        let read = match read_filters(filters) {
            Ok(query) => list::conditions(app, actor, query, now).await,
            Err(error) => Err(error),
        };
        is_known.push(read.is_ok());
        match read {
            Ok(conditions) => lists.push(conditions),
            Err(error) if error.code.status() < 500 => {}
            Err(error) => return Err(error),
        }
    }
    let mut totals = list::totals(app, &lists, most).await?.into_iter();
    let total = |known: bool| if known { totals.next() } else { None };
    Ok(is_known.into_iter().map(total).collect())
}

/// Tickets that are looked at to count under a condition with CEL, and for
/// how long.
const MOST_LOOKED_AT: usize = 5_000;
const LONGEST_LOOK: Duration = Duration::from_secs(2);
/// Of these at once.
const LOOK: u32 = 500;

/// How many open tickets the actor sees under a condition, counted as far as
/// the list counts, and whether there are more. With CEL the database finds
/// those that could match, and each is looked at here.
pub(crate) async fn count_open(
    app: &App,
    actor: &Actor,
    predicate: &Predicate,
) -> Result<(i64, bool)> {
    let mut filter = visible_tickets(actor);
    let open = Status::ALL.iter().filter(|status| status.is_open());
    filter.and_in("t.status", open.map(|status| status.as_str()));
    let (clause, values) = store::condition(app.db.engine(), &predicate.widened())?;
    filter.and(&clause, values);
    if predicate.has_cel() {
        return count_each(app, &filter, predicate).await;
    }
    let most = list::MOST_COUNTED;
    let n = store::bounded_count(&app.db, &filter, most.saturating_add(1)).await?;
    Ok((n.min(i64::from(most)), n > i64::from(most)))
}

async fn count_each(app: &App, filter: &Filter, predicate: &Predicate) -> Result<(i64, bool)> {
    let start = Stopwatch::now();
    let (mut n, mut seen, mut last) = (0_i64, 0_usize, None);
    while seen < MOST_LOOKED_AT && start.elapsed() < LONGEST_LOOK {
        let rows = store::after(&app.db, filter, last, LOOK).await?;
        last = rows.last().map(|row| row.id);
        seen = seen.saturating_add(rows.len());
        let is_last = u32::try_from(rows.len()).is_ok_and(|rows| rows < LOOK);
        let facts = rows.iter().map(TicketRow::facts).collect();
        let (matching, is_cut) = count_matching(predicate.clone(), facts, start).await?;
        n = n.saturating_add(matching);
        if is_last || is_cut {
            return Ok((n, is_cut));
        }
    }
    Ok((n, true))
}

/// Counts away from the threads that serve requests.
async fn count_matching(
    predicate: Predicate,
    facts: Vec<Facts>,
    start: Stopwatch,
) -> Result<(i64, bool)> {
    let count = move || {
        let mut n = 0_i64;
        for facts in &facts {
            if start.elapsed() >= LONGEST_LOOK {
                return (n, true);
            }
            n = n.saturating_add(i64::from(predicate.matches(facts)));
        }
        (n, false)
    };
    let counted = tokio::task::spawn_blocking(count).await;
    counted.map_err(Error::internal)
}

/// What conditions look at in tickets of the organization, whoever may see
/// them.
pub(crate) async fn facts_of<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, Facts>> {
    let rows = store::by_ids(db, organization, ids).await?;
    Ok(rows.iter().map(|row| (row.id, row.facts())).collect())
}

/// Filters by the names of the list's query parameters.
fn read_filters(filters: &BTreeMap<String, String>) -> Result<TicketQuery> {
    let value = serde_json::to_value(filters).map_err(Error::internal)?;
    serde_json::from_value(value).map_err(|cause| {
        let text = cause.to_string();
        let name = text.split('`').nth(1).map(|name| format!("filters.{name}"));
        let field = name.unwrap_or_else(|| "filters".to_owned());
        Error::field(field, "unknown_field", text)
    })
}

/// A ticket by id, for the product itself, whoever may see it.
pub(crate) async fn row(tx: &Tx, organization: OrganizationId, id: Uuid) -> Result<TicketRow> {
    let row = store::by_id(tx, organization, id).await?;
    row.ok_or_else(|| Error::not_found("ticket", id))
}

/// A line of the timeline about something beside the ticket's own fields.
#[derive(Debug)]
pub(crate) struct Note<'a> {
    pub(crate) field: &'a str,
    pub(crate) old: Option<&'a str>,
    pub(crate) new: Option<&'a str>,
    /// Hidden from requesters.
    pub(crate) is_internal: bool,
}

/// Writes lines into the timeline of a held ticket and counts its version up.
pub(crate) async fn note(
    tx: &Tx,
    actor: &Actor,
    ticket: &TicketRef,
    notes: &[Note<'_>],
    now: Instant,
) -> Result<()> {
    for n in notes {
        let (id, ticket) = (clock::new_id(), ticket.id);
        store::insert_note(
            tx,
            id,
            actor,
            ticket,
            n.field,
            n.old,
            n.new,
            n.is_internal,
            now,
        )
        .await?;
    }
    store::touch(tx, ticket.id, now).await
}
