//! Use cases of saved views.

use super::dto::{ScopeInput, ViewCount, ViewCounts, ViewInput, ViewList, ViewPatch, ViewView};
use super::store::{self, ViewFields, ViewRow};
use crate::tickets::dto::{ActionView, Reference};
use crate::tickets::service::{check_filters, count_many};
use serde_json::json;
use std::collections::BTreeMap;
use steward_db::{Executor, Tx, time::from_db};
use steward_domain::tickets::allowed::{AllowedAction, Refused};
use steward_domain::views::policy::{self, Sharing};
use steward_domain::views::rules;
use steward_domain::views::system::{self, SYSTEM_VIEWS, SystemView};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::IfMatch;
use steward_platform::{App, clock};
use uuid::Uuid;

/// Views of the product, for those who work tickets.
fn offered(actor: &Actor) -> &'static [SystemView] {
    if actor.may("ticket:work") {
        SYSTEM_VIEWS
    } else {
        &[]
    }
}

/// Every view that the actor sees.
pub(super) async fn list(app: &App, actor: &Actor) -> Result<ViewList> {
    let chosen = store::chosen(&app.db, actor).await?;
    let data = seen(app, actor, chosen).await?;
    Ok(ViewList { data })
}

async fn seen(app: &App, actor: &Actor, chosen: Option<Uuid>) -> Result<Vec<ViewView>> {
    let mut data: Vec<ViewView> = offered(actor)
        .iter()
        .zip(0..)
        .map(|(view, position)| of_system(view, position, chosen))
        .collect();
    for row in store::all(&app.db, actor).await? {
        data.push(of_row(actor, row, chosen)?);
    }
    Ok(data)
}

/// For every view the number of tickets that the actor sees under it.
pub(super) async fn counts(app: &App, actor: &Actor, now: Instant) -> Result<ViewCounts> {
    // Which one is the default does not matter here.
    let views = seen(app, actor, None).await?;
    let filters: Vec<_> = views.iter().map(|view| &view.filters).collect();
    let counted = count_many(app, actor, &filters, rules::MOST_COUNTED, now).await?;
    let count = |(view, counted): (&ViewView, Option<(i64, bool)>)| ViewCount {
        view_id: view.id,
        count: counted.map(|(count, _)| count),
        is_capped: counted.is_some_and(|(_, is_capped)| is_capped),
    };
    Ok(ViewCounts {
        data: views.iter().zip(counted).map(count).collect(),
    })
}

/// One view.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<ViewView> {
    load(&app.db, actor, id).await
}

async fn load<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<ViewView> {
    let chosen = store::chosen(db, actor).await?;
    if let Some((view, position)) = offered(actor).iter().zip(0..).find(|(v, _)| v.id() == id) {
        return Ok(of_system(view, position, chosen));
    }
    let row = store::find(db, actor, id).await?;
    of_row(
        actor,
        row.ok_or_else(|| Error::not_found("view", id))?,
        chosen,
    )
}

/// Saves a view.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: ViewInput,
    now: Instant,
) -> Result<ViewView> {
    if !actor.may("ticket:read") {
        return Err(Error::forbidden("ticket:read"));
    }
    let filters = input.filters.unwrap_or_default();
    let columns = input.columns.unwrap_or_default();
    let sharing = sharing(input.scope.unwrap_or(ScopeInput::Mine), input.team_id)?;
    let (scope, team_id) = words(sharing);
    let fields = ViewFields {
        scope,
        team_id,
        name: input.name.trim().to_owned(),
        filters: json!(filters),
        sort: input.sort,
        columns: json!(columns),
        layout: word(input.layout)?,
        group_by: word(input.group_by)?,
        position: input.position.unwrap_or(0),
    };
    check(app, actor, &fields, &filters, &columns, now).await?;
    let tx = app.db.write("views.create").await?;
    authorize(&tx, actor, sharing).await?;
    rules::check_room(store::count_own(&tx, actor).await?)?;
    let id = clock::new_id();
    store::insert(&tx, id, actor, &fields, now).await?;
    finish(tx, actor, id).await
}

