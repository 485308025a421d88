//! Use cases of tickets: load, authorize, decide, save, publish.

mod create;
mod read;
mod view;
mod work;

pub use create::report;
pub(super) use read::{get, list, timeline};
pub(super) use work::{Step, assign, comment, step, update};

use super::store::{self, TicketRow};
use steward_db::{Executor, values};
use steward_domain::tickets::{model, policy};
use steward_kernel::{Actor, Error, Result};
use uuid::Uuid;

/// Finds by id, number or the number of the system it was imported from what
/// the actor may see; anything else is not found.
async fn find<E: Executor>(db: &E, actor: &Actor, key: &str) -> Result<TicketRow> {
    let mut filter = store::visible(actor, &policy::visibility(actor));
    if let Ok(id) = key.parse::<Uuid>() {
        filter.and("t.id = ?", values![id]);
    } else if let Some((kind, number)) = model::parse_number(key) {
        filter.and("t.number = ?", values![model::format_number(kind, number)]);
    } else {
        filter.and("t.external_reference = ?", values![key]);
        let mut found = store::page(db, &filter, 2, 0).await?;
        // Two systems may have used the same number: it names neither.
        let only = found.pop().filter(|_| found.is_empty());
        return only.ok_or_else(|| Error::not_found("ticket", key));
    }
    store::find(db, &filter)
        .await?
        .ok_or_else(|| Error::not_found("ticket", key))
}
