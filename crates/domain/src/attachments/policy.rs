//! Who may do what with attachments of a ticket that the actor sees.

use crate::tickets::policy::sees_internal;
use steward_kernel::Actor;
use steward_kernel::id::UserId;

/// The permission that adding needs: the one for the comment it goes with.
#[must_use]
pub const fn permission_to_add(is_internal: bool) -> &'static str {
    if is_internal {
        "ticket:comment_internal"
    } else {
        "ticket:comment"
    }
}

/// Whether the actor may know that it exists.
#[must_use]
pub fn sees(actor: &Actor, is_internal: bool) -> bool {
    !is_internal || sees_internal(actor)
}

/// Whether the actor may remove what `uploader` attached: the uploader, as
/// long as comments are allowed, and who holds `attachment:delete`.
#[must_use]
pub fn may_delete(actor: &Actor, uploader: UserId, is_internal: bool) -> bool {
    let is_own = actor.user_id == uploader && actor.may(permission_to_add(is_internal));
    sees(actor, is_internal) && (is_own || actor.may("attachment:delete"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use steward_kernel::{Grant, PermissionSet};
    use uuid::Uuid;

    fn actor(id: u128, grants: &[&str]) -> Actor {
        let grants: Vec<Grant> = grants
            .iter()
            .map(|g| format!("{g}:all").parse().expect("a grant"))
            .collect();
        Actor {
            user_id: Uuid::from_u128(id).into(),
            organization_id: Uuid::from_u128(9).into(),
            session_id: None,
            permissions: grants.iter().collect::<PermissionSet>(),
            teams: Vec::new(),
            roles: Vec::new(),
            is_operator: false,
        }
    }

    #[test]
    fn the_uploader_and_holders_of_the_permission_may_delete() {
        let uploader = Uuid::from_u128(1).into();
        let cases: &[(u128, &[&str], bool, bool)] = &[
            (1, &["ticket:comment"], false, true),
            (1, &["ticket:read"], false, false),
            (2, &["ticket:comment"], false, false),
            (2, &["attachment:delete"], false, true),
            (2, &["attachment:delete"], true, false),
            (
                2,
                &["attachment:delete", "ticket:read_internal"],
                true,
                true,
            ),
            (1, &["ticket:comment"], true, false),
            (1, &["ticket:comment_internal"], true, false),
            (
                1,
                &["ticket:comment_internal", "ticket:read_internal"],
                true,
                true,
            ),
        ];
        for (id, grants, is_internal, expected) in cases {
            let who = actor(*id, grants);
            assert_eq!(
                may_delete(&who, uploader, *is_internal),
                *expected,
                "{id} {grants:?} internal={is_internal}"
            );
        }
    }
}
