//! Use cases of reply templates.

use super::dto::{
    RenderedTemplate, ReplyTemplateInput, ReplyTemplatePatch, ReplyTemplateQuery, ReplyTemplateView,
};
use super::store::{self, TemplateRow};
use crate::tickets::dto::Reference;
use crate::tickets::service::{find as find_ticket, team};
use steward_db::{Executor, Tx, time::from_db};
use steward_domain::reply_templates as rules;
use steward_domain::tickets::model::Kind;
use steward_identity::organizations;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::{IfMatch, Page, Pagination};
use steward_platform::{App, clock};
use uuid::Uuid;

const MANAGE: &str = "reply_template:manage";

/// Those that the actor may use or manage, by name.
async fn seen<E: Executor>(db: &E, actor: &Actor) -> Result<Vec<TemplateRow>> {
    let manages = actor.may(MANAGE);
    if !manages && !actor.may("ticket:work") {
        return Err(Error::forbidden("ticket:work"));
    }
    let is_mine = |team: Uuid| actor.teams.iter().any(|mine| mine.0 == team);
    let mut rows = store::all(db, actor.organization_id).await?;
    rows.retain(|row| manages || row.team_id.is_none_or(is_mine));
    Ok(rows)
}

async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<TemplateRow> {
    let mut rows = seen(db, actor).await?.into_iter();
    rows.find(|row| row.id == id)
        .ok_or_else(|| Error::not_found("reply template", id))
}

fn view(row: TemplateRow) -> ReplyTemplateView {
    let team = row.team_id.zip(row.team_name);
    ReplyTemplateView {
        id: row.id,
        name: row.name,
        body: row.body,
        team: team.map(|(id, name)| Reference { id, name }),
        kind: row.kind,
        is_active: row.is_active,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    }
}

/// A page of the templates that the actor may use, by name.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: &ReplyTemplateQuery,
) -> Result<Page<ReplyTemplateView>> {
    let request = PageRequest::new(query.page, query.per_page, None)?;
    let Position::Page(page) = request.position else {
        return Err(Error::internal("this list is paged by page"));
    };
    let kind = query.kind.map(|kind| Kind::from(kind).as_str());
    let mut rows = seen(&app.db, actor).await?;
    rows.retain(|row| {
        let fits = kind.is_none_or(|kind| row.kind.as_deref().is_none_or(|of| of == kind));
        fits && query.is_active.is_none_or(|wanted| row.is_active == wanted)
    });
    let per_page = usize::try_from(request.per_page).unwrap_or(usize::MAX);
    let skipped = usize::try_from(page - 1)
        .unwrap_or(usize::MAX)
        .saturating_mul(per_page);
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let has_next = skipped.saturating_add(per_page) < rows.len();
    let rows = rows.into_iter().skip(skipped).take(per_page);
    Ok(Page {
        data: rows.map(view).collect(),
        pagination: Pagination::new(&request, total, has_next, None),
    })
}

/// One template.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<ReplyTemplateView> {
    Ok(view(find(&app.db, actor, id).await?))
}

fn manages(actor: &Actor) -> Result<()> {
    if actor.may(MANAGE) {
        Ok(())
    } else {
        Err(Error::forbidden(MANAGE))
    }
}

async fn check(tx: &Tx, actor: &Actor, row: &TemplateRow) -> Result<()> {
    rules::check(&row.name, &row.body)?;
    if let Some(id) = row.team_id {
        team(tx, actor, id).await?;
    }
    let all = store::all(tx, actor.organization_id).await?;
    let name = row.name.to_lowercase();
    let conflict = |detail: String| Err(Error::new(ErrorCode::ResourceConflict, detail));
    if all
        .iter()
        .any(|other| other.id != row.id && other.name.to_lowercase() == name)
    {
        return conflict(format!(
            "there is a template with the name {} already",
            row.name
        ));
    }
    if all.len() >= rules::MOST && all.iter().all(|other| other.id != row.id) {
        return conflict(format!(
            "an organization has at most {} templates",
            rules::MOST
        ));
    }
    Ok(())
}

