//! What the whole organization reads of its major incidents.

use super::view::update_view;
use crate::incidents::major::dto::{
    MajorQuery, MajorRowView, MajorState, UpdateView, UpdatesQuery,
};
use crate::incidents::major::store::{self, FeedRow};
use chrono::{DateTime, Utc};
use steward_db::{Filter, time::from_db, time::to_db, values};
use steward_domain::tickets::model;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::{Actor, Error, Result};
use steward_platform::App;
use steward_platform::http::page::{self, Cursor};
use steward_platform::http::{Page, Pagination};
use uuid::Uuid;

/// Last page that can be asked for by number; a cursor walks on.
const MOST_PAGES: u32 = 400;

/// Every major incident of the organization that was not stood down.
pub(in crate::incidents::major) async fn list(
    app: &App,
    actor: &Actor,
    query: MajorQuery,
) -> Result<Page<MajorRowView>> {
    may_read(actor)?;
    let request = PageRequest::new(query.page, query.per_page, query.cursor)?;
    let mut filter = Filter::default();
    filter.and("m.organization_id = ?", values![actor.organization_id.0]);
    filter.and("m.is_active", values![]);
    let over = ["resolved", "closed", "cancelled"];
    match query.state {
        None => {}
        Some(MajorState::Active) => {
            filter.and("t.status NOT IN (?, ?, ?)", over.map(Into::into).to_vec());
        }
        Some(MajorState::Resolved) => filter.and_in("t.status", over),
    }
    let total = store::count_feed(&app.db, &filter).await?;
    let offset = position(&request, &mut filter, "(m.declared_at, m.ticket_id)")?;
    let limit = request.per_page.saturating_add(1);
    let rows = store::feed(&app.db, &filter, limit, offset).await?;
    let (rows, pagination) = cut(rows, &request, total, |row| (row.declared_at, row.id));
    let data = rows.into_iter().map(row_view).collect::<Result<_>>()?;
    Ok(Page { data, pagination })
}

/// The newest major incidents that go on now.
pub(crate) async fn active(app: &App, actor: &Actor) -> Result<Vec<MajorRowView>> {
    let query = MajorQuery {
        page: None,
        per_page: Some(5),
        cursor: None,
        state: Some(MajorState::Active),
    };
    Ok(list(app, actor, query).await?.data)
}

/// The status feed of one major incident.
pub(in crate::incidents::major) async fn updates(
    app: &App,
    actor: &Actor,
    key: &str,
    query: UpdatesQuery,
) -> Result<Page<UpdateView>> {
    may_read(actor)?;
    let request = PageRequest::new(query.page, query.per_page, query.cursor)?;
    let id = key.parse::<Uuid>().ok();
    let number = model::parse_number(key).map(|(kind, n)| model::format_number(kind, n));
    let ticket = store::in_feed(&app.db, actor.organization_id, number, id)
        .await?
        .ok_or_else(|| Error::not_found("major incident", key))?;
    let total = store::count_updates(&app.db, ticket).await?;
    let mut filter = Filter::default();
    filter.and("u.ticket_id = ?", values![ticket]);
    let offset = position(&request, &mut filter, "(u.created_at, u.id)")?;
    let limit = request.per_page.saturating_add(1);
    let rows = store::updates(&app.db, &filter, limit, offset).await?;
    let (rows, pagination) = cut(rows, &request, total, |row| (row.created_at, row.id));
    let view = |row: store::UpdateRow| update_view(row.id, row.body, from_db(row.created_at));
    Ok(Page {
        data: rows.into_iter().map(view).collect(),
        pagination,
    })
}

fn may_read(actor: &Actor) -> Result<()> {
    if actor.may("ticket:read") {
        Ok(())
    } else {
        Err(Error::forbidden("ticket:read"))
    }
}

/// Where a page starts: rows to skip, or a condition on the sort key.
fn position(request: &PageRequest, filter: &mut Filter, key: &str) -> Result<u64> {
    match &request.position {
        Position::Page(page) if *page > MOST_PAGES => {
            let hint = format!("pages go up to {MOST_PAGES}; walk on with next_cursor");
            Err(Error::field("page", "out_of_range", hint))
        }
        Position::Page(page) => Ok(u64::from(page - 1).saturating_mul(u64::from(request.per_page))),
        Position::Cursor(text) => {
            let (at, id) = Cursor::decode_at(text)?;
            filter.and(&format!("{key} < (?, ?)"), values![to_db(at), id]);
            Ok(0)
        }
    }
}

/// Cuts the row too many off, which tells that more follow.
fn cut<T>(
    mut rows: Vec<T>,
    request: &PageRequest,
    total: i64,
    key: fn(&T) -> (DateTime<Utc>, Uuid),
) -> (Vec<T>, Pagination) {
    let place = |row: &T| {
        let (at, id) = key(row);
        Cursor::at(from_db(at), id)
    };
    let next_cursor = page::cut(&mut rows, request.per_page, place);
    let has_next = next_cursor.is_some();
    (rows, Pagination::new(request, total, has_next, next_cursor))
}

fn row_view(row: FeedRow) -> Result<MajorRowView> {
    let status: model::Status = row.status.parse().map_err(Error::internal)?;
    let is_open = status.is_open();
    let latest = row.update_id.zip(row.update_body).zip(row.update_at);
    Ok(MajorRowView {
        id: row.id,
        number: row.number,
        headline: row.headline,
        state: if is_open { "active" } else { "resolved" }.to_owned(),
        declared_at: from_db(row.declared_at),
        resolved_at: row.resolved_at.map(from_db),
        next_update_due_at: is_open.then(|| from_db(row.next_update_due_at)),
        latest_update: latest.map(|((id, body), at)| update_view(id, body, from_db(at))),
    })
}
