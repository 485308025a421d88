//! Pages of organizations.

use super::{require_operator, view};
use crate::organizations::dto::{OrganizationQuery, OrganizationView};
use crate::organizations::store::{self, Wanted};
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::{Actor, Result};
use steward_platform::App;
use steward_platform::http::page::Cursor;
use steward_platform::http::{Page, Pagination};

/// A page of the organizations of the deployment, by name.
pub(in crate::organizations) async fn list(
    app: &App,
    actor: &Actor,
    query: OrganizationQuery,
) -> Result<Page<OrganizationView>> {
    require_operator(actor)?;
    let request = PageRequest::new(query.page, query.per_page, query.cursor)?;
    let limit = i64::from(request.per_page);
    let (after, offset) = match &request.position {
        Position::Page(page) => (None, i64::from(page - 1).saturating_mul(limit)),
        Position::Cursor(cursor) => (Some(Cursor::decode(cursor)?.key), 0),
    };
    let wanted = Wanted {
        is_active: query.is_active,
        after,
    };
    let mut rows = store::page(&app.db, &wanted, limit + 1, offset).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_next = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| has_next).map(|row| {
        let key = row.name.clone();
        Cursor { key, id: row.id }.encode()
    });
    let total = store::count(&app.db, query.is_active).await?;
    Ok(Page {
        data: rows.into_iter().map(view).collect(),
        pagination: Pagination::new(&request, total, has_next, next),
    })
}