/// Adds a template.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: ReplyTemplateInput,
    now: Instant,
) -> Result<ReplyTemplateView> {
    manages(actor)?;
    let tx = app.db.write("reply_templates.create").await?;
    organizations::hold(&tx, actor.organization_id).await?;
    let row = TemplateRow {
        id: clock::new_id(),
        name: input.name.trim().to_owned(),
        body: input.body,
        team_id: input.team_id,
        team_name: None,
        kind: input.kind.map(|kind| Kind::from(kind).as_str().to_owned()),
        is_active: input.is_active.unwrap_or(true),
        version: 1,
        created_at: steward_db::time::to_db(now),
        updated_at: steward_db::time::to_db(now),
    };
    check(&tx, actor, &row).await?;
    store::insert(&tx, actor.organization_id, &row, now).await?;
    finish(tx, actor, row.id).await
}

/// The template under change, behind its lock.
async fn open(app: &App, actor: &Actor, id: Uuid, if_match: IfMatch) -> Result<(Tx, TemplateRow)> {
    let tx = app.db.write("reply_templates.change").await?;
    organizations::hold(&tx, actor.organization_id).await?;
    let row = find(&tx, actor, id).await?;
    manages(actor)?;
    if_match.check(&format!("the template {}", row.name), row.version)?;
    Ok((tx, row))
}

/// Changes a template.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: ReplyTemplatePatch,
    if_match: IfMatch,
    now: Instant,
) -> Result<ReplyTemplateView> {
    let (tx, mut row) = open(app, actor, id, if_match).await?;
    if let Some(name) = patch.name {
        row.name = name.trim().to_owned();
    }
    row.body = patch.body.unwrap_or(row.body);
    row.team_id = patch.team_id.unwrap_or(row.team_id);
    if let Some(kind) = patch.kind {
        row.kind = kind.map(|kind| Kind::from(kind).as_str().to_owned());
    }
    row.is_active = patch.is_active.unwrap_or(row.is_active);
    check(&tx, actor, &row).await?;
    store::save(&tx, actor.organization_id, &row, now).await?;
    finish(tx, actor, id).await
}

/// Deletes a template.
pub(super) async fn delete(app: &App, actor: &Actor, id: Uuid, if_match: IfMatch) -> Result<()> {
    let (tx, _) = open(app, actor, id, if_match).await?;
    store::delete(&tx, actor.organization_id, id).await?;
    tx.commit().await
}

async fn finish(tx: Tx, actor: &Actor, id: Uuid) -> Result<ReplyTemplateView> {
    let view = view(find(&tx, actor, id).await?);
    tx.commit().await?;
    Ok(view)
}

/// The text with its places filled from a ticket that the actor sees.
pub(super) async fn render(
    app: &App,
    actor: &Actor,
    key: &str,
    id: Uuid,
) -> Result<RenderedTemplate> {
    let ticket = find_ticket(&app.db, actor, key).await?;
    let row = find(&app.db, actor, id).await?;
    if !row.is_active {
        let detail = format!("the template {} is not offered any more", row.name);
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let both = (ticket.requester_id, actor.user_id.0);
    let people = store::people(&app.db, actor.organization_id, both).await?;
    let person = |id: Uuid| people.iter().find(|p| p.id == id);
    let first = |id| person(id).map(|p| p.first_name.trim().to_owned());
    let name = |id| {
        person(id).map(|p| {
            format!("{} {}", p.first_name, p.last_name)
                .trim()
                .to_owned()
        })
    };
    let text = rules::render(&row.body, |place| match place {
        "ticket.number" => Some(ticket.number.clone()),
        "ticket.title" => Some(ticket.title.clone()),
        "requester.first_name" => first(ticket.requester_id),
        "requester.name" => name(ticket.requester_id),
        "agent.first_name" => first(actor.user_id.0),
        "agent.name" => name(actor.user_id.0),
        "team.name" => ticket.team_name.clone(),
        _ => None,
    });
    Ok(RenderedTemplate { text })
}
