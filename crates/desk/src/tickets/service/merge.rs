//! Merging a ticket into another, taking that back, and splitting one off.

use super::create::{Draft, defaults, insert};
use super::edit::{self, Edit};
use super::{find, view};
use crate::attachments;
use crate::tickets::dto::{MergeInput, SplitInput, TicketView};
use crate::tickets::store::{self, TicketRow};
use steward_db::{Tx, time::to_db};
use steward_domain::tickets::model::{Kind, Level, LinkKind, ResolutionCode, Source, Status};
use steward_domain::tickets::{policy, rules};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock};

/// Locks two tickets in the order of their ids, so that two merges cannot wait
/// for each other.
async fn lock_both(tx: &Tx, a: &TicketRow, b: &TicketRow) -> Result<()> {
    let (first, second) = if a.id <= b.id { (a, b) } else { (b, a) };
    store::lock(tx, first.id).await?;
    store::lock(tx, second.id).await
}

fn may_merge(actor: &Actor) -> Result<()> {
    if actor.may("ticket:update") && actor.may("ticket:close") {
        Ok(())
    } else {
        Err(Error::forbidden("ticket:close"))
    }
}

/// Closes the ticket as a duplicate of another of its kind. Comments and
/// watchers follow; both timelines say so. Answers the ticket that stays.
pub(in crate::tickets) async fn merge(
    app: &App,
    actor: &Actor,
    key: &str,
    input: MergeInput,
    now: Instant,
) -> Result<TicketView> {
    let tx = app.db.write("tickets.merge").await?;
    let from = find(&tx, actor, key).await?;
    may_merge(actor)?;
    let into = find(&tx, actor, &input.into).await?;
    lock_both(&tx, &from, &into).await?;
    let mut gone = edit::load(tx, actor, &from.id.to_string(), None).await?;
    gone.refuse_closed()?;
    let refused = |detail: String| Err(Error::new(ErrorCode::ResourceConflict, detail));
    if from.id == into.id {
        return Err(Error::field(
            "into",
            "invalid",
            "a ticket cannot be merged into itself",
        ));
    }
    if from.kind != into.kind {
        return refused(format!(
            "{} and {} are of different kinds; link them instead",
            from.number, into.number
        ));
    }
    if into.status == Status::Closed.as_str() || into.status == Status::Cancelled.as_str() {
        return refused(format!(
            "{} is over; merge into an open ticket",
            into.number
        ));
    }
    if from.is_major {
        return refused(format!(
            "{} is a major incident; stand it down first, or merge the other one into it",
            from.number
        ));
    }
    gone.after.status = Status::Closed.as_str().to_owned();
    gone.after.resolution_code = Some(ResolutionCode::Duplicate.as_str().to_owned());
    gone.after.resolution_note = Some(format!("Merged into {}", into.number));
    gone.after.merged_into_id = Some(into.id);
    gone.after.resolved_at.get_or_insert(to_db(now));
    gone.after.closed_at = Some(to_db(now));
    gone.note("merged_into", None, Some(into.number.clone()));
    for person in followers(&gone.tx, &from).await? {
        store::watch(&gone.tx, actor.organization_id, into.id, person).await?;
    }
    store::move_comments(&gone.tx, from.id, into.id).await?;
    attachments::follow_merge(&gone.tx, from.id, into.id).await?;
    let ends = (from.id, into.id);
    let kind = LinkKind::Duplicates.as_str();
    store::link(&gone.tx, actor, clock::new_id(), kind, ends, now).await?;
    let tx = gone.save(actor, now).await?;
    let mut stays = edit::load(tx, actor, &into.id.to_string(), None).await?;
    stays.note("merged_from", None, Some(from.number.clone()));
    refresh_search(&mut stays, &from).await?;
    stays.finish(actor, now).await
}

/// Who follows a ticket: its requester, the one it is for, its watchers.
async fn followers(tx: &Tx, row: &TicketRow) -> Result<Vec<uuid::Uuid>> {
    let mut people = store::watcher_ids(tx, row.id).await?;
    people.push(row.requester_id);
    people.extend(row.requested_for_id);
    Ok(people)
}

async fn refresh_search(edit: &mut Edit, other: &TicketRow) -> Result<()> {
    store::search_rewrite(&edit.tx, &edit.before).await?;
    store::search_rewrite(&edit.tx, other).await
}

