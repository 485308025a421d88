//! Request and answer types of custom fields.

use crate::tickets::dto::nullable;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use steward_domain::custom_fields::model::{Choice, FieldType};
use steward_domain::tickets::model::Kind;
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Kind of tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KindWord {
    /// An unplanned interruption or loss of quality of a service.
    Incident,
    /// A request for something that is part of normal delivery.
    ServiceRequest,
    /// A cause of incidents.
    Problem,
    /// An addition, change or removal that could affect services.
    Change,
    /// A child work item of any of them.
    Task,
}

impl From<KindWord> for Kind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Incident => Self::Incident,
            KindWord::ServiceRequest => Self::ServiceRequest,
            KindWord::Problem => Self::Problem,
            KindWord::Change => Self::Change,
            KindWord::Task => Self::Task,
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldTypeWord {
    /// One line of at most 500 characters.
    Text,
    /// At most 10,000 characters.
    Textarea,
    /// A number.
    Number,
    /// A day: `2026-01-31`.
    Date,
    /// The `value` of one of the options.
    Select,
    /// A list of the `value` of some of the options.
    MultiSelect,
    /// `true` or `false`.
    Checkbox,
    /// The id of a person; answers carry `id` and `name`.
    User,
    /// An address that begins with `https://` or `http://`.
    Url,
}

impl From<FieldTypeWord> for FieldType {
    fn from(word: FieldTypeWord) -> Self {
        match word {
            FieldTypeWord::Text => Self::Text,
            FieldTypeWord::Textarea => Self::Textarea,
            FieldTypeWord::Number => Self::Number,
            FieldTypeWord::Date => Self::Date,
            FieldTypeWord::Select => Self::Select,
            FieldTypeWord::MultiSelect => Self::MultiSelect,
            FieldTypeWord::Checkbox => Self::Checkbox,
            FieldTypeWord::User => Self::User,
            FieldTypeWord::Url => Self::Url,
        }
    }
}

/// One of the options of a field.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldOption {
    /// What is kept and sent.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub value: String,
    /// What people read; may change.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub label: String,
}

impl From<FieldOption> for Choice {
    fn from(option: FieldOption) -> Self {
        Self {
            value: option.value,
            label: option.label,
        }
    }
}

impl From<Choice> for FieldOption {
    fn from(choice: Choice) -> Self {
        Self {
            value: choice.value,
            label: choice.label,
        }
    }
}

/// A field that the organization added to a kind of ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomFieldView {
    /// Id.
    pub id: Uuid,
    /// Kind of the tickets that have it.
    pub kind: String,
    /// Its name in `custom_fields` of a ticket.
    pub key: String,
    /// What it holds: `text`, `textarea`, `number`, `date`, `select`,
    /// `multi_select`, `checkbox`, `user` or `url`.
    #[serde(rename = "type")]
    pub type_: String,
    /// Its name on the screen.
    pub label: String,
    /// What to write there.
    pub help: String,
    /// Whether a new ticket must have it.
    pub is_required: bool,
    /// Whether it is hidden from requesters, as internal notes are.
    pub is_internal: bool,
    /// Whether it can be filled; old values stay readable.
    pub is_active: bool,
    /// What a new ticket has when nobody says.
    pub default: Option<Value>,
    /// What can be chosen, in order.
    pub options: Vec<FieldOption>,
    /// Order on the screen; equal ones are ordered by key.
    pub position: i32,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(CustomFieldView);

/// A new field. `kind`, `key` and `type` stay as they are for ever.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomFieldInput {
    /// Kind of the tickets that get it.
    pub kind: KindWord,
    /// Its name in `custom_fields` of a ticket.
    #[schema(min_length = 1, max_length = 50, pattern = "^[a-z][a-z0-9_]*$")]
    pub key: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub type_: FieldTypeWord,
    /// Its name on the screen.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub label: String,
    /// What to write there.
    #[schema(max_length = 1000)]
    pub help: Option<String>,
    /// Whether a new ticket must have it; no when left out.
    pub is_required: Option<bool>,
    /// Whether it is hidden from requesters; no when left out.
    pub is_internal: Option<bool>,
    /// Whether it can be filled; yes when left out.
    pub is_active: Option<bool>,
    /// What a new ticket has when nobody says. No person.
    pub default: Option<Value>,
    /// What can be chosen; for `select` and `multi_select` only.
    #[schema(max_items = 200)]
    pub options: Option<Vec<FieldOption>>,
    /// Order on the screen; 0 when left out.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i32>,
}

/// Parts of a field to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomFieldPatch {
    /// Its name on the screen.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub label: Option<String>,
    /// What to write there.
    #[schema(max_length = 1000)]
    pub help: Option<String>,
    /// Whether a new ticket must have it.
    pub is_required: Option<bool>,
    /// Whether it is hidden from requesters.
    pub is_internal: Option<bool>,
    /// Whether it can be filled.
    pub is_active: Option<bool>,
    /// What a new ticket has when nobody says; `null` for nothing.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Value>)]
    pub default: Option<Option<Value>>,
    /// All that can be chosen, in place of what there is. A default that is
    /// not there any more is dropped; tickets keep their values.
    #[schema(max_items = 200)]
    pub options: Option<Vec<FieldOption>>,
    /// Order on the screen.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i32>,
}

/// Query of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CustomFieldQuery {
    /// Number of the page, from 1.
    #[param(minimum = 1)]
    pub page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// Only those of this kind of tickets.
    pub kind: Option<KindWord>,
    /// Only those that can be filled, or cannot.
    pub is_active: Option<bool>,
}
