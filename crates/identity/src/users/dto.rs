//! Request and answer types of people.

use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use steward_platform::http::merge::{nullable, present};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A person or thing, named.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reference {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    /// Id.
    pub id: Uuid,
    /// Unique in the organization.
    pub username: String,
    /// Unique in the deployment.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// First and last name.
    pub name: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// IANA time zone; the organization's when null.
    pub time_zone: Option<String>,
    /// Language tag; the organization's when null.
    pub locale: Option<String>,
    /// Who approves for this person.
    pub manager: Option<Reference>,
    /// Department.
    pub department: Option<Reference>,
    /// Site.
    pub site: Option<Reference>,
    /// What the person knows.
    pub skills: Vec<String>,
    /// Begin of an absence.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub away_from: Option<Instant>,
    /// End of an absence.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub away_until: Option<Instant>,
    /// Open tickets at most, for automatic assignment; no limit when null.
    pub max_open_tickets: Option<i32>,
    /// Level of experience, for automatic assignment.
    pub experience: i32,
    /// Names of the roles held.
    pub roles: Vec<String>,
    /// Whether the person can sign in.
    pub is_active: bool,
    /// Whether the person manages the organizations of the deployment.
    pub is_operator: bool,
    /// Whether a second factor is asked for at sign-in.
    pub mfa_enabled: bool,
    /// How the account is used; only for its owner and those who manage accounts.
    pub sign_in: Option<SignInView>,
    /// Counts changes.
    pub version: i64,
    /// When the record was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(UserView);

/// How an account is used.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInView {
    /// Whether the person has shown that the address is theirs.
    pub is_verified: bool,
    /// Last sign-in.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_login_at: Option<Instant>,
    /// When the password was last set.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub password_changed_at: Option<Instant>,
    /// Until when wrong passwords have locked the account.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub locked_until: Option<Instant>,
}

/// A new person, from the command line or a program.
#[derive(Debug)]
pub struct UserInput {
    /// E-mail address.
    pub email: String,
    /// Defaults to the part of the address before the `@`.
    pub username: Option<String>,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// At least 12 characters and hard to guess.
    pub password: String,
    /// Names of roles; `end_user` when left out.
    pub roles: Option<Vec<String>>,
}

impl From<UserInput> for NewUserInput {
    fn from(input: UserInput) -> Self {
        Self {
            email: input.email,
            username: input.username,
            first_name: input.first_name,
            last_name: input.last_name,
            password: Some(input.password),
            roles: input.roles,
        }
    }
}

/// A new person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUserInput {
    /// E-mail address.
    #[schema(
        min_length = 3,
        max_length = 254,
        pattern = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$"
    )]
    pub(crate) email: String,
    /// Defaults to the part of the address before the `@`.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[A-Za-z0-9._-]+$")]
    pub(crate) username: Option<String>,
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
    /// Names of roles; `end_user` when left out.
    #[schema(max_items = 50)]
    pub(crate) roles: Option<Vec<String>>,
}

/// What people change of their own record; what is left out stays, `null` takes away.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct MePatch {
    /// First name.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 100)]
    pub(crate) first_name: Option<String>,
    /// Last name.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 100)]
    pub(crate) last_name: Option<String>,
    /// Telephone number.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub(crate) phone: Option<Option<String>>,
    /// IANA time zone.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 64)]
    pub(crate) time_zone: Option<Option<String>>,
    /// Language tag such as `de-AT`.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 35, pattern = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    pub(crate) locale: Option<Option<String>>,
    /// What the person knows.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Vec<String>, required = false, max_items = 50)]
    pub(crate) skills: Option<Vec<String>>,
    /// Begin of an absence.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) away_from: Option<Option<Instant>>,
    /// End of an absence.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) away_until: Option<Option<Instant>>,
}

