//! Use cases of custom fields.

use super::dto::{
    CustomFieldInput, CustomFieldPatch, CustomFieldQuery, CustomFieldView, FieldOption,
};
use super::store::{self, FieldRow};
use steward_db::{Executor, Tx, time::from_db};
use steward_domain::custom_fields::model::Definition;
use steward_domain::custom_fields::{conditions, rules};
use steward_domain::expr::Fields;
use steward_domain::tickets::model::Kind;
use steward_domain::tickets::policy::sees_internal;
use steward_identity::organizations;
use steward_kernel::id::OrganizationId;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::{IfMatch, Page, Pagination};
use steward_platform::{App, clock};
use uuid::Uuid;

const MANAGE: &str = "custom_field:manage";

fn manages(actor: &Actor) -> Result<()> {
    if actor.may(MANAGE) {
        Ok(())
    } else {
        Err(Error::forbidden(MANAGE))
    }
}

/// Everyone who reads tickets sees the fields that requesters fill; the
/// internal ones are for those who read internal notes.
fn is_seen(actor: &Actor, row: &FieldRow) -> bool {
    row.deleted_at.is_none() && (!row.is_internal || sees_internal(actor) || actor.may(MANAGE))
}

async fn seen<E: Executor>(db: &E, actor: &Actor, kind: Option<&str>) -> Result<Vec<FieldRow>> {
    if !actor.may("ticket:read") && !actor.may(MANAGE) {
        return Err(Error::forbidden("ticket:read"));
    }
    let mut rows = store::all(db, actor.organization_id, kind).await?;
    rows.retain(|row| is_seen(actor, row));
    Ok(rows)
}

async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<FieldRow> {
    let mut rows = seen(db, actor, None).await?.into_iter();
    rows.find(|row| row.id == id)
        .ok_or_else(|| Error::not_found("custom field", id))
}

fn view(row: FieldRow) -> Result<CustomFieldView> {
    let definition = row.definition()?;
    Ok(CustomFieldView {
        id: row.id,
        kind: row.kind,
        key: row.key,
        type_: row.r#type,
        label: row.label,
        help: row.help,
        is_required: row.is_required,
        is_internal: row.is_internal,
        is_active: row.is_active,
        default: definition.default,
        options: definition
            .options
            .into_iter()
            .map(FieldOption::from)
            .collect(),
        position: row.position,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    })
}

/// The fields that conditions of an organization can test. Removed ones stay:
/// tickets still have their values, and kept conditions their meaning.
pub(crate) async fn condition_fields<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Fields> {
    let rows = store::all(db, organization, None).await?;
    let definitions: Result<Vec<Definition>> = rows.iter().map(FieldRow::definition).collect();
    Ok(conditions::fields(&definitions?))
}

/// A page of the fields, by kind, in the order of the screen.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: &CustomFieldQuery,
) -> Result<Page<CustomFieldView>> {
    let request = PageRequest::new(query.page, query.per_page, None)?;
    let Position::Page(page) = request.position else {
        return Err(Error::internal("this list is paged by page"));
    };
    let kind = query.kind.map(|kind| Kind::from(kind).as_str());
    let mut rows = seen(&app.db, actor, kind).await?;
    rows.retain(|row| query.is_active.is_none_or(|wanted| row.is_active == wanted));
    let per_page = usize::try_from(request.per_page).unwrap_or(usize::MAX);
    let skipped = usize::try_from(page - 1)
        .unwrap_or(usize::MAX)
        .saturating_mul(per_page);
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let has_next = skipped.saturating_add(per_page) < rows.len();
    let rows = rows.into_iter().skip(skipped).take(per_page);
    Ok(Page {
        data: rows.map(view).collect::<Result<_>>()?,
        pagination: Pagination::new(&request, total, has_next, None),
    })
}

/// One field.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<CustomFieldView> {
    view(find(&app.db, actor, id).await?)
}

