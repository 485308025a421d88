//! Values of custom fields.

use super::super::model::{Definition, FieldType, Values};
use serde_json::{Value, json};
use steward_kernel::{Error, ErrorCode, FieldError, Result};
use uuid::Uuid;

/// Why a value is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) message: String,
}

fn refuse<T>(code: &'static str, message: impl Into<String>) -> std::result::Result<T, Refusal> {
    Err(Refusal {
        code,
        message: message.into(),
    })
}

/// Whether the value is one of the options.
pub(super) fn is_option(definition: &Definition, value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| definition.options.iter().any(|o| o.value == text))
}

/// The canonical form of a value; `None` for an empty one, which is the same
/// as no value.
pub(super) fn check(
    definition: &Definition,
    value: &Value,
) -> std::result::Result<Option<Value>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    match definition.field_type {
        FieldType::Text => line(value, 500),
        FieldType::Textarea => text(value, 10_000),
        FieldType::Number if value.is_number() => Ok(Some(value.clone())),
        FieldType::Number => refuse("invalid", "write a number"),
        FieldType::Checkbox if value.is_boolean() => Ok(Some(value.clone())),
        FieldType::Checkbox => refuse("invalid", "write true or false"),
        FieldType::Date => date(value),
        FieldType::Url => url(value),
        FieldType::User => user(value),
        FieldType::Select if value == "" => Ok(None),
        FieldType::Select if is_option(definition, value) => Ok(Some(value.clone())),
        FieldType::Select => refuse("unknown_value", known(definition)),
        FieldType::MultiSelect => several(definition, value),
    }
}

fn text(value: &Value, most: usize) -> std::result::Result<Option<Value>, Refusal> {
    let Some(text) = value.as_str() else {
        return refuse("invalid", "write a text");
    };
    let text = text.trim();
    if text.chars().count() > most {
        return refuse("too_long", format!("use at most {most} characters"));
    }
    Ok((!text.is_empty()).then(|| json!(text)))
}

fn line(value: &Value, most: usize) -> std::result::Result<Option<Value>, Refusal> {
    let found = text(value, most)?;
    let is_broken = |value: &Value| value.as_str().is_some_and(|t| t.contains(['\n', '\r']));
    if found.as_ref().is_some_and(is_broken) {
        return refuse("invalid", "write one line");
    }
    Ok(found)
}

fn date(value: &Value) -> std::result::Result<Option<Value>, Refusal> {
    let Some(found) = line(value, 10).ok().flatten() else {
        return match value.as_str() {
            Some(text) if text.trim().is_empty() => Ok(None),
            _ => refuse("invalid", "write a day as 2026-01-31"),
        };
    };
    let is_day = |text: &str| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    if found.as_str().is_some_and(is_day) {
        return Ok(Some(found));
    }
    refuse("invalid", "write a day as 2026-01-31")
}

/// Only addresses that a browser opens without running anything.
fn url(value: &Value) -> std::result::Result<Option<Value>, Refusal> {
    let Some(found) = line(value, 2000)? else {
        return Ok(None);
    };
    let is_web = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let rest = ["https://", "http://"]
            .iter()
            .find_map(|scheme| lower.strip_prefix(scheme));
        rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
            && !text.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    if found.as_str().is_some_and(is_web) {
        return Ok(Some(found));
    }
    refuse(
        "invalid",
        "write an address that begins with https:// or http://",
    )
}

fn user(value: &Value) -> std::result::Result<Option<Value>, Refusal> {
    match value.as_str() {
        Some("") => Ok(None),
        Some(text) => match text.parse::<Uuid>() {
            Ok(id) => Ok(Some(json!(id))),
            Err(_) => refuse("invalid", "write a person's id"),
        },
        None => refuse("invalid", "write a person's id"),
    }
}

/// The chosen options, each once, in the order of the definition.
fn several(definition: &Definition, value: &Value) -> std::result::Result<Option<Value>, Refusal> {
    let Some(chosen) = value.as_array() else {
        return refuse("invalid", "write a list of options");
    };
    if chosen.iter().any(|v| !is_option(definition, v)) {
        return refuse("unknown_value", known(definition));
    }
    let in_order = definition.options.iter().map(|o| json!(o.value));
    let kept: Vec<Value> = in_order.filter(|v| chosen.contains(v)).collect();
    Ok((!kept.is_empty()).then(|| json!(kept)))
}

fn known(definition: &Definition) -> String {
    let some = definition.options.iter().take(10);
    let words: Vec<&str> = some.map(|o| o.value.as_str()).collect();
    let more = if definition.options.len() > words.len() {
        ", …"
    } else {
        ""
    };
    format!("choose of: {}{more}", words.join(", "))
}

fn error(key: &str, code: &str, message: impl Into<String>) -> FieldError {
    FieldError {
        field: format!("custom_fields.{key}"),
        code: code.to_owned(),
        message: message.into(),
    }
}

