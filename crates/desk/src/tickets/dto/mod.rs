//! Request and answer types of tickets.

mod export;
mod groups;
mod query;
mod relations;
mod search;
mod timeline;

pub use export::*;
pub use groups::*;
pub use query::*;
pub use relations::*;
pub use search::*;
pub use timeline::*;

use crate::assignment::dto::StrategyInput;
use crate::incidents::priority::dto::PriorityWord;
use crate::sla::dto::SlaChip;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use steward_domain::tickets::allowed::AllowedAction;
use steward_domain::tickets::model::Level;
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// A person or team, named.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reference {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

/// Another ticket, named.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TicketReference {
    /// Id.
    pub id: Uuid,
    /// Number such as `INC-000042`.
    pub number: String,
    /// Title.
    pub title: String,
}

/// What the caller may do now, and why not where it is refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionView {
    /// Verb, as in the path.
    pub verb: String,
    /// Whether it would be accepted.
    pub allowed: bool,
    /// Why not.
    pub reason: Option<String>,
    /// Why not, as a stable word: `insufficient_permissions`, `wrong_status`, `closed` and others.
    pub reason_code: Option<String>,
    /// The permission that is missing, with `insufficient_permissions`.
    pub permission: Option<String>,
}

impl From<AllowedAction> for ActionView {
    fn from(action: AllowedAction) -> Self {
        let refused = action.refused;
        Self {
            verb: action.verb.to_owned(),
            allowed: refused.is_none(),
            reason_code: refused.as_ref().map(|refused| refused.code.to_owned()),
            permission: refused
                .as_ref()
                .and_then(|refused| refused.permission.map(str::to_owned)),
            reason: refused.map(|refused| refused.reason),
        }
    }
}

/// A row of a queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketRowView {
    /// Id.
    pub id: Uuid,
    /// Number such as `INC-000042`.
    pub number: String,
    /// Kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Status.
    pub status: String,
    /// Priority.
    pub priority: String,
    /// Who reported it.
    pub requester: Reference,
    /// Who works on it.
    pub assignee: Option<Reference>,
    /// The team that looks after it.
    pub team: Option<Reference>,
    /// Its number in the system it was imported from.
    pub external_reference: Option<String>,
    /// Whether it is a major incident.
    pub is_major: bool,
    /// Its clocks, as they stand now.
    pub sla: Vec<SlaChip>,
    /// Counts changes.
    pub version: i64,
    /// When it was reported.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// A ticket with everything the caller may see of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketView {
    /// Id.
    pub id: Uuid,
    /// Number such as `INC-000042`.
    pub number: String,
    /// Kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Description (Markdown).
    pub description: String,
    /// Description as sanitised HTML.
    pub description_html: String,
    /// Status.
    pub status: String,
    /// Priority, from impact and urgency unless it was set by hand.
    pub priority: String,
    /// Whether the priority was set by hand.
    pub priority_is_manual: bool,
    /// Why it was set by hand; for those who may read internal notes.
    pub priority_reason: Option<String>,
    /// Impact.
    pub impact: String,
    /// Urgency.
    pub urgency: String,
    /// Who reported it.
    pub requester: Reference,
    /// For whom, when not for the requester.
    pub requested_for: Option<Reference>,
    /// Who works on it.
    pub assignee: Option<Reference>,
    /// The team that looks after it.
    pub team: Option<Reference>,
    /// Category.
    pub category: Option<String>,
    /// Subcategory.
    pub subcategory: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Values of the organization's custom fields, by key; people as `id` and `name`.
    pub custom_fields: BTreeMap<String, Value>,
    /// How it came in.
    pub source: String,
    /// How high it was escalated: 0 not at all, 1 team lead, 2 manager, 3 administrator.
    pub escalation_level: i32,
    /// Whether it is a major incident.
    pub is_major: bool,
    /// Its clocks, as they stand now.
    pub sla: Vec<SlaChip>,
    /// `pending` while a review must be written before it closes, then `completed`.
    pub review_state: Option<String>,
    /// Why it waits.
    pub hold_reason: Option<String>,
    /// How it was resolved.
    pub resolution_code: Option<String>,
    /// What was done.
    pub resolution_note: Option<String>,
    /// The ticket that this one is a part of.
    pub parent: Option<TicketReference>,
    /// The ticket that this one was merged into.
    pub merged_into: Option<TicketReference>,
    /// Times it was reopened.
    pub reopened_count: i32,
    /// Times it went from one team to another.
    pub reassignment_count: i32,
    /// The system it was imported from.
    pub external_source: Option<String>,
    /// Its number there; finds it as its own number does.
    pub external_reference: Option<String>,
    /// First public answer of someone who works it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub first_response_at: Option<Instant>,
    /// When it was resolved.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub resolved_at: Option<Instant>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Instant>,
    /// How content the requester is.
    pub rating: Option<RatingView>,
    /// What the caller may do now.
    pub allowed_actions: Vec<ActionView>,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was reported.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(TicketView);

