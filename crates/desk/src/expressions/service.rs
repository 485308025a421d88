//! Use cases of conditions that people build.

use super::dto::{
    ConditionCheckInput, ConditionCheckView, ConditionProblem, FieldList, FieldView, OperatorView,
};
use super::store;
use crate::conditions::{authorize, bound, known_fields};
use crate::tickets;
use serde_json::Value;
use std::collections::BTreeMap;
use steward_domain::expr::check::{self, Terms};
use steward_domain::expr::model::{FieldRef, Operand, Takes, Type};
use steward_domain::expr::sentence::sentence;
use steward_domain::expr::{Cel, Condition, Facts, Problem, schema as form};
use steward_kernel::{Actor, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// Every field, with what it takes.
pub(super) async fn fields(app: &App, actor: &Actor) -> Result<FieldList> {
    authorize(actor)?;
    let fields = known_fields(&app.db, actor.organization_id).await?;
    let view = |field: &FieldRef| FieldView {
        name: field.name(),
        label: fields.label(field),
        type_: field.value_type().as_str().to_owned(),
        can_be_empty: field.can_be_empty(),
        operators: operators(field),
        words: fields.words(field),
    };
    Ok(FieldList {
        data: fields.all().iter().map(view).collect(),
    })
}

fn operators(field: &FieldRef) -> Vec<OperatorView> {
    let known = field.value_type().operators(field.can_be_empty());
    let view = |op: &steward_domain::expr::Operator| OperatorView {
        op: op.as_str().to_owned(),
        takes: op.takes().as_str().to_owned(),
        needs_person: op.needs_actor(),
    };
    known.iter().map(view).collect()
}

/// The form as JSON Schema.
pub(super) fn schema(actor: &Actor) -> Result<Value> {
    authorize(actor)?;
    Ok(form::schema())
}

/// Checks a condition and says what it matches.
pub(super) async fn check(
    app: &App,
    actor: &Actor,
    input: ConditionCheckInput,
    now: Instant,
) -> Result<ConditionCheckView> {
    authorize(actor)?;
    let fields = known_fields(&app.db, actor.organization_id).await?;
    let terms = Terms {
        fields: &fields,
        has_actor: !input.without_person.unwrap_or(false),
        has_cel: true,
    };
    let condition = match check::read(&input.condition, terms) {
        Ok(condition) => condition,
        Err(problems) => return Ok(wrong(problems)),
    };
    let names = store::names(&app.db, actor, &references(&condition)).await?;
    let strangers = strangers(&condition, &names);
    if !strangers.is_empty() {
        return Ok(wrong(strangers));
    }
    let predicate = bound(actor, &condition, now);
    let (matches, is_capped) = tickets::service::count_open(app, actor, &predicate).await?;
    let facts = match &input.ticket {
        Some(key) => Some(tickets::service::find(&app.db, actor, key).await?.facts()),
        None => None,
    };
    let unanswered = facts
        .as_ref()
        .map(|facts| unanswered(&condition, facts, now));
    let name = |kind, id| names.get(&(kind, id)).cloned();
    Ok(ConditionCheckView {
        is_valid: true,
        sentence: Some(sentence(&condition, &fields, &name)),
        matches: Some(matches),
        is_capped,
        matches_ticket: facts.map(|facts| predicate.matches(&facts)),
        ticket_errors: views(unanswered.unwrap_or_default()),
        errors: Vec::new(),
    })
}

/// Texts in CEL that have no answer for a ticket, and therefore do not match.
fn unanswered(condition: &Condition, facts: &Facts, now: Instant) -> Vec<Problem> {
    let problem = |(pointer, cel): (String, &Cel)| {
        let why = cel.answer(facts, now).err()?;
        Some(Problem {
            pointer,
            code: "no_answer",
            message: why,
            hint: Some("it counts as false".to_owned()),
            place: None,
        })
    };
    condition.cels().into_iter().filter_map(problem).collect()
}

fn views(problems: Vec<Problem>) -> Vec<ConditionProblem> {
    let view = |problem: Problem| ConditionProblem {
        pointer: problem.pointer,
        code: problem.code.to_owned(),
        message: problem.message,
        hint: problem.hint,
        line: problem.place.map(|place| place.line),
        column: problem.place.map(|place| place.column),
    };
    problems.into_iter().map(view).collect()
}

fn wrong(problems: Vec<Problem>) -> ConditionCheckView {
    ConditionCheckView {
        is_valid: false,
        sentence: None,
        matches: None,
        is_capped: false,
        matches_ticket: None,
        ticket_errors: Vec::new(),
        errors: views(problems),
    }
}

/// Ids that a condition names, by what they are.
fn references(condition: &Condition) -> BTreeMap<Type, Vec<Uuid>> {
    let mut found: BTreeMap<Type, Vec<Uuid>> = BTreeMap::new();
    for (_, test) in condition.tests() {
        if let Operand::Ids(ids) = &test.operand {
            found
                .entry(test.field.value_type())
                .or_default()
                .extend(ids);
        }
    }
    found
}

/// Ids of nobody and nothing in the organization.
fn strangers(condition: &Condition, names: &BTreeMap<(Type, Uuid), String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, test) in condition.tests() {
        let Operand::Ids(ids) = &test.operand else {
            continue;
        };
        let kind = test.field.value_type();
        for (i, id) in ids.iter().enumerate() {
            if names.contains_key(&(kind, *id)) {
                continue;
            }
            let is_list = test.operator.takes() == Takes::List;
            let item = if is_list {
                format!("/{i}")
            } else {
                String::new()
            };
            problems.push(Problem {
                pointer: format!("{at}/value{item}"),
                code: "unknown_value",
                message: format!("there is no {} {id} in your organization", kind.as_str()),
                hint: None,
                place: None,
            });
        }
    }
    problems
}
