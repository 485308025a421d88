//! A field's definition.

use crate::tickets::model::vocabulary;
use serde_json::{Map, Value};

vocabulary! {
    /// What a field holds.
    FieldType {
        /// One line.
        Text = "text",
        /// Several lines.
        Textarea = "textarea",
        /// A number.
        Number = "number",
        /// A day.
        Date = "date",
        /// One of the options.
        Select = "select",
        /// Some of the options.
        MultiSelect = "multi_select",
        /// Yes or no.
        Checkbox = "checkbox",
        /// A person of the organization.
        User = "user",
        /// An address on the web.
        Url = "url",
    }
}

impl FieldType {
    /// Whether it takes one or some of a list.
    #[must_use]
    pub const fn has_options(self) -> bool {
        matches!(self, Self::Select | Self::MultiSelect)
    }
}

/// One of a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Choice {
    /// What is kept; never changes.
    pub value: String,
    /// What people read.
    pub label: String,
}

/// A field that the organization added to a kind of ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its name in the API; never changes.
    pub key: String,
    /// What it holds; never changes.
    pub field_type: FieldType,
    /// Its name on the screen.
    pub label: String,
    /// What to write there.
    pub help: String,
    /// Whether a new ticket must have it.
    pub is_required: bool,
    /// Hidden from requesters, as internal notes are.
    pub is_internal: bool,
    /// Whether it can be filled. Old values stay readable.
    pub is_active: bool,
    /// What a new ticket has when nobody says.
    pub default: Option<Value>,
    /// What can be chosen, in order.
    pub options: Vec<Choice>,
    /// Order on the screen; equal ones are ordered by key.
    pub position: i32,
}

/// Values by key.
pub type Values = Map<String, Value>;
