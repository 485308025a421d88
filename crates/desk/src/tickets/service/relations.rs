//! Who watches a ticket, and what it is linked to.

use super::{edit, find, reference, view};
use crate::tickets::dto::{
    LinkInput, LinkKindInput, LinkView, Links, Reference, WatcherInput, Watchers,
};
use crate::tickets::store;
use steward_db::time::from_db;
use steward_domain::tickets::model::LinkKind;
use steward_domain::tickets::policy;
use steward_kernel::{Actor, Error, Instant, Result};
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
    let name = reference::person(&edit.tx, actor, "user_id", who).await?;
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
