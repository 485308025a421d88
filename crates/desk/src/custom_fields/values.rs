//! Values of custom fields, for tickets.

use super::store;
use crate::tickets::service::person;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};
use steward_db::{Executor, Tx};
use steward_domain::custom_fields::model::{Definition, Values};
use steward_domain::custom_fields::rules;
use steward_domain::tickets::policy::sees_internal;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, ErrorCode, Result};
use uuid::Uuid;

/// The fields of a kind, removed ones too.
pub(crate) async fn definitions<E: Executor>(
    db: &E,
    organization: OrganizationId,
    kind: &str,
) -> Result<Vec<Definition>> {
    let rows = store::all(db, organization, Some(kind)).await?;
    rows.iter().map(store::FieldRow::definition).collect()
}

/// The values of a new ticket. With `must_be_complete` it needs every required
/// field that the actor sees.
pub(crate) async fn fill(
    tx: &Tx,
    actor: &Actor,
    kind: &str,
    given: BTreeMap<String, Value>,
    must_be_complete: bool,
) -> Result<Values> {
    let fields = definitions(tx, actor.organization_id, kind).await?;
    let given = given.into_iter().collect();
    let values = rules::filled(&fields, &given, sees_internal(actor), must_be_complete)?;
    check_people(tx, actor, &fields, &Values::new(), &values).await?;
    Ok(values)
}

/// The values of a ticket after a merge patch.
pub(crate) async fn merge(
    tx: &Tx,
    actor: &Actor,
    kind: &str,
    before: &Values,
    patch: BTreeMap<String, Value>,
) -> Result<Values> {
    let fields = definitions(tx, actor.organization_id, kind).await?;
    let patch = patch.into_iter().collect();
    let after = rules::merged(&fields, before, &patch, sees_internal(actor))?;
    check_people(tx, actor, &fields, before, &after).await?;
    Ok(after)
}

/// People that are new in the values are active people of the organization.
async fn check_people(
    tx: &Tx,
    actor: &Actor,
    fields: &[Definition],
    before: &Values,
    after: &Values,
) -> Result<()> {
    for (key, id) in rules::people(fields, after) {
        if before.get(&key) != after.get(&key) {
            let named = person(tx, actor, &format!("custom_fields.{key}"), id).await;
            named.map_err(as_wrong_value)?;
        }
    }
    Ok(())
}

/// A person who does not exist is a wrong value like any other.
fn as_wrong_value(error: Error) -> Error {
    let code = match error.code {
        ErrorCode::ResourceNotFound => ErrorCode::ValidationError,
        code => code,
    };
    Error { code, ..error }
}

/// A changed value, as the timeline tells it.
pub(crate) struct Told {
    pub(crate) field: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    pub(crate) is_internal: bool,
}

/// What differs, one line a field.
pub(crate) async fn changes(
    tx: &Tx,
    organization: OrganizationId,
    kind: &str,
    before: &Values,
    after: &Values,
) -> Result<Vec<Told>> {
    if before == after {
        return Ok(Vec::new());
    }
    let fields = definitions(tx, organization, kind).await?;
    let people = [before, after]
        .into_iter()
        .flat_map(|values| rules::people(&fields, values));
    let ids: Vec<Uuid> = people.map(|(_, id)| id).collect();
    let names: HashMap<String, String> = store::names(tx, organization, &ids)
        .await?
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let word = |key: &str, value: &Value| {
        let name = value.as_str().and_then(|id| names.get(id)).cloned();
        name.unwrap_or_else(|| rules::display(fields.iter().find(|d| d.key == key), value))
    };
    let told = rules::changed(&fields, before, after)
        .into_iter()
        .map(|change| Told {
            field: format!("custom_fields.{}", change.key),
            old: change.old.map(|value| word(change.key, value)),
            new: change.new.map(|value| word(change.key, value)),
            is_internal: change.is_internal,
        });
    Ok(told.collect())
}

/// What the actor reads of a ticket's values: people with their names.
pub(crate) async fn view<E: Executor>(
    db: &E,
    actor: &Actor,
    kind: &str,
    values: &Values,
) -> Result<BTreeMap<String, Value>> {
    if values.is_empty() {
        return Ok(BTreeMap::new());
    }
    let fields = definitions(db, actor.organization_id, kind).await?;
    let mut shown: Map<_, _> = rules::shown(&fields, values, sees_internal(actor));
    let people = rules::people(&fields, &shown);
    let ids: Vec<Uuid> = people.iter().map(|(_, id)| *id).collect();
    let names: HashMap<Uuid, String> = store::names(db, actor.organization_id, &ids)
        .await?
        .into_iter()
        .collect();
    for (key, id) in people {
        shown.insert(key, json!({"id": id, "name": names.get(&id)}));
    }
    Ok(shown.into_iter().collect())
}
