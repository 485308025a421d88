//! The fields that a condition of an organization can test.

use super::model::{Field, FieldRef, Type};
use super::problem::did_you_mean;

/// In front of the key of a custom field.
pub const CUSTOM: &str = "custom.";

/// A custom field as conditions know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomField {
    /// Its key.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// Type of its values.
    pub value_type: Type,
    /// What it can be, where that is a fixed list; empty where anything will do.
    pub words: Vec<String>,
}

/// Fields of every ticket, and those that the organization defined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    custom: Vec<CustomField>,
}

impl Fields {
    /// With the organization's own.
    #[must_use]
    pub const fn with_custom(custom: Vec<CustomField>) -> Self {
        Self { custom }
    }

    /// For conditions that were checked when they were kept: a custom field can
    /// be anything, because what can be chosen may have changed since.
    #[must_use]
    pub fn of_kept(mut self) -> Self {
        for field in &mut self.custom {
            field.words.clear();
        }
        self
    }

    /// Every field, in the order in which they are offered.
    #[must_use]
    pub fn all(&self) -> Vec<FieldRef> {
        let own = Field::ALL.iter().copied().map(FieldRef::Own);
        own.chain(self.custom.iter().map(reference)).collect()
    }

    /// The field of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<FieldRef> {
        match name.strip_prefix(CUSTOM) {
            Some(key) => self.custom.iter().find(|f| f.key == key).map(reference),
            None => name.parse().ok().map(FieldRef::Own),
        }
    }

    /// The name that was probably meant.
    #[must_use]
    pub fn near(&self, name: &str) -> Option<String> {
        let names: Vec<String> = self.all().iter().map(FieldRef::name).collect();
        did_you_mean(name, names.iter().map(String::as_str)).map(str::to_owned)
    }

    /// What a field can be, where that is a fixed list.
    #[must_use]
    pub fn words(&self, field: &FieldRef) -> Vec<String> {
        match field {
            FieldRef::Own(field) => field.words().into_iter().map(str::to_owned).collect(),
            FieldRef::Custom { key, .. } => {
                self.custom(key).map_or_else(Vec::new, |f| f.words.clone())
            }
        }
    }

    /// Name for people.
    #[must_use]
    pub fn label(&self, field: &FieldRef) -> String {
        match field {
            FieldRef::Own(field) => field.label().to_owned(),
            FieldRef::Custom { key, .. } => self
                .custom(key)
                .map_or_else(|| key.clone(), |f| f.label.clone()),
        }
    }

    fn custom(&self, key: &str) -> Option<&CustomField> {
        self.custom.iter().find(|field| field.key == key)
    }
}

fn reference(field: &CustomField) -> FieldRef {
    FieldRef::Custom {
        key: field.key.clone(),
        value_type: field.value_type,
    }
}
