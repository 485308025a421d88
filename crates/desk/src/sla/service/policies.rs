//! Use cases of policies.

use super::book;
use super::calendars::{announce, check_name, ensure, refuse_stale, require};
use crate::conditions;
use crate::sla::dto::{
    EscalationRules, Policies, PolicyInput, PolicyPatch, PolicyView, TargetInput, TargetsInput,
};
use crate::sla::store::{self, NewPolicy, PolicyRow};
use serde_json::Value;
use steward_db::{Executor, Tx, time::from_db};
use steward_domain::expr::model::FieldRef;
use steward_domain::expr::{Condition, Field, Fields};
use steward_domain::sla::book::Targets;
use steward_domain::sla::escalation::Escalation;
use steward_domain::sla::model::{Agreement, MAX_MINUTES};
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

fn view(row: PolicyRow) -> Result<PolicyView> {
    let agreement: Agreement = row.agreement.parse().map_err(Error::internal)?;
    let escalation = book::escalation(&row)?;
    let targets: Targets = serde_json::from_value(row.targets).map_err(Error::internal)?;
    Ok(PolicyView {
        id: row.policy_id,
        name: row.name,
        agreement: agreement.into(),
        position: row.position,
        is_active: row.is_active,
        condition: row.condition,
        calendar_id: row.calendar_id,
        targets: targets.into(),
        escalation: escalation.into(),
        version: row.number,
        created_at: from_db(row.policy_created_at),
        updated_at: from_db(row.created_at),
    })
}

/// Every policy of the organization, in their order.
pub(in crate::sla) async fn list(app: &App, actor: &Actor) -> Result<Policies> {
    require(actor, "sla:read")?;
    ensure(app, actor.organization_id).await?;
    let rows = store::policies(&app.db, actor.organization_id).await?;
    let data = rows.into_iter().map(view).collect::<Result<_>>()?;
    Ok(Policies { data })
}

async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<PolicyRow> {
    let row = store::policy(db, actor.organization_id, id).await?;
    row.ok_or_else(|| Error::not_found("policy", id))
}

/// One policy.
pub(in crate::sla) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<PolicyView> {
    require(actor, "sla:read")?;
    view(find(&app.db, actor, id).await?)
}

/// Adds a policy.
pub(in crate::sla) async fn create(
    app: &App,
    actor: &Actor,
    input: PolicyInput,
    now: Instant,
) -> Result<PolicyView> {
    require(actor, "sla:manage")?;
    check_condition(&app.db, actor, input.condition.as_ref()).await?;
    ensure(app, actor.organization_id).await?;
    let tx = app.db.write("sla.policy_create").await?;
    store::lock(&tx, actor.organization_id).await?;
    let all = store::policies(&tx, actor.organization_id).await?;
    let first = all.first().map_or(1000, |row| row.position);
    let new = NewPolicy {
        version_id: clock::new_id(),
        policy_id: clock::new_id(),
        name: input.name,
        agreement: Agreement::from(input.agreement).as_str(),
        position: input.position.unwrap_or_else(|| (first - 10).max(0)),
        is_active: input.is_active.unwrap_or(true),
        condition: input.condition,
        calendar_id: input.calendar_id,
        targets: targets(input.targets)?,
        escalation: input.escalation.map(escalation).transpose()?,
        created_by: Some(actor.user_id.0),
    };
    save(tx, actor, new, now).await
}

/// Makes a new version of a policy.
pub(in crate::sla) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: PolicyPatch,
    if_match: Option<i64>,
    now: Instant,
) -> Result<PolicyView> {
    require(actor, "sla:manage")?;
    // One that stays as it is stays right, whatever became of its fields.
    let condition = patch.condition.as_ref().and_then(Option::as_ref);
    check_condition(&app.db, actor, condition).await?;
    let tx = app.db.write("sla.policy_update").await?;
    store::lock(&tx, actor.organization_id).await?;
    let row = find(&tx, actor, id).await?;
    refuse_stale("policy", row.number, if_match)?;
    let agreement: Agreement = row.agreement.parse().map_err(Error::internal)?;
    let new = NewPolicy {
        version_id: clock::new_id(),
        policy_id: id,
        name: patch.name.unwrap_or(row.name),
        agreement: agreement.as_str(),
        position: patch.position.unwrap_or(row.position),
        is_active: patch.is_active.unwrap_or(row.is_active),
        condition: patch.condition.unwrap_or(row.condition),
        calendar_id: patch.calendar_id.unwrap_or(row.calendar_id),
        targets: patch.targets.map_or(Ok(row.targets), targets)?,
        escalation: match patch.escalation {
            Some(rules) => Some(escalation(rules)?),
            None => row.escalation,
        },
        created_by: Some(actor.user_id.0),
    };
    save(tx, actor, new, now).await
}