/// Changes a view. Sharing it with others needs the right to share with them.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: ViewPatch,
    if_match: IfMatch,
    now: Instant,
) -> Result<ViewView> {
    let row = changeable(&app.db, actor, id, if_match).await?;
    let name = patch.name.unwrap_or_else(|| row.name.clone());
    let filters = match patch.filters {
        Some(filters) => filters,
        None => read(&row.filters)?,
    };
    let columns = match patch.columns {
        Some(columns) => columns,
        None => read(&row.columns)?,
    };
    let old = stored(&row)?;
    let new = match (patch.scope, patch.team_id) {
        (None, None) => old,
        (None, team) => sharing(scope_of(old), team)?,
        (Some(scope), team) => sharing(
            scope,
            team.or(row.team_id.filter(|_| scope == ScopeInput::Team)),
        )?,
    };
    let (scope, team_id) = words(new);
    let fields = ViewFields {
        scope,
        team_id,
        name: name.trim().to_owned(),
        filters: json!(filters),
        sort: patch.sort.unwrap_or(row.sort),
        columns: json!(columns),
        layout: patch.layout.map_or(Ok(row.layout), word)?,
        group_by: patch.group_by.map_or(Ok(row.group_by), word)?,
        position: patch.position.unwrap_or(row.position),
    };
    check(app, actor, &fields, &filters, &columns, now).await?;
    let tx = app.db.write("views.update").await?;
    if new != old {
        authorize(&tx, actor, new).await?;
    }
    if !store::save(&tx, actor, id, row.version, &fields, now).await? {
        return Err(changed_meanwhile());
    }
    finish(tx, actor, id).await
}

/// Deletes a view.
pub(super) async fn delete(app: &App, actor: &Actor, id: Uuid, if_match: IfMatch) -> Result<()> {
    let row = changeable(&app.db, actor, id, if_match).await?;
    let tx = app.db.write("views.delete").await?;
    if !store::remove(&tx, actor, id, row.version).await? {
        return Err(changed_meanwhile());
    }
    tx.commit().await
}

/// Makes a view the actor's default.
pub(super) async fn choose(app: &App, actor: &Actor, id: Uuid) -> Result<ViewView> {
    let tx = app.db.write("views.choose").await?;
    load(&tx, actor, id).await?;
    store::choose(&tx, actor, id).await?;
    finish(tx, actor, id).await
}

/// Takes the actor's default back.
pub(super) async fn unchoose(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    let tx = app.db.write("views.unchoose").await?;
    if !store::unchoose(&tx, actor, id).await? {
        return Err(Error::not_found("default view", id));
    }
    tx.commit().await
}

async fn finish(tx: Tx, actor: &Actor, id: Uuid) -> Result<ViewView> {
    let view = load(&tx, actor, id).await?;
    tx.commit().await?;
    Ok(view)
}

