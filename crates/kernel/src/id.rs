//! Typed ids: a ticket's id cannot be passed where a user's is wanted.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

typed_ids! {
    /// A tenant. Every row of a tenant's data carries it.
    OrganizationId,
    /// A person (or machine account) of one organization.
    UserId,
    /// A team of agents.
    TeamId,
    /// A system or custom role.
    RoleId,
    /// A ticket of any kind.
    TicketId,
    /// A public or internal comment on a ticket.
    CommentId,
    /// A node of the category tree.
    CategoryId,
    /// A sign-in that can be listed and revoked.
    SessionId,
    /// A domain event.
    EventId,
    /// A background job.
    JobId,
}
