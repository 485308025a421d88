//! Use cases of departments.

use crate::directory::dto::{DepartmentInput, DepartmentPatch, DepartmentView, DirectoryQuery};
use crate::directory::store::{self, DepartmentRecord, DepartmentRow, Listing};
use crate::users;
use crate::users::dto::Reference;
use crate::users::service::require;
use steward_db::Tx;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::{IfMatch, Page, conditional};
use steward_platform::{App, clock};
use uuid::Uuid;

fn reference(id: Option<Uuid>, name: Option<String>) -> Option<Reference> {
    let (id, name) = (id?, name?);
    Some(Reference { id, name })
}

fn view(row: DepartmentRow) -> DepartmentView {
    DepartmentView {
        id: row.id,
        name: row.name,
        parent: reference(row.parent_id, row.parent_name),
        manager: reference(row.manager_id, row.manager_name),
        member_count: row.member_count,
        version: row.version,
    }
}

/// A page of the departments.
pub(in crate::directory) async fn list(
    app: &App,
    actor: &Actor,
    query: DirectoryQuery,
) -> Result<Page<DepartmentView>> {
    require(actor, "user:read")?;
    let listing = Listing::of(query)?;
    let rows = store::departments(&app.db, actor.organization_id, &listing).await?;
    let total = store::count(&app.db, "departments", actor.organization_id, &listing).await?;
    Ok(listing.page(rows.into_iter().map(view).collect(), total))
}

/// One department.
pub(in crate::directory) async fn get(
    app: &App,
    actor: &Actor,
    id: Uuid,
) -> Result<DepartmentView> {
    require(actor, "user:read")?;
    let row = store::department(&app.db, actor.organization_id, id).await?;
    row.map(view)
        .ok_or_else(|| Error::not_found("department", id))
}

/// Adds a department.
pub(in crate::directory) async fn create(
    app: &App,
    actor: &Actor,
    input: DepartmentInput,
    now: Instant,
) -> Result<DepartmentView> {
    require(actor, "department:manage")?;
    let id = clock::new_id();
    let record = DepartmentRecord {
        name: store::check_name(&input.name)?,
        parent_id: input.parent_id,
        manager_id: input.manager_id,
    };
    let tx = app.db.write("departments.create").await?;
    check_references(&tx, actor, id, &record).await?;
    store::insert_department(&tx, actor.organization_id, id, &record, now).await?;
    tx.commit().await?;
    get(app, actor, id).await
}

/// Changes a department.
pub(in crate::directory) async fn change(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: DepartmentPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<DepartmentView> {
    require(actor, "department:manage")?;
    let organization = actor.organization_id;
    let tx = app.db.write("departments.change").await?;
    let before = store::department(&tx, organization, id).await?;
    let before = before.ok_or_else(|| Error::not_found("department", id))?;
    seen.check("this department", before.version)?;
    let record = DepartmentRecord {
        name: store::check_name(patch.name.as_deref().unwrap_or(&before.name))?,
        parent_id: patch.parent_id.unwrap_or(before.parent_id),
        manager_id: patch.manager_id.unwrap_or(before.manager_id),
    };
    check_references(&tx, actor, id, &record).await?;
    if !store::update_department(&tx, organization, id, &record, before.version, now).await? {
        return Err(conditional::stale());
    }
    tx.commit().await?;
    get(app, actor, id).await
}

async fn check_references(
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    record: &DepartmentRecord,
) -> Result<()> {
    let organization = actor.organization_id;
    let unknown = |field: &'static str, id: Uuid| {
        let message = format!("{id} was not found in your organization");
        Error::unknown(field, message)
    };
    if let Some(parent) = record.parent_id {
        if !store::has_department(tx, organization, parent).await? {
            return Err(unknown("parent_id", parent));
        }
        if store::is_below(tx, parent, id).await? {
            let message = "a department cannot stand below itself";
            return Err(Error::field("parent_id", "cycle", message));
        }
    }
    if let Some(manager) = record.manager_id {
        let found = users::store::find(tx, organization, manager).await?;
        found.ok_or_else(|| unknown("manager_id", manager))?;
    }
    Ok(())
}

/// Removes a department without people and without departments below it.
pub(in crate::directory) async fn delete(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    require(actor, "department:manage")?;
    let tx = app.db.write("departments.delete").await?;
    let row = store::department(&tx, actor.organization_id, id).await?;
    let row = row.ok_or_else(|| Error::not_found("department", id))?;
    let below = store::departments_below(&tx, actor.organization_id, id).await?;
    if store::is_used(&tx, "department_id", actor.organization_id, id).await? || below > 0 {
        let detail = format!(
            "people or other departments belong to {}; move them first",
            row.name
        );
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    store::delete(&tx, "departments", actor.organization_id, id).await?;
    tx.commit().await
}
