//! What belongs to a ticket: watchers, links, parent and tasks, its comments' earlier texts.

use super::create::{Draft, defaults, insert};
use super::{edit, find, view};
use crate::tickets::dto::{
    CommentPatch, LinkInput, LinkKindInput, LinkView, Links, Reference, Revision, Revisions,
    TaskInput, Tasks, TicketRowView, TicketView, WatcherInput, Watchers,
};
use crate::tickets::store;
use steward_db::{time::from_db, values};
use steward_domain::tickets::model::{Kind, Level, LinkKind, Source, Status};
use steward_domain::tickets::{policy, rules};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Who watches.
pub(in crate::tickets) async fn watchers(app: &App, actor: &Actor, key: &str) -> Result<Watchers> {
    let ticket = find(&app.db, actor, key).await?;
    let people = store::watchers(&app.db, ticket.id).await?;
    Ok(Watchers {
        is_watching: people.iter().any(|p| p.id == actor.user_id.0),
        data: people
            .into_iter()
            .map(|p| Reference {
                id: p.id,
                name: p.name.trim().to_owned(),
            })
            .collect(),
    })
}

/// Adds a watcher: oneself, or anyone by those who work tickets.
pub(in crate::tickets) async fn watch(
    app: &App,
    actor: &Actor,
    key: &str,
    input: WatcherInput,
    now: Instant,
) -> Result<Watchers> {
    let mut edit = edit::open(app, actor, key, None, "tickets.watch").await?;
    let who = input.user_id.unwrap_or(actor.user_id.0);
    may_change_watcher(actor, who)?;
    let name = super::work::person(&edit.tx, actor, "user_id", who).await?;
    let id = edit.before.id;
    if store::watch(&edit.tx, actor.organization_id, id, who).await? {
        edit.note("watcher", None, Some(name.trim().to_owned()));
    }
    edit.save(actor, now).await?.commit().await?;
    watchers(app, actor, &id.to_string()).await
}

/// Removes a watcher; it is no error when the person did not watch.
pub(in crate::tickets) async fn unwatch(
    app: &App,
    actor: &Actor,
    key: &str,
    who: Uuid,
    now: Instant,
) -> Result<()> {
    let mut edit = edit::open(app, actor, key, None, "tickets.unwatch").await?;
    may_change_watcher(actor, who)?;
    if store::unwatch(&edit.tx, edit.before.id, who).await? {
        let name = store::person_name(&edit.tx, actor.organization_id, who).await?;
        edit.note(
            "watcher",
            Some(name.unwrap_or_default().trim().to_owned()),
            None,
        );
    }
    edit.save(actor, now).await?.commit().await
}

fn may_change_watcher(actor: &Actor, who: Uuid) -> Result<()> {
    if who == actor.user_id.0 || actor.may("ticket:work") {
        Ok(())
    } else {
        Err(Error::forbidden("ticket:work"))
    }
}

/// Links whose other end the actor sees.
pub(in crate::tickets) async fn links(app: &App, actor: &Actor, key: &str) -> Result<Links> {
    let ticket = find(&app.db, actor, key).await?;
    let mut data = Vec::new();
    let rows = store::links(&app.db, ticket.id).await?;
    let mut filter = store::visible(actor, &policy::visibility(actor));
    filter.and_in("t.id", rows.iter().map(|row| row.other_id));
    let others = store::rows(&app.db, &filter, store::BY_CREATION, None, 500, 0).await?;
    for row in rows {
        let Some(other) = others.iter().find(|other| other.id == row.other_id) else {
            continue;
        };
        data.push(LinkView {
            id: row.id,
            kind: row.kind,
            is_outgoing: row.is_outgoing,
            ticket: view::row(actor, other.clone(), clock::now()),
            created_at: from_db(row.created_at),
        });
    }
    Ok(Links { data })
}