/// Adds a field; new and open tickets have it from now on.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: CustomFieldInput,
    now: Instant,
) -> Result<CustomFieldView> {
    manages(actor)?;
    let kind = Kind::from(input.kind).as_str();
    let mut field = Definition {
        key: input.key,
        field_type: input.type_.into(),
        label: input.label,
        help: input.help.unwrap_or_default(),
        is_required: input.is_required.unwrap_or(false),
        is_internal: input.is_internal.unwrap_or(false),
        is_active: input.is_active.unwrap_or(true),
        default: input.default,
        options: options(input.options.unwrap_or_default()),
        position: input.position.unwrap_or(0),
    };
    rules::check_definition(&mut field)?;
    let tx = app.db.write("custom_fields.create").await?;
    organizations::hold(&tx, actor.organization_id).await?;
    let rows = store::all(&tx, actor.organization_id, None).await?;
    check_room(&rows, kind, &field)?;
    let id = clock::new_id();
    store::insert(&tx, actor.organization_id, id, kind, &field, now).await?;
    finish(tx, actor, id).await
}

fn options(options: Vec<FieldOption>) -> Vec<steward_domain::custom_fields::model::Choice> {
    options.into_iter().map(Into::into).collect()
}

/// Refuses a key that is used, or that means another type elsewhere.
fn check_room(rows: &[FieldRow], kind: &str, field: &Definition) -> Result<()> {
    let (key, type_) = (&field.key, field.field_type.as_str());
    let conflict = |detail: String| Err(Error::new(ErrorCode::ResourceConflict, detail));
    let of_kind = || rows.iter().filter(|row| row.kind == kind);
    let other = rows
        .iter()
        .find(|row| row.key == *key && row.r#type != type_);
    match of_kind().find(|row| row.key == *key) {
        Some(row) if row.deleted_at.is_some() => conflict(format!(
            "a field that was removed had the key {key}, and tickets may have its values; choose another key"
        )),
        Some(_) => conflict(format!("there is a field with the key {key} already")),
        None if let Some(other) = other => conflict(format!(
            "the key {key} is of type {} for tickets of kind {}; choose that type or another key",
            other.r#type, other.kind
        )),
        None if of_kind().count() >= rules::MOST_FIELDS => conflict(format!(
            "a kind of ticket has at most {} fields, removed ones included",
            rules::MOST_FIELDS
        )),
        None => Ok(()),
    }
}

/// The field under change, behind its lock.
async fn open(app: &App, actor: &Actor, id: Uuid, if_match: IfMatch) -> Result<(Tx, FieldRow)> {
    let tx = app.db.write("custom_fields.change").await?;
    organizations::hold(&tx, actor.organization_id).await?;
    let row = find(&tx, actor, id).await?;
    manages(actor)?;
    if_match.check(&format!("the field {}", row.key), row.version)?;
    Ok((tx, row))
}

/// Changes a field; values that tickets have stay.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: CustomFieldPatch,
    if_match: IfMatch,
    now: Instant,
) -> Result<CustomFieldView> {
    let (tx, row) = open(app, actor, id, if_match).await?;
    let mut field = row.definition()?;
    field.label = patch.label.unwrap_or(field.label);
    field.help = patch.help.unwrap_or(field.help);
    field.is_required = patch.is_required.unwrap_or(field.is_required);
    field.is_internal = patch.is_internal.unwrap_or(field.is_internal);
    field.is_active = patch.is_active.unwrap_or(field.is_active);
    field.position = patch.position.unwrap_or(field.position);
    if let Some(new) = patch.options {
        field.options = options(new);
        rules::drop_lost_default(&mut field);
    }
    if let Some(default) = patch.default {
        field.default = default;
    }
    rules::check_definition(&mut field)?;
    store::save(&tx, actor.organization_id, id, &field, now).await?;
    finish(tx, actor, id).await
}

/// Removes a field from forms; tickets keep their values.
pub(super) async fn delete(
    app: &App,
    actor: &Actor,
    id: Uuid,
    if_match: IfMatch,
    now: Instant,
) -> Result<()> {
    let (tx, _) = open(app, actor, id, if_match).await?;
    store::remove(&tx, actor.organization_id, id, now).await?;
    tx.commit().await
}

async fn finish(tx: Tx, actor: &Actor, id: Uuid) -> Result<CustomFieldView> {
    let view = view(find(&tx, actor, id).await?)?;
    tx.commit().await?;
    Ok(view)
}
