//! Custom fields as conditions see them.

use super::model::{Definition, FieldType, Values};
use crate::expr::model::{FieldRef, Type};
use crate::expr::{CustomField, Fact, Facts, Fields};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The fields of an organization, all kinds of tickets together: a key has one
/// type, and what each kind can choose is offered.
#[must_use]
pub fn fields(definitions: &[Definition]) -> Fields {
    let mut known: BTreeMap<&str, CustomField> = BTreeMap::new();
    for definition in definitions {
        let field = known.entry(&definition.key).or_insert_with(|| CustomField {
            key: definition.key.clone(),
            label: definition.label.clone(),
            value_type: value_type(definition.field_type),
            words: Vec::new(),
        });
        for option in &definition.options {
            if !field.words.contains(&option.value) {
                field.words.push(option.value.clone());
            }
        }
    }
    Fields::with_custom(known.into_values().collect())
}

const fn value_type(field_type: FieldType) -> Type {
    match field_type {
        FieldType::Text | FieldType::Textarea | FieldType::Url => Type::Text,
        FieldType::Number => Type::Number,
        FieldType::Date => Type::Instant,
        FieldType::Select => Type::Word,
        FieldType::MultiSelect => Type::Tags,
        FieldType::Checkbox => Type::Flag,
        FieldType::User => Type::Person,
    }
}

/// Adds what the values of a ticket say.
pub fn tell(facts: &mut Facts, values: &Values) {
    for (key, value) in values {
        set(facts, key, Some(value));
    }
}

/// Sets the value of a field, or takes it away. A value is told once for each
/// type that it could be of: conditions look at the one of their field.
pub fn set(facts: &mut Facts, key: &str, value: Option<&Value>) {
    let field = |value_type| FieldRef::Custom {
        key: key.to_owned(),
        value_type,
    };
    for value_type in Type::ALL {
        facts.set(field(*value_type), None);
    }
    for (value_type, fact) in value.map(readings).unwrap_or_default() {
        facts.set(field(value_type), Some(fact));
    }
}

fn readings(value: &Value) -> Vec<(Type, Fact)> {
    match value {
        Value::String(text) => texts(text),
        Value::Array(all) => {
            let words = all.iter().filter_map(Value::as_str).map(str::to_owned);
            vec![(Type::Tags, Fact::Texts(words.collect()))]
        }
        Value::Number(number) => number
            .as_f64()
            .map(|number| (Type::Number, Fact::Decimal(number)))
            .into_iter()
            .collect(),
        Value::Bool(flag) => vec![(Type::Flag, Fact::Flag(*flag))],
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

/// A day is its first instant in UTC.
fn texts(text: &str) -> Vec<(Type, Fact)> {
    let mut all = vec![
        (Type::Text, Fact::Text(text.to_owned())),
        (Type::Word, Fact::Text(text.to_owned())),
    ];
    if let Ok(id) = text.parse::<Uuid>() {
        all.push((Type::Person, Fact::Id(id)));
    }
    let day = text.parse::<Date>().ok();
    if let Some(start) = day.and_then(|day| day.to_zoned(TimeZone::UTC).ok()) {
        all.push((Type::Instant, Fact::Instant(start.timestamp())));
    }
    all
}

/// The value that the timeline told as `text`, as far as it can be known:
/// people are told by name, which more than one may have.
#[must_use]
pub fn told(definition: &Definition, text: &str) -> Option<Value> {
    let chosen = |label: &str| {
        let mut options = definition.options.iter();
        options
            .find(|option| option.label == label)
            .map_or_else(|| label.to_owned(), |option| option.value.clone())
    };
    match definition.field_type {
        FieldType::Text | FieldType::Textarea | FieldType::Url | FieldType::Date => {
            Some(json!(text))
        }
        FieldType::Number | FieldType::Checkbox => serde_json::from_str(text).ok(),
        FieldType::Select => Some(json!(chosen(text))),
        FieldType::MultiSelect => {
            Some(json!(text.split(", ").map(chosen).collect::<Vec<String>>()))
        }
        FieldType::User => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Choice;
    use super::super::rules::display;
    use super::*;

    fn field(key: &str, field_type: FieldType) -> Definition {
        let option = |value: &str, label: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
        };
        let options = if field_type.has_options() {
            vec![option("g", "Gold"), option("s", "Silver")]
        } else {
            Vec::new()
        };
        Definition {
            key: key.to_owned(),
            field_type,
            label: key.to_owned(),
            help: String::new(),
            is_required: false,
            is_internal: false,
            is_active: true,
            default: None,
            options,
            position: 0,
        }
    }

    #[test]
    fn a_key_of_several_kinds_is_one_field_with_all_of_their_words() {
        let mut other = field("plan", FieldType::Select);
        other.options.truncate(1);
        other.options[0].value = "bronze".to_owned();
        let fields = fields(&[other, field("plan", FieldType::Select)]);
        let plan = fields.find("custom.plan").expect("known");
        assert_eq!(fields.words(&plan), ["bronze", "g", "s"]);
        assert_eq!(plan.value_type(), Type::Word);
        assert_eq!(fields.find("custom.other"), None);
    }

    #[test]
    fn what_the_timeline_told_is_read_back() {
        let person = "01900000-0000-7000-8000-000000000000";
        for (field_type, value, is_known) in [
            (FieldType::Text, json!("a, b"), true),
            (FieldType::Number, json!(1.5), true),
            (FieldType::Checkbox, json!(false), true),
            (FieldType::Date, json!("2026-02-28"), true),
            (FieldType::Select, json!("g"), true),
            (FieldType::Select, json!("lost"), true),
            (FieldType::MultiSelect, json!(["g", "s"]), true),
            (FieldType::User, json!(person), false),
        ] {
            let definition = field("f", field_type);
            let read = told(&definition, &display(Some(&definition), &value));
            assert_eq!(read, is_known.then_some(value), "{field_type:?}");
        }
    }
}
