//! Who acts: loaded once per request, passed first to every use case.

use crate::id::{OrganizationId, SessionId, TeamId, UserId};
use crate::permission::{PermissionSet, Scope};

/// The person (or token) behind a request, with all that decisions need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Whose rights and name are used.
    pub user_id: UserId,
    /// The tenant; stores take it from here, never from input.
    pub organization_id: OrganizationId,
    /// The sign-in, absent for API tokens and background work.
    pub session_id: Option<SessionId>,
    /// What the actor's roles (narrowed by a token's scopes) allow.
    pub permissions: PermissionSet,
    /// Teams the actor is a member of.
    pub teams: Vec<TeamId>,
    /// Names of the roles held, for labels and audit.
    pub roles: Vec<String>,
    /// Platform operator: manages organizations, and nothing inside them.
    pub is_operator: bool,
}

impl Actor {
    /// The product itself, which acts in an organization without a person: no
    /// rights of its own, and nobody's name in timeline and events.
    #[must_use]
    pub fn system(organization_id: OrganizationId) -> Self {
        Self {
            user_id: UserId(uuid::Uuid::nil()),
            organization_id,
            session_id: None,
            permissions: PermissionSet::default(),
            teams: Vec::new(),
            roles: Vec::new(),
            is_operator: false,
        }
    }

    /// The person who acts; nobody when it is the product itself.
    #[must_use]
    pub fn person(&self) -> Option<UserId> {
        (!self.user_id.0.is_nil()).then_some(self.user_id)
    }

    /// Whether the actor holds `resource:action` at any scope.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        self.permissions.has(permission)
    }

    /// Whether the actor holds `resource:action` for the whole organization.
    #[must_use]
    pub fn may_all(&self, permission: &str) -> bool {
        self.permissions.scope(permission) == Some(Scope::All)
    }
}