/// Links the ticket to another that the actor sees.
pub(in crate::tickets) async fn link(
    app: &App,
    actor: &Actor,
    key: &str,
    input: LinkInput,
    now: Instant,
) -> Result<Links> {
    let kind = match input.kind {
        LinkKindInput::Duplicates => LinkKind::Duplicates,
        LinkKindInput::RelatesTo => LinkKind::RelatesTo,
        LinkKindInput::CausedBy => LinkKind::CausedBy,
        LinkKindInput::Blocks => LinkKind::Blocks,
    };
    let mut edit = edit::open(app, actor, key, None, "tickets.link").await?;
    if !actor.may("ticket:update") {
        return Err(Error::forbidden("ticket:update"));
    }
    let other = find(&edit.tx, actor, &input.ticket).await?;
    if other.id == edit.before.id {
        return Err(Error::field(
            "ticket",
            "invalid",
            "a ticket cannot be linked to itself",
        ));
    }
    let ends = (edit.before.id, other.id);
    if store::link(&edit.tx, actor, clock::new_id(), kind.as_str(), ends, now).await? {
        edit.note_internal(
            "link",
            None,
            Some(format!("{} {}", kind.as_str(), other.number)),
        );
    }
    let id = edit.before.id;
    edit.save(actor, now).await?.commit().await?;
    links(app, actor, &id.to_string()).await
}

/// Removes a link.
pub(in crate::tickets) async fn unlink(
    app: &App,
    actor: &Actor,
    key: &str,
    link: Uuid,
    now: Instant,
) -> Result<()> {
    let mut edit = edit::open(app, actor, key, None, "tickets.unlink").await?;
    if !actor.may("ticket:update") {
        return Err(Error::forbidden("ticket:update"));
    }
    let rows = store::links(&edit.tx, edit.before.id).await?;
    let row = rows.iter().find(|row| row.id == link);
    let row = row.ok_or_else(|| Error::not_found("link", link))?;
    let number = store::by_id(&edit.tx, actor.organization_id, row.other_id)
        .await?
        .map_or_else(String::new, |other| other.number);
    store::unlink(&edit.tx, edit.before.id, link).await?;
    edit.note_internal("link", Some(format!("{} {number}", row.kind)), None);
    edit.save(actor, now).await?.commit().await
}

/// Deepest chain of parents.
const MAX_DEPTH: usize = 10;

/// Makes a ticket the child of another, or of none.
pub(super) async fn set_parent(
    edit: &mut edit::Edit,
    actor: &Actor,
    parent: Option<&str>,
) -> Result<()> {
    let Some(key) = parent else {
        edit.after.parent_id = None;
        edit.after.parent_number = None;
        edit.after.parent_title = None;
        return Ok(());
    };
    let parent = find(&edit.tx, actor, key).await?;
    let mut above = Some(parent.id);
    for _ in 0..MAX_DEPTH {
        let Some(id) = above else { break };
        if id == edit.before.id {
            let hint = "a ticket cannot be its own parent, directly or through others";
            return Err(Error::field("parent", "cycle", hint));
        }
        above = store::parent_of(&edit.tx, id).await?;
    }
    if above.is_some() {
        let hint = format!("parents go up to {MAX_DEPTH} levels");
        return Err(Error::field("parent", "too_deep", hint));
    }
    edit.after.parent_id = Some(parent.id);
    edit.after.parent_number = Some(parent.number);
    edit.after.parent_title = Some(parent.title);
    Ok(())
}

/// Tasks of a ticket that the actor sees, oldest first.
pub(in crate::tickets) async fn tasks(app: &App, actor: &Actor, key: &str) -> Result<Tasks> {
    let ticket = find(&app.db, actor, key).await?;
    let mut filter = store::visible(actor, &policy::visibility(actor));
    filter.and("t.parent_id = ?", values![ticket.id]);
    filter.and("t.kind = 'task'", values![]);
    let rows = store::rows(&app.db, &filter, store::BY_CREATION, None, 500, 0).await?;
    let data: Vec<TicketRowView> = rows
        .into_iter()
        .map(|row| view::row(actor, row, clock::now()))
        .collect();
    Ok(Tasks { data })
}