/// What is changed of a person's record; what is left out stays, `null` takes away.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct UserPatch {
    /// E-mail address.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 3, max_length = 254,
        pattern = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$")]
    pub(crate) email: Option<String>,
    /// Username.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100, pattern = r"^[A-Za-z0-9._-]+$")]
    pub(crate) username: Option<String>,
    /// First name.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 100)]
    pub(crate) first_name: Option<String>,
    /// Last name.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 100)]
    pub(crate) last_name: Option<String>,
    /// Telephone number.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub(crate) phone: Option<Option<String>>,
    /// IANA time zone.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 64)]
    pub(crate) time_zone: Option<Option<String>>,
    /// Language tag such as `de-AT`.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, max_length = 35, pattern = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    pub(crate) locale: Option<Option<String>>,
    /// Who approves for this person.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    pub(crate) manager_id: Option<Option<Uuid>>,
    /// Department.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    pub(crate) department_id: Option<Option<Uuid>>,
    /// Site.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    pub(crate) site_id: Option<Option<Uuid>>,
    /// What the person knows.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Vec<String>, required = false, max_items = 50)]
    pub(crate) skills: Option<Vec<String>>,
    /// Begin of an absence.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) away_from: Option<Option<Instant>>,
    /// End of an absence.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) away_until: Option<Option<Instant>>,
    /// Open tickets at most, for automatic assignment.
    #[serde(deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 1000)]
    pub(crate) max_open_tickets: Option<Option<i32>>,
    /// Level of experience, for automatic assignment.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = i32, required = false, minimum = 0, maximum = 100)]
    pub(crate) experience: Option<i32>,
    /// Names of all roles that the person is to hold.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Vec<String>, required = false, max_items = 50)]
    pub(crate) roles: Option<Vec<String>>,
}

impl From<MePatch> for UserPatch {
    fn from(patch: MePatch) -> Self {
        Self {
            first_name: patch.first_name,
            last_name: patch.last_name,
            phone: patch.phone,
            time_zone: patch.time_zone,
            locale: patch.locale,
            skills: patch.skills,
            away_from: patch.away_from,
            away_until: patch.away_until,
            ..Self::default()
        }
    }
}

/// Query of a list of people.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Number of the page, from 1.
    #[param(minimum = 1, maximum = 4294967295i64)]
    pub page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// Words that first name, last name, address or username contain.
    #[param(max_length = 200)]
    pub search: Option<String>,
    /// Whether the person can sign in.
    pub is_active: Option<bool>,
    /// Names of roles, separated by commas.
    #[param(max_length = 1000)]
    pub role: Option<String>,
    /// Member of this team.
    pub team: Option<Uuid>,
    /// In this department.
    pub department: Option<Uuid>,
    /// At this site.
    pub site: Option<Uuid>,
    /// `last_name` (default), `email`, `created_at` or `last_login_at`; `-` in front turns it round.
    #[param(pattern = r"^-?(last_name|email|created_at|last_login_at)$")]
    pub sort: Option<String>,
}

/// Filters of the directory as a file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// Words that first name, last name, address or username contain.
    #[param(max_length = 200)]
    pub search: Option<String>,
    /// Whether the person can sign in.
    pub is_active: Option<bool>,
    /// Names of roles, separated by commas.
    #[param(max_length = 1000)]
    pub role: Option<String>,
    /// Member of this team.
    pub team: Option<Uuid>,
    /// In this department.
    pub department: Option<Uuid>,
    /// At this site.
    pub site: Option<Uuid>,
}

impl From<ExportQuery> for ListQuery {
    fn from(query: ExportQuery) -> Self {
        Self {
            page: None,
            per_page: None,
            search: query.search,
            is_active: query.is_active,
            role: query.role,
            team: query.team,
            department: query.department,
            site: query.site,
            sort: None,
        }
    }
}

/// Query of the look-up of people.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LookupQuery {
    /// Words that first name, last name, address or username contain.
    #[param(min_length = 2, max_length = 200)]
    pub q: String,
}

/// A person by name, for those who may not read the directory.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonName {
    /// Id.
    pub id: Uuid,
    /// First and last name.
    pub name: String,
    /// Name of the department, which tells people of the same name apart.
    pub department: Option<String>,
}

/// People by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonNames {
    /// At most 10, by last name.
    pub data: Vec<PersonName>,
}