/// A view that the actor may change: seen, not of the product, of the version seen.
async fn changeable<E: Executor>(
    db: &E,
    actor: &Actor,
    id: Uuid,
    if_match: IfMatch,
) -> Result<ViewRow> {
    if let Some(view) = system::find(id).filter(|_| !offered(actor).is_empty()) {
        let detail = format!(
            "'{}' comes with the product; save a view of your own",
            view.name
        );
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let row = store::find(db, actor, id).await?;
    let row = row.ok_or_else(|| Error::not_found("view", id))?;
    if !policy::may_change(actor, row.owner_id.into(), stored(&row)?) {
        return Err(Error::forbidden("view:share"));
    }
    if_match.check("the view", row.version)?;
    Ok(row)
}

fn changed_meanwhile() -> Error {
    let detail = "the view was changed meanwhile; load it again and repeat your change";
    Error::new(ErrorCode::PreconditionFailed, detail)
}

async fn check(
    app: &App,
    actor: &Actor,
    fields: &ViewFields,
    filters: &BTreeMap<String, String>,
    columns: &[String],
    now: Instant,
) -> Result<()> {
    rules::check_name(&fields.name)?;
    rules::check_columns(columns)?;
    if !(0..=rules::MAX_POSITION).contains(&fields.position) {
        let message = format!("write 0 to {}", rules::MAX_POSITION);
        return Err(Error::field("position", "out_of_range", message));
    }
    rules::check_filters(filters.iter().map(|(n, v)| (n.as_str(), v.as_str())))?;
    check_filters(app, actor, filters, fields.sort.as_deref(), now).await
}

/// From the words of the API.
fn sharing(scope: ScopeInput, team: Option<Uuid>) -> Result<Sharing> {
    match (scope, team) {
        (ScopeInput::Mine, None) => Ok(Sharing::Mine),
        (ScopeInput::Organization, None) => Ok(Sharing::Organization),
        (ScopeInput::Team, Some(team)) => Ok(Sharing::Team(team.into())),
        (ScopeInput::Team, None) => {
            let message = "name the team to share it with";
            Err(Error::field("team_id", "required", message))
        }
        (_, Some(_)) => {
            let message = "a team belongs to the scope team only";
            Err(Error::field("team_id", "conflict", message))
        }
    }
}

const fn scope_of(sharing: Sharing) -> ScopeInput {
    match sharing {
        Sharing::Mine => ScopeInput::Mine,
        Sharing::Team(_) => ScopeInput::Team,
        Sharing::Organization => ScopeInput::Organization,
    }
}

/// As the table has it.
const fn words(sharing: Sharing) -> (&'static str, Option<Uuid>) {
    match sharing {
        Sharing::Mine => ("mine", None),
        Sharing::Team(team) => ("team", Some(team.0)),
        Sharing::Organization => ("organization", None),
    }
}

fn stored(row: &ViewRow) -> Result<Sharing> {
    match (row.scope.as_str(), row.team_id) {
        ("mine", _) => Ok(Sharing::Mine),
        ("organization", _) => Ok(Sharing::Organization),
        ("team", Some(team)) => Ok(Sharing::Team(team.into())),
        _ => Err(Error::internal(format!("view {} has no scope", row.id))),
    }
}

async fn authorize(tx: &Tx, actor: &Actor, sharing: Sharing) -> Result<()> {
    if let Sharing::Team(team) = sharing
        && !store::has_team(tx, actor, team.0).await?
    {
        let message = format!("{team} was not found in your organization");
        return Err(Error::unknown("team_id", message));
    }
    if policy::may_share(actor, sharing) {
        Ok(())
    } else {
        Err(Error::forbidden("view:share"))
    }
}

/// The word of a choice, as the table has it.
fn word<T: serde::Serialize>(choice: Option<T>) -> Result<Option<String>> {
    let word = serde_json::to_value(choice).map_err(Error::internal)?;
    Ok(word.as_str().map(str::to_owned))
}

/// The choice that a word of the table stands for.
fn choice<T: serde::de::DeserializeOwned>(word: Option<String>) -> Result<Option<T>> {
    read(&json!(word))
}

fn read<T: serde::de::DeserializeOwned>(value: &serde_json::Value) -> Result<T> {
    serde_json::from_value(value.clone()).map_err(Error::internal)
}

fn of_system(view: &SystemView, position: i32, chosen: Option<Uuid>) -> ViewView {
    let filters = view.filters.iter();
    ViewView {
        id: view.id(),
        key: Some(view.key.to_owned()),
        name: view.name.to_owned(),
        scope: "system".to_owned(),
        team: None,
        owner: None,
        filters: filters
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        sort: Some(view.sort.to_owned()),
        columns: Vec::new(),
        layout: None,
        group_by: None,
        position,
        is_default: chosen == Some(view.id()),
        allowed_actions: actions(Some(Refused::because(
            "built_in",
            &"it comes with the product; save a view of your own",
        ))),
        version: 1,
        created_at: None,
        updated_at: None,
    }
}

fn of_row(actor: &Actor, row: ViewRow, chosen: Option<Uuid>) -> Result<ViewView> {
    let may = policy::may_change(actor, row.owner_id.into(), stored(&row)?);
    let refusal = (!may).then(|| Refused::lacking("view:share"));
    let team = row.team_id.zip(row.team_name);
    Ok(ViewView {
        id: row.id,
        key: None,
        name: row.name,
        scope: row.scope,
        team: team.map(|(id, name)| Reference { id, name }),
        owner: Some(Reference {
            id: row.owner_id,
            name: row.owner_name.trim().to_owned(),
        }),
        filters: read(&row.filters)?,
        sort: row.sort,
        columns: read(&row.columns)?,
        layout: choice(row.layout)?,
        group_by: choice(row.group_by)?,
        position: row.position,
        is_default: chosen == Some(row.id),
        allowed_actions: actions(refusal),
        version: row.version,
        created_at: Some(from_db(row.created_at)),
        updated_at: Some(from_db(row.updated_at)),
    })
}

fn actions(refusal: Option<Refused>) -> Vec<ActionView> {
    ["update", "delete"]
        .map(|verb| AllowedAction::new(verb, refusal.clone()).into())
        .into()
}
