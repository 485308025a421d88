//! Use cases of announcements.

use super::dto::{AnnouncementInput, AnnouncementPatch, AnnouncementQuery, AnnouncementView};
use super::store::{self, AnnouncementRow};
use crate::tickets::dto::Reference;
use crate::tickets::service::html;
use steward_db::{Executor, Filter, Tx, time::from_db, time::to_db, values};
use steward_domain::announcements::{Audience, Severity, check};
use steward_domain::tickets::policy::sees_internal;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::http::conditional::stale;
use steward_platform::http::{IfMatch, Page, Pagination};
use steward_platform::{App, clock};
use uuid::Uuid;

const MANAGE: &str = "announcement:manage";
/// Last page that can be asked for.
const MOST_PAGES: u32 = 400;

/// What the actor may read, over `announcements a`.
fn visible(actor: &Actor, now: Instant) -> Filter {
    let mut filter = Filter::default();
    filter.and("a.organization_id = ?", values![actor.organization_id.0]);
    if !actor.may(MANAGE) {
        store::current(&mut filter, true, now);
        if !sees_internal(actor) {
            filter.and("a.audience = ?", values![Audience::All.as_str()]);
        }
    }
    filter
}

async fn find<E: Executor>(
    db: &E,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<AnnouncementRow> {
    let mut filter = visible(actor, now);
    filter.and("a.id = ?", values![id]);
    let mut rows = store::page(db, &filter, 1, 0).await?;
    rows.pop()
        .ok_or_else(|| Error::not_found("announcement", id))
}

fn view(row: AnnouncementRow, now: Instant) -> AnnouncementView {
    let (starts_at, ends_at) = (from_db(row.starts_at), row.ends_at.map(from_db));
    AnnouncementView {
        id: row.id,
        title: row.title,
        body_html: html(&row.body),
        body: row.body,
        severity: row.severity,
        audience: row.audience,
        starts_at,
        ends_at,
        is_active: starts_at <= now && ends_at.is_none_or(|end| end > now),
        author: Reference {
            id: row.author_id,
            name: row.author_name.trim().to_owned(),
        },
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    }
}

/// A page of what the actor may read, the latest to start first.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: &AnnouncementQuery,
    now: Instant,
) -> Result<Page<AnnouncementView>> {
    let request = PageRequest::new(query.page, query.per_page, None)?;
    let page = match request.position {
        Position::Page(page) if page <= MOST_PAGES => page,
        _ => {
            let hint = format!("pages go up to {MOST_PAGES}");
            return Err(Error::field("page", "out_of_range", hint));
        }
    };
    let mut filter = visible(actor, now);
    if let Some(wanted) = query.active {
        store::current(&mut filter, wanted, now);
    }
    let total = store::count(&app.db, &filter).await?;
    let offset = u64::from(page - 1).saturating_mul(u64::from(request.per_page));
    let rows = store::page(&app.db, &filter, request.per_page, offset).await?;
    let end = i64::try_from(offset)
        .unwrap_or(i64::MAX)
        .saturating_add(request.per_page.into());
    Ok(Page {
        data: rows.into_iter().map(|row| view(row, now)).collect(),
        pagination: Pagination::new(&request, total, end < total, None),
    })
}

/// One announcement.
pub(super) async fn get(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<AnnouncementView> {
    Ok(view(find(&app.db, actor, id, now).await?, now))
}

fn manages(actor: &Actor) -> Result<()> {
    if actor.may(MANAGE) {
        Ok(())
    } else {
        Err(Error::forbidden(MANAGE))
    }
}

fn check_row(row: &AnnouncementRow) -> Result<()> {
    let (starts, ends) = (from_db(row.starts_at), row.ends_at.map(from_db));
    check(&row.title, &row.body, starts, ends)
}

/// Writes an announcement.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: AnnouncementInput,
    now: Instant,
) -> Result<AnnouncementView> {
    manages(actor)?;
    let severity = input.severity.map_or(Severity::Info, Into::into);
    let audience = input.audience.map_or(Audience::All, Into::into);
    let row = AnnouncementRow {
        id: clock::new_id(),
        title: input.title.trim().to_owned(),
        body: input.body.unwrap_or_default(),
        severity: severity.as_str().to_owned(),
        audience: audience.as_str().to_owned(),
        starts_at: to_db(input.starts_at.unwrap_or(now)),
        ends_at: input.ends_at.map(to_db),
        author_id: actor.user_id.0,
        author_name: String::new(),
        version: 1,
        created_at: to_db(now),
        updated_at: to_db(now),
    };
    check_row(&row)?;
    let tx = app.db.write("announcements.create").await?;
    store::insert(&tx, actor.organization_id, &row).await?;
    finish(tx, actor, row.id, now).await
}

/// The announcement under change.
async fn open(
    app: &App,
    actor: &Actor,
    id: Uuid,
    if_match: IfMatch,
    now: Instant,
) -> Result<(Tx, AnnouncementRow)> {
    let tx = app.db.write("announcements.change").await?;
    let row = find(&tx, actor, id, now).await?;
    manages(actor)?;
    if_match.check("the announcement", row.version)?;
    Ok((tx, row))
}

/// Changes an announcement.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: AnnouncementPatch,
    if_match: IfMatch,
    now: Instant,
) -> Result<AnnouncementView> {
    let (tx, mut row) = open(app, actor, id, if_match, now).await?;
    if let Some(title) = patch.title {
        row.title = title.trim().to_owned();
    }
    row.body = patch.body.unwrap_or(row.body);
    if let Some(severity) = patch.severity {
        row.severity = Severity::from(severity).as_str().to_owned();
    }
    if let Some(audience) = patch.audience {
        row.audience = Audience::from(audience).as_str().to_owned();
    }
    row.starts_at = patch.starts_at.map_or(row.starts_at, to_db);
    if let Some(ends_at) = patch.ends_at {
        row.ends_at = ends_at.map(to_db);
    }
    check_row(&row)?;
    if !store::save(&tx, actor.organization_id, &row, now).await? {
        return Err(stale());
    }
    finish(tx, actor, id, now).await
}

/// Deletes an announcement.
pub(super) async fn delete(
    app: &App,
    actor: &Actor,
    id: Uuid,
    if_match: IfMatch,
    now: Instant,
) -> Result<()> {
    let (tx, row) = open(app, actor, id, if_match, now).await?;
    if !store::delete(&tx, actor.organization_id, id, row.version).await? {
        return Err(stale());
    }
    tx.commit().await
}

async fn finish(tx: Tx, actor: &Actor, id: Uuid, now: Instant) -> Result<AnnouncementView> {
    let view = view(find(&tx, actor, id, now).await?, now);
    tx.commit().await?;
    Ok(view)
}
