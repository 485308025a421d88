//! Use cases of tickets: load, authorize, decide, save, publish.

mod before;
mod bulk;
mod changed;
mod comments;
mod create;
mod edit;
mod export;
mod family;
mod groups;
mod hooks;
mod letter;
mod list;
mod merge;
mod order;
mod parent;
mod rating;
mod read;
mod reference;
mod relations;
mod save;
mod search;
mod similar;
mod strategy;
mod tasks;
mod undo;
mod view;
mod work;

pub(super) use bulk::{bulk, undo};
pub(crate) use changed::{sla_state, snapshot};
pub use comments::comment;
pub(super) use comments::{edit_comment, revisions};
pub use create::report;
pub(crate) use edit::{Edit, open, take};
pub(super) use export::export;
pub(super) use family::{
    PUT_BACK as PUT_BACK_CHILDREN, RESOLVE as RESOLVE_CHILDREN, go_on, go_on_putting_back,
};
pub(super) use groups::groups;
pub(crate) use hooks::{
    Note, TicketRef, check_filters, count_many, count_open, facts_of, find_ticket, lock_ticket,
    note, row, visible_tickets,
};
pub(crate) use letter::{Entry, answer, open_by_letter};
pub(super) use list::{list, list_incidents};
pub(super) use merge::{merge, split, unmerge};
pub(super) use rating::rate;
pub(super) use read::{get, get_incident, timeline};
pub(crate) use reference::{person, team};
pub(super) use relations::*;
pub(super) use search::search;
pub(crate) use similar::{Candidate, candidates, subject};
pub(crate) use steward_platform::rich_text::page as html;
pub(super) use tasks::{add_task, tasks};
pub(super) use undo::undo_last;
pub use work::{Step, assign, step, update};

use super::store::{self, TicketRow};
use steward_db::{Executor, Tx, Value, values};
use steward_domain::tickets::{model, policy};
use steward_kernel::{Actor, Error, Result};
use uuid::Uuid;

/// What names one ticket, over `tickets t`: its id or its number. The number of
/// the system it was imported from may name two.
fn named(key: &str) -> Option<(&'static str, Vec<Value>)> {
    if let Ok(id) = key.parse::<Uuid>() {
        return Some(("t.id = ?", values![id]));
    }
    let (kind, number) = model::parse_number(key)?;
    Some(("t.number = ?", values![model::format_number(kind, number)]))
}

/// Finds by id, number or the number of the system it was imported from what
/// the actor may see; anything else is not found.
pub(crate) async fn find<E: Executor>(db: &E, actor: &Actor, key: &str) -> Result<TicketRow> {
    let mut filter = store::visible(actor, &policy::visibility(actor));
    let Some((clause, values)) = named(key) else {
        filter.and("t.external_reference = ?", values![key]);
        let mut found = store::page(db, &filter, store::BY_CREATION, None, 2).await?;
        // Two systems may have used the same number: it names neither.
        let only = found.pop().filter(|_| found.is_empty());
        return only.ok_or_else(|| Error::not_found("ticket", key));
    };
    filter.and(clause, values);
    store::find(db, &filter)
        .await?
        .ok_or_else(|| Error::not_found("ticket", key))
}

/// As [`find`], and holds the ticket until the transaction ends. It is read
/// behind its lock, because another writer may have been faster.
pub(crate) async fn find_held(tx: &Tx, actor: &Actor, key: &str) -> Result<TicketRow> {
    let mut filter = store::visible(actor, &policy::visibility(actor));
    let Some((clause, values)) = named(key) else {
        let seen = find(tx, actor, key).await?;
        store::lock(tx, seen.id).await?;
        return find(tx, actor, &seen.id.to_string()).await;
    };
    filter.and(clause, values);
    store::find_held(tx, &filter)
        .await?
        .ok_or_else(|| Error::not_found("ticket", key))
}
