//! Lists by groups.

use super::list::conditions;
use super::order::order;
use crate::tickets::dto::{TicketGroup, TicketGroups, TicketQuery};
use crate::tickets::store::{GroupRow, MOST_GROUPED, MOST_GROUPS};
use steward_domain::tickets::model::GroupField;
use steward_kernel::{Actor, Result};
use steward_platform::{App, clock};

/// What the tickets that match have in a field, the largest group first.
pub(in crate::tickets) async fn groups(
    app: &App,
    actor: &Actor,
    field: GroupField,
    query: TicketQuery,
) -> Result<TicketGroups> {
    // Groups have an order of their own; a list's is taken along with its filters, and checked.
    order(query.sort.as_deref())?;
    let conditions = conditions(app, actor, query, clock::now()).await?;
    let (rows, is_counted) = conditions.groups(app, field).await?;
    let read: i64 = rows.iter().map(|row| row.n).sum();
    let is_capped = rows.len() >= usize::try_from(MOST_GROUPS).unwrap_or(usize::MAX)
        || (!is_counted && read >= i64::from(MOST_GROUPED));
    Ok(TicketGroups {
        data: rows.into_iter().map(view).collect(),
        is_capped,
    })
}

fn view(row: GroupRow) -> TicketGroup {
    TicketGroup {
        value: row.value,
        name: row.name.map(|name| name.trim().to_owned()),
        count: row.n,
    }
}
