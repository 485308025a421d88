//! Request and answer types of people.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

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
    /// Names of the roles held.
    pub roles: Vec<String>,
    /// Whether the person can sign in.
    pub is_active: bool,
    /// Whether a second factor is asked for at sign-in.
    pub mfa_enabled: bool,
    /// Counts changes.
    pub version: i64,
    /// When the record was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: steward_kernel::Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: steward_kernel::Instant,
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

/// Query of a list.
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
}
