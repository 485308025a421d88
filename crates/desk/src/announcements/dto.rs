//! Request and answer types of announcements.

use crate::tickets::dto::{Reference, nullable};
use serde::{Deserialize, Serialize};
use steward_domain::announcements::{Audience, Severity};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// How much an announcement matters.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeverityWord {
    /// Good to know.
    Info,
    /// Something will not work as usual.
    Warning,
    /// Something is down.
    Outage,
}

impl From<SeverityWord> for Severity {
    fn from(word: SeverityWord) -> Self {
        match word {
            SeverityWord::Info => Self::Info,
            SeverityWord::Warning => Self::Warning,
            SeverityWord::Outage => Self::Outage,
        }
    }
}

/// Who reads an announcement.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AudienceWord {
    /// Everyone.
    All,
    /// Those who read internal notes.
    Agents,
}

impl From<AudienceWord> for Audience {
    fn from(word: AudienceWord) -> Self {
        match word {
            AudienceWord::All => Self::All,
            AudienceWord::Agents => Self::Agents,
        }
    }
}

/// An announcement.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnnouncementView {
    /// Id.
    pub id: Uuid,
    /// What it is about.
    pub title: String,
    /// The text (Markdown).
    pub body: String,
    /// The text as sanitised HTML.
    pub body_html: String,
    /// `info`, `warning` or `outage`.
    pub severity: String,
    /// `all` or `agents`.
    pub audience: String,
    /// From when it is shown.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Instant,
    /// Until when it is shown; until it is deleted when null.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Instant>,
    /// Whether it is shown now.
    pub is_active: bool,
    /// Who wrote it.
    pub author: Reference,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(AnnouncementView);

/// A new announcement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncementInput {
    /// What it is about.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: String,
    /// The text (Markdown).
    #[schema(max_length = 20000)]
    pub body: Option<String>,
    /// How much it matters; `info` when left out.
    pub severity: Option<SeverityWord>,
    /// Who reads it; everyone when left out.
    pub audience: Option<AudienceWord>,
    /// From when it is shown; from now on when left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub starts_at: Option<Instant>,
    /// Until when it is shown; until it is deleted when left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Instant>,
}

/// Parts of an announcement to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncementPatch {
    /// What it is about.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub title: Option<String>,
    /// The text (Markdown).
    #[schema(max_length = 20000)]
    pub body: Option<String>,
    /// How much it matters.
    pub severity: Option<SeverityWord>,
    /// Who reads it.
    pub audience: Option<AudienceWord>,
    /// From when it is shown.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub starts_at: Option<Instant>,
    /// Until when it is shown; `null` for until it is deleted.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Option<Instant>>,
}

/// Query of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AnnouncementQuery {
    /// Number of the page, from 1.
    #[param(minimum = 1, maximum = 400)]
    pub page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// Only those that are shown now, or are not. Who does not write
    /// announcements sees only those that are.
    pub active: Option<bool>,
}
