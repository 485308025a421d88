//! Request and answer types of departments and sites.

use crate::users::dto::Reference;
use serde::{Deserialize, Serialize};
use steward_platform::http::merge::{nullable, present};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A department.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DepartmentView {
    /// Id.
    pub(crate) id: Uuid,
    /// Unique in the organization.
    pub(crate) name: String,
    /// The department above.
    pub(crate) parent: Option<Reference>,
    /// Who leads it.
    pub(crate) manager: Option<Reference>,
    /// Number of people in it.
    pub(crate) member_count: i64,
    /// Counts changes.
    pub(crate) version: i64,
}

steward_platform::versioned!(DepartmentView);

/// A new department.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DepartmentInput {
    /// Unique in the organization.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: String,
    /// The department above.
    pub(crate) parent_id: Option<Uuid>,
    /// Who leads it.
    pub(crate) manager_id: Option<Uuid>,
}

/// What is changed of a department.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DepartmentPatch {
    /// Unique in the organization.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: Option<String>,
    /// The department above.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    pub(crate) parent_id: Option<Option<Uuid>>,
    /// Who leads it.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    pub(crate) manager_id: Option<Option<Uuid>>,
}

/// A place where people work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SiteView {
    /// Id.
    pub(crate) id: Uuid,
    /// Unique in the organization.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) address: String,
    /// IANA time zone; the organization's when null.
    pub(crate) time_zone: Option<String>,
    /// Number of people there.
    pub(crate) member_count: i64,
    /// Counts changes.
    pub(crate) version: i64,
}

steward_platform::versioned!(SiteView);

/// A new site.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteInput {
    /// Unique in the organization.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: String,
    /// Where it is.
    #[schema(max_length = 500)]
    pub(crate) address: Option<String>,
    /// IANA time zone.
    #[schema(max_length = 64)]
    pub(crate) time_zone: Option<String>,
}

/// What is changed of a site.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SitePatch {
    /// Unique in the organization.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: Option<String>,
    /// Where it is.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 500)]
    pub(crate) address: Option<String>,
    /// IANA time zone.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 64)]
    pub(crate) time_zone: Option<Option<String>>,
}

/// Query of the lists of departments and sites.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DirectoryQuery {
    /// Number of the page, from 1.
    #[param(minimum = 1, maximum = 4294967295i64)]
    pub(crate) page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub(crate) per_page: Option<u32>,
    /// Part of the name.
    #[param(max_length = 200)]
    pub(crate) search: Option<String>,
    /// `name` (default) or `member_count`; `-` in front turns it round.
    #[param(pattern = r"^-?(name|member_count)$")]
    pub(crate) sort: Option<String>,
}
