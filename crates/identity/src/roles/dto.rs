//! Request and answer types of roles.

use crate::users::dto::Reference;
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use steward_platform::http::merge::present;
use utoipa::ToSchema;
use uuid::Uuid;

/// A role.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoleView {
    /// Id.
    pub(crate) id: Uuid,
    /// Unique in the organization.
    pub(crate) name: String,
    /// What it is for.
    pub(crate) description: String,
    /// Whether the description is the one that came with the product, in English: programs can
    /// say it in another language by the role's name.
    pub(crate) has_shipped_description: bool,
    /// What it grants, as `resource:action:scope`.
    pub(crate) permissions: Vec<String>,
    /// Whether it came with the product: its name is fixed and it cannot be deleted.
    pub(crate) is_system: bool,
    /// Whether its holders need a second factor.
    pub(crate) requires_mfa: bool,
    /// How many people hold it.
    pub(crate) member_count: i64,
    /// Counts changes.
    pub(crate) version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) updated_at: Instant,
}

steward_platform::versioned!(RoleView);

/// A new role.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleInput {
    /// Lower-case letters, digits and underscores.
    #[schema(min_length = 1, max_length = 50, pattern = r"^[a-z][a-z0-9_]*$")]
    pub(crate) name: String,
    /// What it is for.
    #[schema(max_length = 500)]
    pub(crate) description: Option<String>,
    /// What it grants, as `resource:action:scope`.
    #[schema(max_items = 200)]
    pub(crate) permissions: Vec<String>,
    /// Whether its holders need a second factor.
    pub(crate) requires_mfa: Option<bool>,
}

/// What is changed of a role; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RolePatch {
    /// Lower-case letters, digits and underscores.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 50, pattern = r"^[a-z][a-z0-9_]*$")]
    pub(crate) name: Option<String>,
    /// What it is for.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = String, required = false, max_length = 500)]
    pub(crate) description: Option<String>,
    /// All that it is to grant, as `resource:action:scope`.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Vec<String>, required = false, max_items = 200)]
    pub(crate) permissions: Option<Vec<String>>,
    /// Whether its holders need a second factor.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = bool, required = false)]
    pub(crate) requires_mfa: Option<bool>,
}

/// Grants to try out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewInput {
    /// All that the role would grant, as `resource:action:scope`.
    #[schema(max_items = 200)]
    pub(crate) permissions: Vec<String>,
}

/// What other grants of a role would change. Nothing is saved.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewView {
    /// Grants that the role would get.
    pub(crate) gained: Vec<String>,
    /// Grants that the role would lose.
    pub(crate) lost: Vec<String>,
    /// People whose rights would change, all their roles counted together.
    pub(crate) people: Vec<PersonPreview>,
    /// False when the role has more than 1000 holders and only the first were looked at.
    pub(crate) is_complete: bool,
}

/// What would change for one person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonPreview {
    /// The person.
    pub(crate) user: Reference,
    /// Rights they would gain.
    pub(crate) gained: Vec<String>,
    /// Rights they would lose.
    pub(crate) lost: Vec<String>,
}

/// Something that a role can grant.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermissionView {
    /// `resource:action`
    pub(crate) name: String,
    /// What it lets people do.
    pub(crate) description: String,
    /// How far it can reach: `own`, `team`, `all`.
    pub(crate) scopes: Vec<String>,
}

/// The vocabulary of permissions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Vocabulary {
    /// Every permission.
    pub(crate) data: Vec<PermissionView>,
}

/// A right that a person has, and why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EffectivePermission {
    /// `resource:action`
    pub(crate) name: String,
    /// What it lets people do.
    pub(crate) description: String,
    /// How far it reaches: the widest of what the roles grant.
    pub(crate) scope: String,
    /// The roles that grant it.
    pub(crate) roles: Vec<GrantingRole>,
}

/// A role that grants a right.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GrantingRole {
    /// Id.
    pub(crate) id: Uuid,
    /// Name.
    pub(crate) name: String,
    /// How far this role grants it.
    pub(crate) scope: String,
}

/// What a person may do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EffectivePermissions {
    /// The rights, by name.
    pub(crate) data: Vec<EffectivePermission>,
    /// Whether the rights are of no use until the person switches a second factor on.
    pub(crate) awaits_second_factor: bool,
}
