//! Request and answer types of teams.

use crate::users::dto::Reference;
use serde::{Deserialize, Serialize};
use steward_domain::assignment::model::Strategy;
use steward_platform::http::merge::{nullable, present};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamView {
    /// Id.
    pub id: Uuid,
    /// Unique in the organization.
    pub name: String,
    /// What it looks after.
    pub description: String,
    /// How a member is chosen for a ticket; by hand when null.
    #[schema(value_type = Option<String>)]
    pub assignment_strategy: Option<Strategy>,
    /// Number of members.
    pub member_count: i64,
    /// Counts changes.
    pub version: i64,
}

steward_platform::versioned!(TeamView);

/// A new team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamInput {
    /// Unique in the organization.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub name: String,
    /// What it looks after.
    #[schema(max_length = 1000)]
    pub description: Option<String>,
}

/// What is changed of a team; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TeamPatch {
    /// Unique in the organization.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: Option<String>,
    /// What it looks after.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 1000)]
    pub(crate) description: Option<String>,
    /// How a member is chosen for a ticket: `round_robin`, `least_loaded`, `skill_based`,
    /// `priority_based` or `hybrid`; `null` for by hand.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, pattern = r"^(round_robin|least_loaded|skill_based|priority_based|hybrid)$")]
    pub(crate) assignment_strategy: Option<Option<Strategy>>,
}

/// Query of the list of teams.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TeamQuery {
    /// Part of the name or of what the team looks after.
    #[param(max_length = 200)]
    pub(crate) search: Option<String>,
    /// Teams that this person belongs to.
    pub(crate) member: Option<Uuid>,
}

/// A person to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberInput {
    /// The person.
    pub user_id: Uuid,
}

/// What someone is in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MemberRole {
    /// Works on the team's tickets.
    Member,
    /// Leads it, and is told when nobody could take a ticket.
    Lead,
}

impl MemberRole {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Lead => "lead",
        }
    }
}

/// Another role in the team.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberPatch {
    /// The role.
    pub(crate) role: MemberRole,
}

/// A member of a team.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MemberView {
    /// The person.
    pub(crate) user: Reference,
    /// What they are in the team.
    pub(crate) role: MemberRole,
    /// Whether the person can sign in.
    pub(crate) is_active: bool,
}

/// The members of a team.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MemberList {
    /// Leads first, then by name.
    pub(crate) data: Vec<MemberView>,
}
