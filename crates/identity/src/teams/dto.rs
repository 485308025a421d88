//! Request and answer types of teams.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
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
    /// Number of members.
    pub member_count: i64,
    /// Counts changes.
    pub version: i64,
}

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

/// A person to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberInput {
    /// The person.
    pub user_id: Uuid,
}