/// How content the requester is with a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingView {
    /// From 1, not at all, to 5, fully.
    pub score: i32,
    /// In the requester's words.
    pub comment: Option<String>,
    /// When it was first given.
    #[schema(value_type = String, format = DateTime)]
    pub rated_at: Instant,
}

/// How content the caller is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingInput {
    /// From 1, not at all, to 5, fully.
    #[schema(minimum = 1, maximum = 5)]
    pub score: i32,
    /// Why, in words.
    #[schema(max_length = 4000)]
    pub comment: Option<String>,
}

/// Impact or urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LevelInput {
    /// High.
    High,
    /// Medium.
    Medium,
    /// Low.
    Low,
}

impl From<LevelInput> for Level {
    fn from(input: LevelInput) -> Self {
        match input {
            LevelInput::High => Self::High,
            LevelInput::Medium => Self::Medium,
            LevelInput::Low => Self::Low,
        }
    }
}

/// A new incident. Without impact and urgency both are medium.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncidentInput {
    /// One line.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub title: String,
    /// What happened (Markdown).
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// How many are affected.
    pub impact: Option<LevelInput>,
    /// How soon it hurts.
    pub urgency: Option<LevelInput>,
    /// Category.
    #[schema(max_length = 200)]
    pub category: Option<String>,
    /// Subcategory.
    #[schema(max_length = 200)]
    pub subcategory: Option<String>,
    /// Who reported it; the caller when left out.
    pub requester_id: Option<Uuid>,
    /// For whom, when not for the requester: anyone of the organization, who
    /// sees it and hears of it from then on.
    pub requested_for_id: Option<Uuid>,
    /// The team that should look after it.
    pub team_id: Option<Uuid>,
    /// Who should work on it.
    pub assignee_id: Option<Uuid>,
    /// Tags.
    #[schema(max_items = 50)]
    pub tags: Option<Vec<String>>,
    /// Values of custom fields, by key. Required ones must be there.
    pub custom_fields: Option<BTreeMap<String, Value>>,
    /// Configuration items that are affected. Steward keeps none yet, so that
    /// an id in the list is one that does not exist.
    #[schema(max_items = 0)]
    pub ci_ids: Option<Vec<Uuid>>,
}

/// Reads `null` as "take it away" and absence as "leave it" (RFC 7396).
pub(crate) fn nullable<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Fields to change; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketPatch {
    /// One line.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub title: Option<String>,
    /// What happened (Markdown).
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// How many are affected.
    pub impact: Option<LevelInput>,
    /// How soon it hurts.
    pub urgency: Option<LevelInput>,
    /// Sets the priority by hand, whatever impact and urgency say; `null` gives
    /// it back to the priority matrix.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<PriorityWord>)]
    pub priority: Option<Option<PriorityWord>>,
    /// Why the priority is set by hand; needed with `priority`.
    #[schema(min_length = 1, max_length = 1000, pattern = r"\S")]
    pub priority_reason: Option<String>,
    /// Who reported it.
    pub requester_id: Option<Uuid>,
    /// For whom; `null` for the requester.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    pub requested_for_id: Option<Option<Uuid>>,
    /// Category; `null` for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 200)]
    pub category: Option<Option<String>>,
    /// Subcategory; `null` for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 200)]
    pub subcategory: Option<Option<String>>,
    /// All tags, in place of those there are.
    #[schema(max_items = 50)]
    pub tags: Option<Vec<String>>,
    /// Values of custom fields to change, by key; `null` takes one away, and
    /// what is not named stays.
    pub custom_fields: Option<BTreeMap<String, Value>>,
    /// Id or number of the ticket that this one is a part of; `null` for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    pub parent: Option<Option<String>>,
}

/// Who should look after it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignInput {
    /// The person.
    pub assignee_id: Option<Uuid>,
    /// The team. Without a person, the team's own strategy chooses one of its
    /// members, where it has a strategy.
    pub team_id: Option<Uuid>,
    /// Chooses a member of the team (the ticket's own when `team_id` is left
    /// out). When nobody can take it, it stays with the team and its lead is told.
    pub strategy: Option<StrategyInput>,
    /// A public comment to go with it.
    #[schema(max_length = 65536)]
    pub comment: Option<String>,
}

/// A step that may carry a comment.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepInput {
    /// A public comment to go with it.
    #[schema(max_length = 65536)]
    pub comment: Option<String>,
}

/// A step that needs a reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonInput {
    /// Why.
    #[schema(min_length = 1, max_length = 65536, pattern = r"\S")]
    pub reason: String,
}

/// How an incident was resolved.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResolutionCodeInput {
    /// The cause is gone.
    Solved,
    /// A way around it was given.
    Workaround,
    /// Another ticket has it.
    Duplicate,
    /// It could not be seen again.
    NotReproducible,
    /// Nothing was wrong.
    NoFault,
    /// The requester took it back.
    Withdrawn,
}

/// The resolution.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveInput {
    /// `solved` when left out.
    pub resolution_code: Option<ResolutionCodeInput>,
    /// What was done.
    #[schema(min_length = 1, max_length = 65536, pattern = r"\S")]
    pub resolution_note: String,
}
