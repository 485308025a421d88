//! Request and answer types of categories.

use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A category.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryView {
    /// Id.
    pub id: Uuid,
    /// Unique below its parent, in any case.
    pub name: String,
    /// The category above; none at the top.
    pub parent_id: Option<Uuid>,
    /// Names from the top to this one.
    pub path: Vec<String>,
    /// Whether new tickets may name it.
    pub is_active: bool,
    /// Order among those below the same parent; equal positions are ordered by name.
    pub position: i32,
    /// Number of categories directly below.
    pub child_count: i64,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(CategoryView);

/// A new category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryInput {
    /// Unique below its parent, in any case.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// The category above; at the top when left out.
    pub parent_id: Option<Uuid>,
    /// Whether new tickets may name it; true when left out.
    pub is_active: Option<bool>,
    /// Place among its siblings, which make room; last when left out.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i32>,
}

/// Fields to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryPatch {
    /// Unique below its parent, in any case.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: Option<String>,
    /// Whether new tickets may name it.
    pub is_active: Option<bool>,
    /// Place among its siblings, which make room.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i32>,
}

/// Where a category goes, with everything below it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryMove {
    /// The category above; to the top when null or left out.
    pub parent_id: Option<Uuid>,
    /// Place among its siblings, which make room; last when left out.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i32>,
}

/// Query of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CategoryQuery {
    /// Number of the page, from 1.
    #[param(minimum = 1)]
    pub page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// Only those directly below this category.
    pub parent_id: Option<Uuid>,
    /// Only those that new tickets may name, or may not.
    pub is_active: Option<bool>,
}