/// Removes a policy; clocks that run under it go on.
pub(in crate::sla) async fn delete(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<()> {
    require(actor, "sla:manage")?;
    let tx = app.db.write("sla.policy_delete").await?;
    store::lock(&tx, actor.organization_id).await?;
    let row = find(&tx, actor, id).await?;
    store::delete_policy(&tx, id, now).await?;
    announce(&tx, actor, ("policy", id, &row.name, None), now).await?;
    tx.commit().await
}

async fn save(tx: Tx, actor: &Actor, new: NewPolicy, now: Instant) -> Result<PolicyView> {
    check(&tx, actor, &new).await?;
    let (id, name) = (new.policy_id, new.name.clone());
    store::save_policy(&tx, actor.organization_id, new, now).await?;
    let row = find(&tx, actor, id).await?;
    let what = ("policy", id, name.as_str(), Some(row.number));
    announce(&tx, actor, what, now).await?;
    tx.commit().await?;
    view(row)
}

/// Reads the condition of a policy. It cannot look at what came of policies.
pub(super) fn read_condition(fields: &Fields, field: &str, value: &Value) -> Result<Condition> {
    let condition = conditions::read(fields, field, value)?;
    for (place, test) in condition.tests() {
        if is_outcome(&test.field) {
            let message = "a policy cannot depend on what comes of it";
            let place = format!("{field}{place}/field");
            return Err(Error::field(place, "unknown_field", message));
        }
    }
    for (place, cel) in condition.cels() {
        if cel.fields().iter().any(is_outcome) {
            let message = "a policy cannot depend on what comes of it";
            let place = format!("{field}{place}");
            return Err(Error::field(place, "unknown_field", message));
        }
    }
    Ok(condition)
}

const fn is_outcome(field: &FieldRef) -> bool {
    matches!(
        field,
        FieldRef::Own(Field::SlaResponse | Field::SlaResolution)
    )
}

fn escalation(rules: EscalationRules) -> Result<Value> {
    let rules = Escalation::from(rules).checked()?;
    serde_json::to_value(rules).map_err(Error::internal)
}

fn targets(input: TargetsInput) -> Result<Value> {
    check_targets("", input)?;
    serde_json::to_value(Targets::from(input)).map_err(Error::internal)
}

/// Refuses targets out of bounds; `inside` stands before the names of fields.
pub(super) fn check_targets(inside: &str, input: TargetsInput) -> Result<()> {
    for (name, target) in [
        ("critical", input.critical),
        ("high", input.high),
        ("medium", input.medium),
        ("low", input.low),
    ] {
        check_target(inside, name, target)?;
    }
    Ok(())
}

fn check_target(inside: &str, priority: &str, target: TargetInput) -> Result<()> {
    for (metric, minutes) in [
        ("response_minutes", target.response_minutes),
        ("resolution_minutes", target.resolution_minutes),
        ("next_update_minutes", target.next_update_minutes),
    ] {
        if minutes.is_some_and(|m| !(0..=MAX_MINUTES).contains(&m)) {
            let field = format!("{inside}targets.{priority}.{metric}");
            let hint = "from 0 to 52,704,000 minutes";
            return Err(Error::field(field, "out_of_range", hint));
        }
    }
    Ok(())
}

async fn check_condition<E: Executor>(
    db: &E,
    actor: &Actor,
    condition: Option<&Value>,
) -> Result<()> {
    let Some(condition) = condition else {
        return Ok(());
    };
    let fields = conditions::known_fields(db, actor.organization_id).await?;
    read_condition(&fields, "condition", condition).map(drop)
}

async fn check(tx: &Tx, actor: &Actor, new: &NewPolicy) -> Result<()> {
    check_name(&new.name)?;
    if !(0..=1_000_000).contains(&new.position) {
        let hint = "from 0 to 1,000,000";
        return Err(Error::field("position", "out_of_range", hint));
    }
    let targets: Targets = serde_json::from_value(new.targets.clone()).map_err(Error::internal)?;
    let calendars = store::calendars(tx, actor.organization_id).await?;
    for (field, id) in [
        ("calendar_id", Some(new.calendar_id)),
        ("targets.critical.calendar_id", targets.critical.calendar_id),
        ("targets.high.calendar_id", targets.high.calendar_id),
        ("targets.medium.calendar_id", targets.medium.calendar_id),
        ("targets.low.calendar_id", targets.low.calendar_id),
    ] {
        let is_unknown = id.is_some_and(|id| !calendars.iter().any(|c| c.calendar_id == id));
        if is_unknown {
            let hint = "there is no such calendar in your organization";
            return Err(Error::unknown(field, hint));
        }
    }
    Ok(())
}
