//! What was known of a ticket at a time, back from what its timeline tells.

use crate::sla::store::ActivityRow;
use std::collections::{BTreeMap, BTreeSet};
use steward_domain::custom_fields::conditions;
use steward_domain::custom_fields::model::{Definition, FieldType};
use steward_domain::expr::model::{Field, FieldRef};
use steward_domain::expr::{Fact, Facts};
use uuid::Uuid;

/// In front of the key of a custom field in the timeline.
pub(super) const CUSTOM_FIELD: &str = "custom_fields.";

/// The value of a field when the ticket was reported.
pub(super) fn first<'a>(activities: &[&'a ActivityRow], field: &str, now: &'a str) -> &'a str {
    let found = activities.iter().find(|a| a.field == field);
    match found {
        Some(activity) => match (&activity.old_value, &activity.new_value) {
            (Some(old), _) => old,
            (None, Some(new)) => new,
            (None, None) => now,
        },
        None => now,
    }
}

/// What conditions knew of a ticket at a time.
#[derive(Debug, Default)]
pub(super) struct Past {
    pub(super) facts: Facts,
    /// The custom fields of its kind.
    pub(super) definitions: Vec<Definition>,
}

impl Past {
    /// Back to the values that the ticket was reported with.
    pub(super) fn begin(&mut self, activities: &[&ActivityRow], teams: &BTreeMap<String, Uuid>) {
        let mut seen = BTreeSet::new();
        for activity in activities {
            if seen.insert(activity.field.as_str()) {
                let old = activity.old_value.as_deref();
                self.set(&activity.field, old, teams);
            }
        }
    }

    pub(super) fn set(&mut self, field: &str, value: Option<&str>, teams: &BTreeMap<String, Uuid>) {
        if let Some(key) = field.strip_prefix(CUSTOM_FIELD) {
            self.set_custom(key, value);
            return;
        }
        let Ok(field) = field.parse::<Field>() else {
            return;
        };
        let fact = match field {
            Field::Tags => {
                let tags = value.unwrap_or_default().split(", ").map(str::to_owned);
                Some(Fact::Texts(tags.filter(|tag| !tag.is_empty()).collect()))
            }
            Field::IsMajor => value.map(|word| Fact::Flag(word == "true")),
            Field::Team => value
                .and_then(|name| teams.get(name))
                .copied()
                .map(Fact::Id),
            // The timeline knows people by name, which more than one may have.
            Field::Requester | Field::RequestedFor => return,
            _ => value.map(|text| Fact::Text(text.to_owned())),
        };
        self.facts.set(FieldRef::Own(field), fact);
    }

    fn set_custom(&mut self, key: &str, value: Option<&str>) {
        let definition = self.definitions.iter().find(|d| d.key == key);
        let Some(definition) = definition.filter(|d| d.field_type != FieldType::User) else {
            return;
        };
        let value = value.and_then(|text| conditions::told(definition, text));
        conditions::set(&mut self.facts, key, value.as_ref());
    }
}
