//! Request and answer types of organizations.

use crate::users::dto::UserView;
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use steward_platform::http::merge::present;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// An organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizationView {
    /// Id.
    pub(crate) id: Uuid,
    /// Unique in the deployment.
    pub(crate) name: String,
    /// Its domain.
    pub(crate) domain: String,
    /// IANA time zone; that of people who chose none.
    pub(crate) time_zone: String,
    /// Language tag; that of people who chose none.
    pub(crate) locale: String,
    /// Whether its people can sign in.
    pub(crate) is_active: bool,
    /// Whether it is the example, whose people and tickets are invented.
    pub(crate) is_example: bool,
    /// Counts changes.
    pub(crate) version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) updated_at: Instant,
}

steward_platform::versioned!(OrganizationView);

/// Query of a list of organizations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OrganizationQuery {
    /// Only those whose people can sign in, or only the others.
    pub(crate) is_active: Option<bool>,
    /// Number of the page.
    #[param(minimum = 1)]
    pub(crate) page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub(crate) per_page: Option<u32>,
    /// `next_cursor` of an earlier answer.
    pub(crate) cursor: Option<String>,
}

/// A new organization with its first administrator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrganizationInput {
    /// Unique in the deployment.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: String,
    /// Its domain; made of the name when left out.
    #[schema(
        min_length = 1,
        max_length = 253,
        pattern = r"^[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*$"
    )]
    pub(crate) domain: Option<String>,
    /// IANA time zone; `UTC` when left out.
    #[schema(max_length = 64)]
    pub(crate) time_zone: Option<String>,
    /// Language tag; `en` when left out.
    #[schema(max_length = 35, pattern = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    pub(crate) locale: Option<String>,
    /// Who administers it first.
    pub(crate) admin: FirstAdmin,
}

/// The first administrator of an organization.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FirstAdmin {
    /// E-mail address.
    #[schema(
        min_length = 3,
        max_length = 254,
        pattern = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$"
    )]
    pub(crate) email: String,
    /// First name.
    #[schema(max_length = 100)]
    pub(crate) first_name: String,
    /// Last name.
    #[schema(max_length = 100)]
    pub(crate) last_name: String,
    /// 12 to 128 characters, hard to guess, without name or address. When left
    /// out, the person gets a mail with a link to choose one.
    #[schema(min_length = 12, max_length = 128, format = "password")]
    pub(crate) password: Option<String>,
}

/// A new organization and its first administrator.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewOrganizationView {
    /// The organization.
    pub(crate) organization: OrganizationView,
    /// Who administers it first.
    pub(crate) admin: UserView,
}

/// What an operator changes of an organization; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct OrganizationPatch {
    /// Unique in the deployment.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: Option<String>,
    /// Its domain.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 253,
        pattern = r"^[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*$")]
    pub(crate) domain: Option<String>,
    /// IANA time zone.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 64)]
    pub(crate) time_zone: Option<String>,
    /// Language tag.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 35, pattern = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    pub(crate) locale: Option<String>,
    /// Whether its people can sign in; `false` signs them out at once.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = bool, required = false)]
    pub(crate) is_active: Option<bool>,
}

/// What an administrator changes of the own organization; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct OwnOrganizationPatch {
    /// Unique in the deployment.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: Option<String>,
    /// IANA time zone.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 64)]
    pub(crate) time_zone: Option<String>,
    /// Language tag.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 35, pattern = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    pub(crate) locale: Option<String>,
}

impl From<OwnOrganizationPatch> for OrganizationPatch {
    fn from(patch: OwnOrganizationPatch) -> Self {
        Self {
            name: patch.name,
            time_zone: patch.time_zone,
            locale: patch.locale,
            ..Self::default()
        }
    }
}

/// Whether the deployment waits for its first organization.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetupView {
    /// Whether there is no organization yet.
    pub(crate) needed: bool,
}

/// The first organization of a deployment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupInput {
    /// The code in the log of the server's start; hyphens and case do not matter.
    #[schema(min_length = 1, max_length = 100)]
    pub(crate) code: String,
    /// Name of the organization.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub(crate) name: String,
    /// IANA time zone; `UTC` when left out.
    #[schema(max_length = 64)]
    pub(crate) time_zone: Option<String>,
    /// Language tag; `en` when left out.
    #[schema(max_length = 35, pattern = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    pub(crate) locale: Option<String>,
    /// Who administers it.
    pub(crate) admin: SetupAdmin,
}

/// Who sets a deployment up, and administers it from then on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupAdmin {
    /// E-mail address.
    #[schema(
        min_length = 3,
        max_length = 254,
        pattern = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$"
    )]
    pub(crate) email: String,
    /// First name.
    #[schema(max_length = 100)]
    pub(crate) first_name: String,
    /// Last name.
    #[schema(max_length = 100)]
    pub(crate) last_name: String,
    /// 12 to 128 characters, hard to guess, without name or address.
    #[schema(min_length = 12, max_length = 128, format = "password")]
    pub(crate) password: String,
}

impl From<SetupAdmin> for FirstAdmin {
    fn from(admin: SetupAdmin) -> Self {
        Self {
            email: admin.email,
            first_name: admin.first_name,
            last_name: admin.last_name,
            password: Some(admin.password),
        }
    }
}
