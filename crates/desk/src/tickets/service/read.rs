//! Reading tickets.

use super::{find, view};
use crate::tickets::dto::{
    Reference, TicketQuery, TicketRowView, TicketView, Timeline, TimelineItem,
};
use crate::tickets::store;
use std::str::FromStr;
use steward_db::{Filter, time::from_db, time::to_db, values};
use steward_domain::tickets::model::{Priority, Status};
use steward_domain::tickets::policy;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Result};
use steward_platform::App;
use steward_platform::http::page::Cursor;
use steward_platform::http::{Page, Pagination};
use uuid::Uuid;

/// One ticket by id or number.
pub(in crate::tickets) async fn get(app: &App, actor: &Actor, key: &str) -> Result<TicketView> {
    view::ticket(actor, find(&app.db, actor, key).await?)
}

/// A page of the tickets that the actor may see, newest first.
pub(in crate::tickets) async fn list(
    app: &App,
    actor: &Actor,
    query: TicketQuery,
) -> Result<Page<TicketRowView>> {
    let request = PageRequest::new(query.page, query.per_page, query.cursor.clone())?;
    let mut filter = store::visible(actor, &policy::visibility(actor));
    narrow(&mut filter, actor, &query)?;
    let total = store::count(&app.db, &filter).await?;
    let offset = match &request.position {
        Position::Page(page) => u64::from(page - 1).saturating_mul(u64::from(request.per_page)),
        Position::Cursor(text) => {
            let cursor = Cursor::decode(text)?;
            filter.and(
                "(t.created_at, t.id) < (?, ?)",
                values![to_db(cursor.at), cursor.id],
            );
            0
        }
    };
    // SQLite and PostgreSQL count offsets as signed 64-bit numbers.
    let offset = offset.min(u64::try_from(i64::MAX).unwrap_or_default());
    let mut rows =
        store::page(&app.db, &filter, request.per_page.saturating_add(1), offset).await?;
    let wanted = usize::try_from(request.per_page).unwrap_or(usize::MAX);
    let has_next = rows.len() > wanted;
    rows.truncate(wanted);
    let last = rows.last().filter(|_| has_next);
    let next_cursor = last.map(|row| {
        Cursor {
            at: from_db(row.created_at),
            id: row.id,
        }
        .encode()
    });
    let pagination = Pagination::new(&request, total, has_next, next_cursor);
    Ok(Page {
        data: rows.into_iter().map(view::row).collect(),
        pagination,
    })
}

fn narrow(filter: &mut Filter, actor: &Actor, query: &TicketQuery) -> Result<()> {
    if let Some(text) = &query.status {
        filter.and_in(
            "t.status",
            words::<Status>("status", text)?
                .into_iter()
                .map(|s| s.as_str()),
        );
    }
    if let Some(text) = &query.priority {
        filter.and_in(
            "t.priority",
            words::<Priority>("priority", text)?
                .into_iter()
                .map(|p| p.as_str()),
        );
    }
    match query.assigned_to.as_deref() {
        None => {}
        Some("nobody") => filter.and("t.assignee_id IS NULL", values![]),
        Some(who) => filter.and(
            "t.assignee_id = ?",
            values![person("assigned_to", who, actor)?],
        ),
    }
    if let Some(who) = query.requester.as_deref() {
        filter.and(
            "t.requester_id = ?",
            values![person("requester", who, actor)?],
        );
    }
    if let Some(team) = query.team {
        filter.and("t.team_id = ?", values![team]);
    }
    let texts = [
        ("category", &query.category),
        ("external_reference", &query.external_reference),
    ];
    for (field, text) in texts {
        if let Some(text) = text {
            check_length(field, text, 200)?;
            filter.and(&format!("t.{field} = ?"), values![text.clone()]);
        }
    }
    Ok(())
}

fn words<T: FromStr>(field: &str, text: &str) -> Result<Vec<T>> {
    text.split(',')
        .map(|word| {
            let unknown =
                |_| Error::field(field, "unknown_value", format!("'{word}' is no {field}"));
            word.trim().parse().map_err(unknown)
        })
        .collect()
}

fn person(field: &str, who: &str, actor: &Actor) -> Result<Uuid> {
    if who == "me" {
        return Ok(actor.user_id.0);
    }
    who.parse()
        .map_err(|_| Error::field(field, "invalid", "write me or a person's id"))
}

/// Everything that happened, oldest first; internal notes only for those who may read them.
pub(in crate::tickets) async fn timeline(app: &App, actor: &Actor, key: &str) -> Result<Timeline> {
    let ticket = find(&app.db, actor, key).await?;
    let rows = store::timeline(&app.db, ticket.id, policy::sees_internal(actor)).await?;
    let item = |row: store::TimelineRow| TimelineItem {
        id: row.id,
        type_: if row.body.is_some() {
            "comment"
        } else {
            "activity"
        }
        .to_owned(),
        at: from_db(row.at),
        actor: row
            .actor_id
            .zip(row.actor_name)
            .map(|(id, name)| Reference {
                id,
                name: name.trim().to_owned(),
            }),
        field: row.field,
        old: row.old_value,
        new: row.new_value,
        body_html: row.body.as_deref().map(view::html),
        body: row.body,
        visibility: row.visibility,
    };
    Ok(Timeline {
        data: rows.into_iter().map(item).collect(),
    })
}
