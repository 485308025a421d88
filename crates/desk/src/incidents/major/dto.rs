//! Request and answer types of major incidents.

use crate::tickets::dto::{ActionView, Reference};
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Makes an incident a major one.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclareInput {
    /// One line that the whole organization reads; the incident's title when left out.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub headline: Option<String>,
    /// Who leads the work; the caller when left out.
    pub commander_id: Option<Uuid>,
    /// Minutes between two updates to the stakeholders; 30 when left out.
    #[schema(minimum = 5, maximum = 1440)]
    pub cadence_minutes: Option<u32>,
}

/// What to change of a major incident; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MajorPatch {
    /// One line that the whole organization reads.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub headline: Option<String>,
    /// Who leads the work.
    pub commander_id: Option<Uuid>,
    /// Minutes between two updates to the stakeholders, from the last one.
    #[schema(minimum = 5, maximum = 1440)]
    pub cadence_minutes: Option<u32>,
}

/// Why it is no major incident after all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandDownInput {
    /// Why.
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub reason: String,
}

/// A word to the stakeholders.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateInput {
    /// What the whole organization reads (Markdown).
    #[schema(min_length = 1, max_length = 5000, pattern = r"\S")]
    pub body: String,
}

/// Something that will be done so that it does not happen again.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewActionInput {
    /// What.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub title: String,
    /// Who.
    pub owner_id: Option<Uuid>,
    /// Until when.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<jiff::civil::Date>,
}

/// The post-incident review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewInput {
    /// What it did to the business and how it ended.
    #[schema(min_length = 1, max_length = 10000, pattern = r"\S")]
    pub outcome: String,
    /// What happened when, as far as the timeline does not say.
    #[schema(max_length = 20000)]
    pub timeline_notes: Option<String>,
    /// Why it happened.
    #[schema(min_length = 1, max_length = 10000, pattern = r"\S")]
    pub root_cause: String,
    /// What was learned.
    #[schema(min_length = 1, max_length = 10000, pattern = r"\S")]
    pub lessons: String,
    /// What will be done; none when left out.
    #[schema(max_items = 50)]
    pub actions: Option<Vec<ReviewActionInput>>,
}

/// Something that will be done.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewActionView {
    /// What.
    pub title: String,
    /// Who.
    pub owner: Option<Reference>,
    /// Until when.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<jiff::civil::Date>,
}

/// The post-incident review.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewView {
    /// What it did to the business and how it ended.
    pub outcome: String,
    /// What happened when, as far as the timeline does not say.
    pub timeline_notes: String,
    /// Why it happened.
    pub root_cause: String,
    /// What was learned.
    pub lessons: String,
    /// What will be done.
    pub actions: Vec<ReviewActionView>,
    /// Who wrote it last.
    pub reviewed_by: Option<Reference>,
    /// When it was first written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// Incidents that are parts of it and are resolved with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChildCounts {
    /// Those still open.
    pub open: i64,
    /// All of them.
    pub total: i64,
}

/// A major incident, for those who see the ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct MajorView {
    /// Id of the incident.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Whether it is a major incident now; else it was stood down.
    pub is_major: bool,
    /// One line that the whole organization reads.
    pub headline: String,
    /// Who leads the work.
    pub commander: Option<Reference>,
    /// Minutes between two updates to the stakeholders.
    pub cadence_minutes: i32,
    /// Who declared it.
    pub declared_by: Option<Reference>,
    /// When it was declared.
    #[schema(value_type = String, format = DateTime)]
    pub declared_at: Instant,
    /// When the stakeholders must hear again; nothing once it is resolved.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_update_due_at: Option<Instant>,
    /// Who stood it down.
    pub stood_down_by: Option<Reference>,
    /// When it was stood down.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub stood_down_at: Option<Instant>,
    /// Why it was stood down.
    pub stand_down_reason: Option<String>,
    /// Incidents that are parts of it.
    pub children: ChildCounts,
    /// `pending` until the review is written, then `completed`; none once stood down.
    pub review_state: Option<String>,
    /// The post-incident review.
    pub review: Option<ReviewView>,
    /// What the caller may do now.
    pub allowed_actions: Vec<ActionView>,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was first declared.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(MajorView);

/// A word to the stakeholders.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpdateView {
    /// Id.
    pub id: Uuid,
    /// The text (Markdown).
    pub body: String,
    /// The text as sanitised HTML.
    pub body_html: String,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// A major incident as the whole organization reads it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MajorRowView {
    /// Id of the incident.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// What it is about.
    pub headline: String,
    /// `active` or `resolved`.
    pub state: String,
    /// When it was declared.
    #[schema(value_type = String, format = DateTime)]
    pub declared_at: Instant,
    /// When it was resolved.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub resolved_at: Option<Instant>,
    /// When the next word is due; nothing once it is resolved.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_update_due_at: Option<Instant>,
    /// The last word to the stakeholders.
    pub latest_update: Option<UpdateView>,
}

/// Which major incidents are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MajorState {
    /// Those that go on.
    Active,
    /// Those that are resolved or closed.
    Resolved,
}

/// Query of the major incidents.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MajorQuery {
    /// Number of the page, from 1.
    #[param(minimum = 1, maximum = 400)]
    pub page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// `next_cursor` of an earlier answer.
    pub cursor: Option<String>,
    /// `active` or `resolved`; both when left out.
    #[param(inline)]
    pub state: Option<MajorState>,
}

/// Query of the updates of a major incident.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UpdatesQuery {
    /// Number of the page, from 1.
    #[param(minimum = 1, maximum = 400)]
    pub page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// `next_cursor` of an earlier answer.
    pub cursor: Option<String>,
}
