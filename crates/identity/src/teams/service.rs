//! Use cases of teams.

use super::dto::{MemberPatch, MemberRole, MemberView, TeamInput, TeamPatch, TeamQuery, TeamView};
use super::store::{self, TeamRecord, TeamRow};
use crate::users::{self, dto::Reference, service::require};
use steward_db::Tx;
use steward_domain::assignment::model::Strategy;
use steward_domain::identity::events::DirectoryEvent;
use steward_kernel::id::OrganizationId;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::http::{IfMatch, conditional};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// Words of a search that are looked at.
const MAX_WORDS: usize = 10;

fn view(row: TeamRow) -> Result<TeamView> {
    let strategy = row
        .assignment_strategy
        .as_deref()
        .map(str::parse::<Strategy>);
    Ok(TeamView {
        id: row.id,
        name: row.name,
        description: row.description,
        assignment_strategy: strategy.transpose().map_err(Error::internal)?,
        member_count: row.member_count,
        version: row.version,
    })
}

/// Every team of the organization that matches, by name.
pub(super) async fn list(app: &App, actor: &Actor, query: TeamQuery) -> Result<Vec<TeamView>> {
    require(actor, "team:read")?;
    let search = query.search.unwrap_or_default();
    check_length("search", &search, 200)?;
    let words = search.split_whitespace().map(str::to_lowercase);
    let words: Vec<String> = words.take(MAX_WORDS).collect();
    let rows = store::all(&app.db, actor.organization_id, &words, query.member).await?;
    rows.into_iter().map(view).collect()
}

/// One team.
pub(super) async fn read(app: &App, actor: &Actor, id: Uuid) -> Result<TeamView> {
    require(actor, "team:read")?;
    get(app, actor.organization_id, id).await
}

/// Teams whose name or description contains all of the words, by name; none
/// for who may not see teams.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_words(
    app: &App,
    actor: &Actor,
    words: &[String],
    limit: usize,
) -> Result<Vec<TeamView>> {
    if words.is_empty() || !actor.may("team:read") {
        return Ok(Vec::new());
    }
    let rows = store::all(&app.db, actor.organization_id, words, None).await?;
    rows.into_iter().take(limit).map(view).collect()
}

/// Adds a team.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: TeamInput,
    now: Instant,
) -> Result<TeamView> {
    require(actor, "team:manage")?;
    let description = input.description.as_deref().unwrap_or_default();
    let id = add_by(app, actor, &input.name, description, now).await?;
    get(app, actor.organization_id, id).await
}

fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::field("name", "length", "write 1 to 100 characters"));
    }
    Ok(name.to_owned())
}

/// Adds a team without asking who may: for demo data.
///
/// # Errors
/// When the name is blank, too long or taken.
pub async fn add(
    app: &App,
    organization: OrganizationId,
    name: &str,
    description: &str,
    now: Instant,
) -> Result<Uuid> {
    add_by(app, &Actor::system(organization), name, description, now).await
}