/// Takes a merge back: the ticket opens again with what was its own. People
/// who began to watch the other ticket stay watchers of it.
pub(in crate::tickets) async fn unmerge(
    app: &App,
    actor: &Actor,
    key: &str,
    now: Instant,
) -> Result<TicketView> {
    let tx = app.db.write("tickets.unmerge").await?;
    let seen = find(&tx, actor, key).await?;
    may_merge(actor)?;
    let not_merged = || {
        let detail = format!("{} is not merged into another ticket", seen.number);
        Error::new(ErrorCode::ResourceConflict, detail)
    };
    let holder = seen.merged_into_id.ok_or_else(not_merged)?;
    let holder = find(&tx, actor, &holder.to_string()).await?;
    lock_both(&tx, &seen, &holder).await?;
    let mut back = edit::load(tx, actor, &seen.id.to_string(), None).await?;
    if back.before.merged_into_id != Some(holder.id) {
        return Err(not_merged());
    }
    store::return_comments(&back.tx, seen.id, holder.id).await?;
    attachments::follow_unmerge(&back.tx, seen.id, holder.id).await?;
    let after = &mut back.after;
    let status = if after.assignee_id.is_some() {
        Status::Assigned
    } else {
        Status::New
    };
    after.status = status.as_str().to_owned();
    after.resolution_code = None;
    after.resolution_note = None;
    after.resolved_at = None;
    after.closed_at = None;
    after.merged_into_id = None;
    after.merged_into_number = None;
    after.merged_into_title = None;
    back.note("merged_into", Some(holder.number.clone()), None);
    for link in store::links(&back.tx, seen.id).await? {
        let made_by_merge = link.is_outgoing && link.other_id == holder.id;
        if made_by_merge && link.kind == LinkKind::Duplicates.as_str() {
            store::unlink(&back.tx, seen.id, link.id).await?;
        }
    }
    refresh_search(&mut back, &holder).await?;
    let tx = back.save(actor, now).await?;
    let mut stays = edit::load(tx, actor, &holder.id.to_string(), None).await?;
    stays.note("merged_from", Some(seen.number.clone()), None);
    let tx = stays.save(actor, now).await?;
    let row = store::by_id(&tx, actor.organization_id, seen.id).await?;
    tx.commit().await?;
    let row = row.ok_or_else(|| Error::not_found("ticket", key))?;
    view::ticket(&app.db, actor, row, now).await
}

/// Makes a new incident of one thing that was said in this one, and links the two.
pub(in crate::tickets) async fn split(
    app: &App,
    actor: &Actor,
    key: &str,
    input: SplitInput,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = edit::open(app, actor, key, None, "tickets.split").await?;
    if !actor.may("ticket:update") {
        return Err(Error::forbidden("ticket:update"));
    }
    rules::check_title(&input.title)?;
    let mut description = input.description.unwrap_or_default();
    check_length("description", &description, 65_536)?;
    let before = edit.before.clone();
    let mut requester = before.requester_id;
    if let Some(id) = input.comment_id {
        let comment = store::comment(&edit.tx, before.id, id).await?;
        let comment = comment
            .filter(|c| c.visibility == "public" || policy::sees_internal(actor))
            .ok_or_else(|| Error::not_found("comment", id))?;
        // An internal note becomes an incident of its own author, never of the
        // requester, who may not read it.
        requester = comment.author_id;
        if description.is_empty() {
            description = comment.body;
        }
    }
    let level = |text: &str| text.parse::<Level>().unwrap_or(Level::Medium);
    let draft = Draft {
        kind: Kind::Incident,
        title: input.title.trim().to_owned(),
        description,
        status: Status::New,
        impact: level(&before.impact),
        urgency: level(&before.urgency),
        requester_id: requester,
        requested_for_id: None,
        assignee_id: None,
        team_id: before.team_id,
        category: before.category.clone(),
        subcategory: before.subcategory.clone(),
        tags: before.tag_list(),
        source: before.source.parse().unwrap_or(Source::Api),
        parent_id: None,
        custom_fields: defaults(&edit.tx, actor, Kind::Incident).await?,
    };
    let made = insert(&edit.tx, actor, draft, now).await?;
    let ends = (made.id, before.id);
    store::link(
        &edit.tx,
        actor,
        clock::new_id(),
        LinkKind::RelatesTo.as_str(),
        ends,
        now,
    )
    .await?;
    edit.note_internal("split_into", None, Some(made.number.clone()));
    edit.save(actor, now).await?.commit().await?;
    view::ticket(&app.db, actor, made, now).await
}