fn all_or(values: Values, errors: Vec<FieldError>) -> Result<Values> {
    let Some(first) = errors.first() else {
        return Ok(values);
    };
    Err(Error {
        code: ErrorCode::ValidationError,
        detail: format!("{}: {}", first.field, first.message),
        errors,
        reason: None,
        source: None,
    })
}

/// The values after a merge patch (RFC 7396): what is not named stays, `null`
/// and what is empty take a value away. A field that is not active can only
/// be emptied, a required one not at all.
///
/// # Errors
/// Names every key that is unknown to the actor, and every wrong value.
pub fn merged(
    definitions: &[Definition],
    before: &Values,
    patch: &Values,
    sees_internal: bool,
) -> Result<Values> {
    let mut after = before.clone();
    let mut errors = Vec::new();
    for (key, value) in patch {
        let known = definitions.iter().find(|d| d.key == *key);
        let Some(definition) = known.filter(|d| sees_internal || !d.is_internal) else {
            errors.push(error(key, "unknown_field", "there is no such field"));
            continue;
        };
        match check(definition, value) {
            Err(refusal) => errors.push(error(key, refusal.code, refusal.message)),
            Ok(Some(same)) if before.get(key) == Some(&same) => {}
            Ok(Some(_)) if !definition.is_active => {
                let hint = "this field is not in use any more";
                errors.push(error(key, "inactive", hint));
            }
            Ok(Some(new)) => {
                after.insert(key.clone(), new);
            }
            Ok(None)
                if definition.is_required && definition.is_active && before.contains_key(key) =>
            {
                errors.push(error(key, "required", "this field cannot be empty"));
            }
            Ok(None) => {
                after.remove(key);
            }
        }
    }
    all_or(after, errors)
}

/// The values of a new ticket: what was given, else the defaults. With
/// `must_be_complete`, every required field that the actor can fill has one.
///
/// # Errors
/// Names every key that is unknown, wrong or missing.
pub fn filled(
    definitions: &[Definition],
    given: &Values,
    sees_internal: bool,
    must_be_complete: bool,
) -> Result<Values> {
    let mut values = merged(definitions, &Values::new(), given, sees_internal)?;
    let mut errors = Vec::new();
    for definition in definitions.iter().filter(|d| d.is_active) {
        let key = &definition.key;
        if let Some(default) = definition
            .default
            .as_ref()
            .filter(|_| !given.contains_key(key))
        {
            values.insert(key.clone(), default.clone());
        }
        let is_asked = sees_internal || !definition.is_internal;
        if must_be_complete && definition.is_required && is_asked && !values.contains_key(key) {
            let hint = format!("{} is needed", definition.label);
            errors.push(error(key, "required", hint));
        }
    }
    all_or(values, errors)
}

/// What the actor may read of a ticket's values. A value whose field is not
/// known any more is taken as internal.
#[must_use]
pub fn shown(definitions: &[Definition], values: &Values, sees_internal: bool) -> Values {
    let is_open = |key: &str| definitions.iter().any(|d| d.key == key && !d.is_internal);
    values
        .iter()
        .filter(|(key, _)| sees_internal || is_open(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed<'a> {
    /// Its key.
    pub key: &'a str,
    /// Hidden from requesters.
    pub is_internal: bool,
    /// Before.
    pub old: Option<&'a Value>,
    /// After.
    pub new: Option<&'a Value>,
}

/// What differs, by key.
#[must_use]
pub fn changed<'a>(
    definitions: &[Definition],
    before: &'a Values,
    after: &'a Values,
) -> Vec<Changed<'a>> {
    let keys = before
        .keys()
        .chain(after.keys().filter(|k| !before.contains_key(*k)));
    let one = |key: &'a String| Changed {
        key,
        is_internal: definitions
            .iter()
            .find(|d| d.key == *key)
            .is_none_or(|d| d.is_internal),
        old: before.get(key),
        new: after.get(key),
    };
    keys.map(one).filter(|c| c.old != c.new).collect()
}

/// The people that values name, by fields that hold people.
#[must_use]
pub fn people(definitions: &[Definition], values: &Values) -> Vec<(String, Uuid)> {
    let fields = definitions
        .iter()
        .filter(|d| d.field_type == FieldType::User);
    let named = fields.filter_map(|d| {
        let id = values.get(&d.key)?.as_str()?.parse().ok()?;
        Some((d.key.clone(), id))
    });
    named.collect()
}

/// A value as people read it in the timeline.
#[must_use]
pub fn display(definition: Option<&Definition>, value: &Value) -> String {
    let label = |text: &str| {
        let options = definition.into_iter().flat_map(|d| &d.options);
        let option = options.into_iter().find(|o| o.value == text);
        option.map_or_else(|| text.to_owned(), |o| o.label.clone())
    };
    match value {
        Value::String(text) => label(text),
        Value::Array(values) => {
            let labels = values.iter().filter_map(Value::as_str).map(label);
            labels.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
