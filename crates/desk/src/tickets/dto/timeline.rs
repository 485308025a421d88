//! Comments, and the timeline that they stand in.

use super::Reference;
use serde::{Deserialize, Serialize};
use steward_domain::sla::reason::Reason;
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who may read a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisibilityInput {
    /// The requester too.
    Public,
    /// Only those who work on tickets.
    Internal,
}

/// A new comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentInput {
    /// The text (Markdown).
    #[schema(min_length = 1, max_length = 65536, pattern = r"\S")]
    pub body: String,
    /// Who may read it.
    pub visibility: VisibilityInput,
}

/// One thing that happened to a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineItem {
    /// Id.
    pub id: Uuid,
    /// `comment` or `activity`.
    #[serde(rename = "type")]
    pub type_: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Who; nobody for the system.
    pub actor: Option<Reference>,
    /// The field that changed.
    pub field: Option<String>,
    /// Its value before.
    pub old: Option<String>,
    /// Its value after.
    pub new: Option<String>,
    /// A reason of Steward's own, which `new` says in English: in words for
    /// programs and for other languages.
    pub automatic: Option<AutomaticReason>,
    /// Text of a comment (Markdown).
    pub body: Option<String>,
    /// Text of a comment as sanitised HTML.
    pub body_html: Option<String>,
    /// Who may read a comment: `public` or `internal`.
    pub visibility: Option<String>,
    /// When a comment's text was last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub edited_at: Option<Instant>,
    /// Number of the merged ticket that a comment was written on.
    pub merged_from: Option<String>,
    /// What a comment that came by mail quoted, which is no part of its text.
    pub quoted: Option<String>,
    /// The signature of a comment that came by mail.
    pub signature: Option<String>,
}

/// Why Steward escalated a ticket, or noted something on it, by itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct AutomaticReason {
    /// `used_up`, `percent_used` or `minutes_left` of a target; `no_response`,
    /// `critical_unresolved` or `no_update` for so many minutes.
    pub code: String,
    /// Whose target it is: `sla`, `ola` or `uc`.
    pub agreement: Option<String>,
    /// What the target is for: `response`, `resolution` or `next_update`.
    pub metric: Option<String>,
    /// With `percent_used`.
    pub percent: Option<u8>,
    /// With `minutes_left` and where nothing happened.
    pub minutes: Option<i64>,
}

impl From<Reason> for AutomaticReason {
    fn from(reason: Reason) -> Self {
        let target = reason.target();
        Self {
            code: reason.code().to_owned(),
            agreement: target.map(|(agreement, _)| agreement.as_str().to_owned()),
            metric: target.map(|(_, metric)| metric.as_str().to_owned()),
            percent: reason.percent(),
            minutes: reason.minutes(),
        }
    }
}

/// Everything that happened to a ticket, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Timeline {
    /// The items.
    pub data: Vec<TimelineItem>,
}
