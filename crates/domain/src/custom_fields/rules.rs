//! What definitions and values may be, and how values change.

mod values;

pub use values::{changed, display, filled, merged, people, shown};

use super::model::{Choice, Definition, FieldType};
use serde_json::Value;
use std::collections::BTreeSet;
use steward_kernel::text::check_length;
use steward_kernel::{Error, Result};

/// Most fields of one kind of ticket, removed ones included.
pub const MOST_FIELDS: usize = 100;
/// Most options of one field.
pub const MOST_OPTIONS: usize = 200;

/// A key is a word in lower case: letters, digits and `_`, a letter first.
///
/// # Errors
/// Says what would be right.
pub fn check_key(key: &str) -> Result<()> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    let starts_well = key.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    if starts_well && key.len() <= 50 && key.bytes().all(fits) {
        return Ok(());
    }
    let hint = "use 1 to 50 of a-z, 0-9 and _, beginning with a letter";
    Err(Error::field("key", "invalid", hint))
}

/// Checks a whole definition; the default becomes its canonical form.
///
/// # Errors
/// Names the field that is wrong.
pub fn check_definition(definition: &mut Definition) -> Result<()> {
    check_key(&definition.key)?;
    definition.label = definition.label.trim().to_owned();
    if definition.label.is_empty() {
        return Err(Error::field("label", "required", "give it a name"));
    }
    check_length("label", &definition.label, 200)?;
    check_length("help", &definition.help, 1000)?;
    if !(0..=1_000_000).contains(&definition.position) {
        let hint = "must be from 0 to 1000000";
        return Err(Error::field("position", "out_of_range", hint));
    }
    if definition.options.len() > MOST_OPTIONS {
        let hint = format!("give it at most {MOST_OPTIONS} options");
        return Err(Error::field("options", "too_many", hint));
    }
    check_options(definition.field_type, &definition.options)?;
    let Some(default) = definition.default.take() else {
        return Ok(());
    };
    if definition.field_type == FieldType::User && !default.is_null() {
        let hint = "a person cannot be the default";
        return Err(Error::field("default", "invalid", hint));
    }
    let checked = values::check(definition, &default);
    definition.default =
        checked.map_err(|refusal| Error::field("default", refusal.code, refusal.message))?;
    Ok(())
}

fn check_options(field_type: FieldType, options: &[Choice]) -> Result<()> {
    let wrong = |code: &str, hint: String| Err(Error::field("options", code, hint));
    if !field_type.has_options() {
        return match options {
            [] => Ok(()),
            _ => wrong(
                "invalid",
                "only select and multi_select have options".to_owned(),
            ),
        };
    }
    if options.is_empty() {
        return wrong("required", "give it options to choose from".to_owned());
    }
    let mut seen = BTreeSet::new();
    for option in options {
        for text in [&option.value, &option.label] {
            if text.trim().is_empty() || text.chars().count() > 200 {
                let hint = "value and label have 1 to 200 characters";
                return Err(Error::field("options", "length", hint));
            }
        }
        if !seen.insert(&option.value) {
            return wrong("duplicate", format!("'{}' is there twice", option.value));
        }
    }
    Ok(())
}

/// A default that a changed list of options no longer has is dropped.
pub fn drop_lost_default(definition: &mut Definition) {
    let lost = |value: &Value| match value {
        Value::Array(values) => values.iter().any(|v| !values::is_option(definition, v)),
        value => !values::is_option(definition, value),
    };
    if definition.field_type.has_options() && definition.default.as_ref().is_some_and(lost) {
        definition.default = None;
    }
}

#[cfg(test)]
mod tests;