/// Adds a task below a ticket.
pub(in crate::tickets) async fn add_task(
    app: &App,
    actor: &Actor,
    key: &str,
    input: TaskInput,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = edit::open(app, actor, key, None, "tickets.add_task").await?;
    if !actor.may("ticket:work") {
        return Err(Error::forbidden("ticket:work"));
    }
    edit.refuse_closed()?;
    rules::check_title(&input.title)?;
    check_length(
        "description",
        input.description.as_deref().unwrap_or_default(),
        65_536,
    )?;
    if let Some(id) = input.assignee_id {
        super::work::person(&edit.tx, actor, "assignee_id", id).await?;
    }
    if let Some(id) = input.team_id {
        super::work::team(&edit.tx, actor, id).await?;
    }
    let level = |text: &str| text.parse::<Level>().unwrap_or(Level::Medium);
    let draft = Draft {
        kind: Kind::Task,
        title: input.title.trim().to_owned(),
        description: input.description.unwrap_or_default(),
        status: if input.assignee_id.is_some() {
            Status::Assigned
        } else {
            Status::New
        },
        impact: level(&edit.before.impact),
        urgency: level(&edit.before.urgency),
        requester_id: actor.user_id.0,
        requested_for_id: None,
        assignee_id: input.assignee_id,
        team_id: input.team_id.or(edit.before.team_id),
        category: edit.before.category.clone(),
        subcategory: edit.before.subcategory.clone(),
        tags: Vec::new(),
        source: Source::Api,
        parent_id: Some(edit.before.id),
        custom_fields: defaults(&edit.tx, actor, Kind::Task).await?,
    };
    let task = insert(&edit.tx, actor, draft, now).await?;
    edit.note_internal(
        "task",
        None,
        Some(format!("{} {}", task.number, task.title)),
    );
    edit.save(actor, now).await?.commit().await?;
    view::ticket(&app.db, actor, task, now).await
}

/// Changes the text of an own comment; the earlier text is kept.
pub(in crate::tickets) async fn edit_comment(
    app: &App,
    actor: &Actor,
    key: &str,
    id: Uuid,
    patch: CommentPatch,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = edit::open(app, actor, key, None, "tickets.edit_comment").await?;
    let comment = visible_comment(&edit.tx, actor, edit.before.id, id).await?;
    if comment.author_id != actor.user_id.0 {
        let detail = "only the author of a comment can change it; add a comment instead";
        return Err(Error::new(ErrorCode::InsufficientPermissions, detail));
    }
    edit.refuse_closed()?;
    rules::check_body(&patch.body)?;
    if comment.body != patch.body {
        store::revise(&edit.tx, actor, clock::new_id(), &comment, &patch.body, now).await?;
        store::search_rewrite(&edit.tx, &edit.before).await?;
        if comment.visibility == "public" {
            edit.note("comment_edited", None, None);
        } else {
            edit.note_internal("comment_edited", None, None);
        }
    }
    edit.finish(actor, now).await
}

/// Earlier texts of a comment, oldest first.
pub(in crate::tickets) async fn revisions(
    app: &App,
    actor: &Actor,
    key: &str,
    id: Uuid,
) -> Result<Revisions> {
    let ticket = find(&app.db, actor, key).await?;
    let comment = visible_comment(&app.db, actor, ticket.id, id).await?;
    if comment.author_id != actor.user_id.0 && !policy::sees_internal(actor) {
        return Err(Error::forbidden("ticket:read_internal"));
    }
    let rows = store::revisions(&app.db, id).await?;
    let revision = |row: store::RevisionRow| Revision {
        body: row.body,
        replaced_at: from_db(row.replaced_at),
    };
    Ok(Revisions {
        data: rows.into_iter().map(revision).collect(),
    })
}

async fn visible_comment<E: steward_db::Executor>(
    db: &E,
    actor: &Actor,
    ticket: Uuid,
    id: Uuid,
) -> Result<store::CommentRow> {
    let found = store::comment(db, ticket, id).await?;
    found
        .filter(|c| c.visibility == "public" || policy::sees_internal(actor))
        .ok_or_else(|| Error::not_found("comment", id))
}