async fn add_by(
    app: &App,
    actor: &Actor,
    name: &str,
    description: &str,
    now: Instant,
) -> Result<Uuid> {
    let name = check_name(name)?;
    check_length("description", description, 1000)?;
    let id = clock::new_id();
    let tx = app.db.write("teams.add").await?;
    store::insert(&tx, id, actor.organization_id, &name, description, now).await?;
    announce(&tx, actor, ("team.created", id), vec![name], now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes a team's name, description or strategy.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: TeamPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<TeamView> {
    require(actor, "team:manage")?;
    let organization = actor.organization_id;
    let tx = app.db.write("teams.change").await?;
    let before = store::find(&tx, organization, id).await?;
    let before = view(before.ok_or_else(|| Error::not_found("team", id))?)?;
    seen.check("this team", before.version)?;
    let (version, before) = (before.version, record(before));
    let strategy = patch.assignment_strategy.map(|s| s.map(Strategy::as_str));
    let team = TeamRecord {
        name: check_name(patch.name.as_deref().unwrap_or(&before.name))?,
        description: patch
            .description
            .unwrap_or_else(|| before.description.clone()),
        assignment_strategy: strategy.unwrap_or(before.assignment_strategy),
    };
    check_length("description", &team.description, 1000)?;
    if !store::update(&tx, organization, id, &team, version, now).await? {
        return Err(conditional::stale());
    }
    let changes = changed(&before, &team);
    announce(&tx, actor, ("team.changed", id), changes, now).await?;
    tx.commit().await?;
    get(app, organization, id).await
}

fn record(view: TeamView) -> TeamRecord {
    TeamRecord {
        name: view.name,
        description: view.description,
        assignment_strategy: view.assignment_strategy.map(Strategy::as_str),
    }
}

/// Names of the fields that differ.
fn changed(before: &TeamRecord, after: &TeamRecord) -> Vec<String> {
    let fields = [
        ("name", before.name != after.name),
        ("description", before.description != after.description),
        (
            "assignment_strategy",
            before.assignment_strategy != after.assignment_strategy,
        ),
    ];
    let changed = fields.into_iter().filter(|(_, is_changed)| *is_changed);
    changed.map(|(name, _)| name.to_owned()).collect()
}

/// Writes what happened to a team into `tx`.
async fn announce(
    tx: &Tx,
    actor: &Actor,
    (name, team): (&'static str, Uuid),
    changes: Vec<String>,
    now: Instant,
) -> Result<()> {
    let event = DirectoryEvent {
        name,
        id: team,
        changes,
    };
    events::publish(tx, actor, team, &event, now).await
}

/// Adds a member without asking who may: for demo data.
///
/// # Errors
/// When the database refuses.
pub async fn join(
    app: &App,
    organization: OrganizationId,
    team: Uuid,
    user: Uuid,
    now: Instant,
) -> Result<()> {
    join_by(app, &Actor::system(organization), team, user, now).await
}

async fn join_by(app: &App, actor: &Actor, team: Uuid, user: Uuid, now: Instant) -> Result<()> {
    let tx = app.db.write("teams.join").await?;
    if store::add_member(&tx, actor.organization_id, team, user).await? {
        let who = vec![user.to_string()];
        announce(&tx, actor, ("team.member_added", team), who, now).await?;
    }
    tx.commit().await
}

/// Adds a member.
pub(super) async fn add_member(
    app: &App,
    actor: &Actor,
    team: Uuid,
    user: Uuid,
    now: Instant,
) -> Result<TeamView> {
    require(actor, "team:manage")?;
    get(app, actor.organization_id, team).await?;
    let found = users::store::find(&app.db, actor.organization_id, user).await?;
    found.ok_or_else(|| Error::not_found("user", user))?;
    join_by(app, actor, team, user, now).await?;
    get(app, actor.organization_id, team).await
}

/// The members of a team: leads first, then by name.
pub(super) async fn members(app: &App, actor: &Actor, team: Uuid) -> Result<Vec<MemberView>> {
    require(actor, "team:read")?;
    get(app, actor.organization_id, team).await?;
    let rows = store::members(&app.db, actor.organization_id, team).await?;
    let views = rows.into_iter().map(|row| MemberView {
        user: Reference {
            id: row.user_id,
            name: row.name,
        },
        role: match row.role.as_str() {
            "lead" => MemberRole::Lead,
            _ => MemberRole::Member,
        },
        is_active: row.is_active,
    });
    Ok(views.collect())
}

/// Makes a member lead of the team, or takes that away.
pub(super) async fn change_member(
    app: &App,
    actor: &Actor,
    team: Uuid,
    user: Uuid,
    patch: &MemberPatch,
    now: Instant,
) -> Result<Vec<MemberView>> {
    require(actor, "team:manage")?;
    let tx = app.db.write("teams.change_member").await?;
    let word = patch.role.word();
    if !store::set_role(&tx, actor.organization_id, team, user, word).await? {
        return Err(Error::not_found("member", user));
    }
    let what = vec![user.to_string(), word.to_owned()];
    announce(&tx, actor, ("team.member_changed", team), what, now).await?;
    tx.commit().await?;
    members(app, actor, team).await
}

/// Takes a member out of the team; their tickets stay with them.
pub(super) async fn remove_member(
    app: &App,
    actor: &Actor,
    team: Uuid,
    user: Uuid,
    now: Instant,
) -> Result<()> {
    require(actor, "team:manage")?;
    let tx = app.db.write("teams.remove_member").await?;
    if !store::remove_member(&tx, actor.organization_id, team, user).await? {
        return Err(Error::not_found("member", user));
    }
    let who = vec![user.to_string()];
    announce(&tx, actor, ("team.member_removed", team), who, now).await?;
    tx.commit().await
}

async fn get(app: &App, organization: OrganizationId, id: Uuid) -> Result<TeamView> {
    let row = store::find(&app.db, organization, id).await?;
    view(row.ok_or_else(|| Error::not_found("team", id))?)
}
