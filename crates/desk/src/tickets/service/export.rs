//! The ticket list as a CSV file.

use super::list::{conditions, totals};
use super::order::{mark, order};
use crate::tickets::dto::TicketQuery;
use crate::tickets::store::{self, Mark, Order, TicketRow};
use chrono::{DateTime, Utc};
use futures::stream::{self, StreamExt};
use steward_db::{Filter, time::from_db};
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use steward_platform::http::CsvFile;
use steward_platform::http::csv::{MOST_ROWS, ROWS_AT_A_TIME, line};

const COLUMNS: &[&str] = &[
    "number",
    "kind",
    "title",
    "status",
    "priority",
    "impact",
    "urgency",
    "category",
    "subcategory",
    "tags",
    "requester",
    "requested_for",
    "assignee",
    "team",
    "source",
    "created_at",
    "updated_at",
    "first_response_at",
    "resolved_at",
    "closed_at",
    "reopened_count",
    "resolution_code",
    "rating",
    "external_reference",
];

/// Where the walk through the list stands.
struct Walk {
    app: App,
    filter: Filter,
    order: Order,
    /// The last row read; none at the beginning.
    last: Option<Mark>,
    is_over: bool,
}

impl Walk {
    /// The next lines; none at the end.
    async fn next(&mut self) -> Result<Option<String>> {
        if self.is_over {
            return Ok(None);
        }
        let rows = store::page(
            &self.app.db,
            &self.filter,
            self.order,
            self.last.as_ref(),
            ROWS_AT_A_TIME,
        )
        .await?;
        let wanted = usize::try_from(ROWS_AT_A_TIME).unwrap_or(usize::MAX);
        self.is_over = rows.len() < wanted;
        let mut text = String::new();
        for row in &rows {
            let cells = cells(row);
            line(&mut text, cells.iter().map(String::as_str));
        }
        self.last = rows.last().map(|row| mark(self.order, row));
        Ok(Some(text))
    }
}

/// Every ticket that the list would show to the actor, in its order.
pub(in crate::tickets) async fn export(
    app: &App,
    actor: &Actor,
    query: TicketQuery,
    now: Instant,
) -> Result<CsvFile> {
    let order = order(query.sort.as_deref())?;
    let conditions = conditions(app, actor, query, now).await?;
    let total = totals(app, std::slice::from_ref(&conditions), MOST_ROWS).await?;
    if total.iter().any(|(_, is_more)| *is_more) {
        let hint = format!("more than {MOST_ROWS} tickets match; narrow the filters");
        return Err(Error::field("filters", "too_many", hint));
    }
    let mut walk = Walk {
        app: app.clone(),
        filter: conditions.filter,
        order,
        last: None,
        is_over: false,
    };
    let mut first = String::new();
    line(&mut first, COLUMNS.iter().copied());
    first.push_str(&walk.next().await?.unwrap_or_default());
    let rest = stream::try_unfold(walk, |mut walk| async move {
        Ok(walk.next().await?.map(|text| (text, walk)))
    })
    .boxed();
    Ok(CsvFile {
        name: "tickets.csv",
        first,
        rest,
    })
}

fn cells(row: &TicketRow) -> Vec<String> {
    let text = |value: &Option<String>| value.as_deref().unwrap_or_default().trim().to_owned();
    let at =
        |value: Option<DateTime<Utc>>| value.map_or_else(String::new, |at| from_db(at).to_string());
    vec![
        row.number.clone(),
        row.kind.clone(),
        row.title.clone(),
        row.status.clone(),
        row.priority.clone(),
        row.impact.clone(),
        row.urgency.clone(),
        text(&row.category),
        text(&row.subcategory),
        row.tag_list().join(", "),
        row.requester_name.trim().to_owned(),
        text(&row.requested_for_name),
        text(&row.assignee_name),
        text(&row.team_name),
        row.source.clone(),
        at(Some(row.created_at)),
        at(Some(row.updated_at)),
        at(row.first_response_at),
        at(row.resolved_at),
        at(row.closed_at),
        row.reopened_count.to_string(),
        text(&row.resolution_code),
        row.rating_score.map_or_else(String::new, |n| n.to_string()),
        text(&row.external_reference),
    ]
}
