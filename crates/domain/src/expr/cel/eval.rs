//! The answer of a checked text for one ticket.

use super::FieldRef;
use crate::expr::fold::fold_text;
use crate::expr::model::Type;
use crate::expr::predicate::{Fact, Facts};
use ::cel::common::types::{CelString, STRING_TYPE};
use ::cel::common::value::CowVal;
use ::cel::{Context, Env, ExecutionError, IdedExpr, Value};
use chrono::DateTime;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};
use steward_kernel::Instant;

/// Most values of one list of a ticket. More than any ticket can be given; a
/// list that came in on another way has no answer instead of a long one.
pub(super) const MAX_ITEMS: usize = 200;

/// Setting it up costs fifteen times what an evaluation costs.
static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| {
    let mut env = Env::stdlib();
    let added = env.add_member_overload("lower", "text_lower", STRING_TYPE, Vec::new(), lower);
    debug_assert!(added.is_ok(), "the library has no lower of its own");
    Arc::new(env)
});

/// Small letters, as conditions compare them; the library's own knows only
/// those of English.
fn lower<'b, 'v>(values: Vec<CowVal<'b, 'v>>) -> Result<CowVal<'b, 'v>, ExecutionError> {
    let text = values
        .first()
        .and_then(|value| value.downcast_ref::<CelString<'_>>());
    let text = text.ok_or_else(ExecutionError::missing_argument_or_target)?;
    Ok(CowVal::owned(CelString::from(fold_text(text.inner()))))
}

/// The value of a part that looks at nothing.
pub(super) fn constant(expr: &IdedExpr) -> Result<Value, ExecutionError> {
    Value::resolve(expr, &Context::with_env(Arc::clone(&ENV)))
}

/// Whether the whole is true of a ticket.
pub(super) fn answer(
    program: &IdedExpr,
    fields: &BTreeSet<FieldRef>,
    facts: &Facts,
    now: Instant,
) -> Result<bool, String> {
    let mut context = Context::with_env(Arc::clone(&ENV));
    if let Some(now) = timestamp(now) {
        context.add_variable_from_value("now", now);
    }
    context.add_variable_from_value("ticket", ticket(fields, facts)?);
    match Value::resolve(program, &context) {
        Ok(Value::Bool(answer)) => Ok(answer),
        Ok(_) => Err("it is neither true nor false".to_owned()),
        Err(error) => Err(said(&error)),
    }
}

/// The values that are looked at. Absent ones are left out, so `has` is false
/// of them; a list is there even when it is empty.
fn ticket(fields: &BTreeSet<FieldRef>, facts: &Facts) -> Result<Value, String> {
    let mut own: HashMap<String, Value> = HashMap::new();
    let mut custom: HashMap<String, Value> = HashMap::new();
    for field in fields {
        let Some(value) = value(field, facts.get(field))? else {
            continue;
        };
        match field {
            FieldRef::Own(field) => own.insert(field.as_str().to_owned(), value),
            FieldRef::Custom { key, .. } => custom.insert(key.clone(), value),
        };
    }
    own.insert("custom".to_owned(), Value::from(custom));
    Ok(Value::from(own))
}

fn value(field: &FieldRef, fact: Option<&Fact>) -> Result<Option<Value>, String> {
    Ok(match fact {
        None if field.value_type() == Type::Tags => Some(Value::from(Vec::<Value>::new())),
        None => None,
        Some(Fact::Text(text)) if text.is_empty() => None,
        Some(Fact::Text(text)) => Some(Value::from(text.as_str())),
        Some(Fact::Texts(texts)) if texts.len() > MAX_ITEMS => {
            return Err(format!("{} has more than {MAX_ITEMS} values", field.name()));
        }
        Some(Fact::Texts(texts)) => {
            let all: Vec<Value> = texts.iter().map(|t| Value::from(t.as_str())).collect();
            Some(Value::from(all))
        }
        Some(Fact::Id(id)) => Some(Value::from(id.to_string())),
        Some(Fact::Number(number)) if matches!(field, FieldRef::Own(_)) => {
            Some(Value::Int(*number))
        }
        // A number of a custom field may have a fraction: it is always a double.
        Some(Fact::Number(number)) => i32::try_from(*number)
            .ok()
            .map(|number| Value::Float(number.into())),
        Some(Fact::Decimal(number)) => Some(Value::Float(*number)),
        Some(Fact::Flag(flag)) => Some(Value::Bool(*flag)),
        Some(Fact::Instant(at)) => timestamp(*at),
    })
}

/// The library takes instants of chrono.
fn timestamp(at: Instant) -> Option<Value> {
    let at = DateTime::from_timestamp_micros(at.as_microsecond())?;
    Some(Value::Timestamp(at.fixed_offset()))
}

/// Why there is no answer, without the values of the ticket.
fn said(error: &ExecutionError) -> String {
    match error {
        ExecutionError::NoSuchKey(name) => {
            format!("the ticket has no {name}: ask has(ticket.{name}) first")
        }
        ExecutionError::DivisionByZero(_) | ExecutionError::RemainderByZero(_) => {
            "it divides by zero".to_owned()
        }
        ExecutionError::Overflow(..) => "a number or a time is out of range".to_owned(),
        ExecutionError::IndexOutOfBounds(_) => "the list is shorter than that".to_owned(),
        _ => "a value has no such form".to_owned(),
    }
}
