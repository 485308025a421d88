//! Request and answer types of the search.

use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Query of the search.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Words that must all occur, and filters in words: `status:open vpn`.
    #[param(max_length = 500)]
    pub q: String,
    /// What to look for, with commas: `ticket` (the default), `user`, `team`.
    #[serde(rename = "type")]
    #[param(
        max_length = 50,
        pattern = r"^(ticket|user|team)(,(ticket|user|team))*$"
    )]
    pub kinds: Option<String>,
}

/// A person who was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserHit {
    /// Id.
    pub id: Uuid,
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// A team that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamHit {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// What it looks after.
    pub description: String,
}

/// A piece of a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct SegmentView {
    /// The text.
    pub text: String,
    /// Whether it matches and should be highlighted.
    pub is_match: bool,
}

/// A ticket that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchHit {
    /// Id.
    pub id: Uuid,
    /// Number such as `INC-000042`.
    pub number: String,
    /// Kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Title with its matches; empty when none of the words is in it.
    pub title_segments: Vec<SegmentView>,
    /// Where the words stand in the description or a comment; empty when only the title has them.
    pub excerpt: Vec<SegmentView>,
    /// Status.
    pub status: String,
    /// Priority.
    pub priority: String,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// The best matches, best first.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct SearchResults {
    /// At most 25 tickets.
    pub data: Vec<SearchHit>,
    /// At most 10 active people, by last name; filters in words do not count for them.
    pub users: Vec<UserHit>,
    /// At most 10 teams, by name.
    pub teams: Vec<TeamHit>,
    /// Whether there are more tickets; narrow the words.
    pub is_capped: bool,
}
