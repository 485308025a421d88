//! Request and answer types of reply templates.

use crate::custom_fields::dto::KindWord;
use crate::tickets::dto::{Reference, nullable};
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A text that agents answer with.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplyTemplateView {
    /// Id.
    pub id: Uuid,
    /// Unique in any case.
    pub name: String,
    /// The text (Markdown) with places to fill: `{{ticket.number}}`,
    /// `{{ticket.title}}`, `{{requester.first_name}}`, `{{requester.name}}`,
    /// `{{agent.first_name}}`, `{{agent.name}}`, `{{team.name}}`.
    pub body: String,
    /// The team that it is for; the whole organization when null.
    pub team: Option<Reference>,
    /// The kind of tickets that it is for; every kind when null.
    pub kind: Option<String>,
    /// Whether it is offered.
    pub is_active: bool,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(ReplyTemplateView);

/// A new reply template.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyTemplateInput {
    /// Unique in any case.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// The text (Markdown) with places to fill.
    #[schema(min_length = 1, max_length = 20000, pattern = r"\S")]
    pub body: String,
    /// The team that it is for; the whole organization when left out.
    pub team_id: Option<Uuid>,
    /// The kind of tickets that it is for; every kind when left out.
    pub kind: Option<KindWord>,
    /// Whether it is offered; yes when left out.
    pub is_active: Option<bool>,
}

/// Parts of a reply template to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyTemplatePatch {
    /// Unique in any case.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: Option<String>,
    /// The text (Markdown) with places to fill.
    #[schema(min_length = 1, max_length = 20000, pattern = r"\S")]
    pub body: Option<String>,
    /// The team that it is for; `null` for the whole organization.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    pub team_id: Option<Option<Uuid>>,
    /// The kind of tickets that it is for; `null` for every kind.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<KindWord>)]
    pub kind: Option<Option<KindWord>>,
    /// Whether it is offered.
    pub is_active: Option<bool>,
}

/// Query of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReplyTemplateQuery {
    /// Number of the page, from 1.
    #[param(minimum = 1)]
    pub page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// Only those for tickets of this kind, which includes those for every kind.
    pub kind: Option<KindWord>,
    /// Only those that are offered, or are not.
    pub is_active: Option<bool>,
}

/// A text that a ticket has filled.
#[derive(Debug, Serialize, ToSchema)]
pub struct RenderedTemplate {
    /// The text (Markdown).
    pub text: String,
}
