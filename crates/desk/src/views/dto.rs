//! Request and answer types of saved views.

use crate::tickets::dto::{ActionView, Reference, nullable};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// A saved view.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewView {
    /// Id.
    pub id: Uuid,
    /// Stable word of a view that comes with the product.
    pub key: Option<String>,
    /// Name.
    pub name: String,
    /// `system`, `mine`, `team` or `organization`.
    pub scope: String,
    /// The team it is shared with.
    pub team: Option<Reference>,
    /// Who made it; nobody for one that comes with the product.
    pub owner: Option<Reference>,
    /// Query parameters of the ticket list, by name.
    pub filters: BTreeMap<String, String>,
    /// Order of the ticket list.
    pub sort: Option<String>,
    /// Columns from left to right; empty for the usual ones.
    pub columns: Vec<String>,
    /// How its tickets are laid out; `null` when it leaves that to its reader.
    pub layout: Option<Layout>,
    /// What the list is grouped by, or the columns of the board are; `null` for nothing.
    pub group_by: Option<GroupBy>,
    /// Place among views of its scope.
    pub position: i32,
    /// Whether the caller's list opens with it.
    pub is_default: bool,
    /// What the caller may do with it: `update`, `delete`.
    pub allowed_actions: Vec<ActionView>,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub created_at: Option<Instant>,
    /// When it last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub updated_at: Option<Instant>,
}

steward_platform::versioned!(ViewView);

/// Views, in the order in which they are offered.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewList {
    /// The views.
    pub data: Vec<ViewView>,
}

/// How many tickets a view shows to the caller now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewCount {
    /// The view.
    pub view_id: Uuid,
    /// Tickets, at most 1,000; absent when a filter names what is gone.
    pub count: Option<i64>,
    /// Whether there are more.
    pub is_capped: bool,
}

/// Counts of every view that the caller sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewCounts {
    /// One per view, in their order.
    pub data: Vec<ViewCount>,
}

/// How tickets are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Rows.
    List,
    /// Cards in columns.
    Board,
}

/// What tickets are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// Where they stand.
    Status,
    /// How urgent they are.
    Priority,
    /// Who works them.
    Assignee,
    /// Whose they are.
    Team,
}

/// With whom a view is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScopeInput {
    /// Nobody.
    Mine,
    /// The members of a team.
    Team,
    /// Everyone.
    Organization,
}

/// A new view.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewInput {
    /// Name.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub name: String,
    /// `mine` when left out.
    pub scope: Option<ScopeInput>,
    /// The team, for the scope `team` only.
    pub team_id: Option<Uuid>,
    /// Query parameters of the ticket list, by name, at most 30.
    pub filters: Option<BTreeMap<String, String>>,
    /// Order of the ticket list.
    #[schema(
        max_length = 100,
        pattern = r"^(-?(created_at|updated_at|number)(,-?(created_at|updated_at|number|priority|next_breach_at))?|-?priority(,-?created_at)?|-?next_breach_at)$"
    )]
    pub sort: Option<String>,
    /// Columns from left to right.
    #[schema(max_items = 30)]
    pub columns: Option<Vec<String>>,
    /// How its tickets are laid out; left to its reader when left out.
    pub layout: Option<Layout>,
    /// What the list is grouped by, or the columns of the board are.
    pub group_by: Option<GroupBy>,
    /// Place among views of its scope; 0 when left out.
    #[schema(minimum = 0, maximum = 10000)]
    pub position: Option<i32>,
}

/// Fields to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewPatch {
    /// Name.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub name: Option<String>,
    /// With whom it is shared.
    pub scope: Option<ScopeInput>,
    /// The team, for the scope `team` only.
    pub team_id: Option<Uuid>,
    /// All filters, in place of those there are.
    pub filters: Option<BTreeMap<String, String>>,
    /// Order of the ticket list; `null` for the usual one.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 100,
        pattern = r"^(-?(created_at|updated_at|number)(,-?(created_at|updated_at|number|priority|next_breach_at))?|-?priority(,-?created_at)?|-?next_breach_at)$")]
    pub sort: Option<Option<String>>,
    /// All columns, in place of those there are.
    #[schema(max_items = 30)]
    pub columns: Option<Vec<String>>,
    /// How its tickets are laid out; `null` leaves it to its reader.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Layout>)]
    pub layout: Option<Option<Layout>>,
    /// What the list is grouped by, or the columns of the board are; `null` for nothing.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<GroupBy>)]
    pub group_by: Option<Option<GroupBy>>,
    /// Place among views of its scope.
    #[schema(minimum = 0, maximum = 10000)]
    pub position: Option<i32>,
}
