//! Use cases of teams.

use super::dto::{TeamInput, TeamView};
use super::store::{self, TeamRow};
use crate::users::{self, service::require};
use steward_kernel::id::OrganizationId;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

fn view(row: TeamRow) -> TeamView {
    TeamView {
        id: row.id,
        name: row.name,
        description: row.description,
        member_count: row.member_count,
        version: row.version,
    }
}

/// Every team of the organization, by name.
pub(super) async fn list(app: &App, actor: &Actor) -> Result<Vec<TeamView>> {
    require(actor, "team:read")?;
    Ok(store::all(&app.db, actor.organization_id)
        .await?
        .into_iter()
        .map(view)
        .collect())
}

/// Teams whose name contains all of the words, by name; none for who may not
/// see teams.
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
    let matches = |team: &TeamRow| {
        let name = team.name.to_lowercase();
        words.iter().all(|word| name.contains(word.as_str()))
    };
    let rows = store::all(&app.db, actor.organization_id).await?;
    Ok(rows
        .into_iter()
        .filter(matches)
        .take(limit)
        .map(view)
        .collect())
}

/// Adds a team.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: TeamInput,
    now: Instant,
) -> Result<TeamView> {
    require(actor, "team:manage")?;
    let id = add(
        app,
        actor.organization_id,
        &input.name,
        input.description.as_deref().unwrap_or_default(),
        now,
    )
    .await?;
    get(app, actor.organization_id, id).await
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
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::field("name", "length", "write 1 to 100 characters"));
    }
    check_length("description", description, 1000)?;
    let id = clock::new_id();
    let tx = app.db.write("teams.add").await?;
    store::insert(&tx, id, organization, name, description, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a member without asking who may: for demo data.
///
/// # Errors
/// When the database refuses.
pub async fn join(app: &App, organization: OrganizationId, team: Uuid, user: Uuid) -> Result<()> {
    let tx = app.db.write("teams.join").await?;
    store::add_member(&tx, organization, team, user).await?;
    tx.commit().await
}

/// Adds a member.
pub(super) async fn add_member(
    app: &App,
    actor: &Actor,
    team: Uuid,
    user: Uuid,
) -> Result<TeamView> {
    require(actor, "team:manage")?;
    get(app, actor.organization_id, team).await?;
    let found = users::store::find(&app.db, actor.organization_id, user).await?;
    found.ok_or_else(|| Error::not_found("user", user))?;
    join(app, actor.organization_id, team, user).await?;
    get(app, actor.organization_id, team).await
}

async fn get(app: &App, organization: OrganizationId, id: Uuid) -> Result<TeamView> {
    store::find(&app.db, organization, id)
        .await?
        .map(view)
        .ok_or_else(|| Error::not_found("team", id))
}
