//! Who may hand out which rights, and act on whose account.

use steward_kernel::{Error, ErrorCode, Grant, PermissionSet, Result};

/// The first permission of `wanted` that `held` does not reach, as `resource:action:scope`.
#[must_use]
pub fn beyond(held: &PermissionSet, wanted: &PermissionSet) -> Option<String> {
    wanted
        .iter()
        .find(|(name, scope)| held.scope(name).is_none_or(|reach| reach < *scope))
        .map(|(name, scope)| format!("{name}:{scope}"))
}

/// Nobody hands out rights that they do not hold.
///
/// # Errors
/// Names the right that is missing.
pub fn may_grant(held: &PermissionSet, wanted: &PermissionSet) -> Result<()> {
    match beyond(held, wanted) {
        None => Ok(()),
        Some(grant) => Err(Error::new(
            ErrorCode::InsufficientPermissions,
            format!("you cannot give {grant}, which you do not hold yourself"),
        )),
    }
}

/// Nobody changes the account of a person who may do more than they may: who
/// can reset a sign-in can use it.
///
/// # Errors
/// Names the right that is missing.
pub fn may_govern(held: &PermissionSet, theirs: &PermissionSet) -> Result<()> {
    match beyond(held, theirs) {
        None => Ok(()),
        Some(grant) => Err(Error::new(
            ErrorCode::InsufficientPermissions,
            format!("this person holds {grant}, which you do not; ask someone who does"),
        )),
    }
}

/// What is left of `held` when a token is limited to `token`: of each
/// permission in both, the narrower scope.
#[must_use]
pub fn narrowed(held: &PermissionSet, token: &PermissionSet) -> PermissionSet {
    let both = token.iter().filter_map(|(name, wished)| {
        let (resource, action) = name.split_once(':')?;
        Some(Grant {
            resource: resource.to_owned(),
            action: action.to_owned(),
            scope: held.scope(name)?.min(wished),
        })
    });
    let grants: Vec<Grant> = both.collect();
    grants.iter().collect()
}

/// What changes in a person's rights: `(gained, lost)`, each as
/// `resource:action:scope`; a scope that grows or shrinks is in both lists.
#[must_use]
pub fn difference(before: &PermissionSet, after: &PermissionSet) -> (Vec<String>, Vec<String>) {
    let only = |these: &PermissionSet, those: &PermissionSet| {
        these
            .iter()
            .filter(|(name, scope)| those.scope(name) != Some(*scope))
            .map(|(name, scope)| format!("{name}:{scope}"))
            .collect()
    };
    (only(after, before), only(before, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use steward_kernel::Scope;

    fn set(grants: &[&str]) -> PermissionSet {
        let grants: Vec<Grant> = grants.iter().map(|g| g.parse().expect("valid")).collect();
        grants.iter().collect()
    }

    #[test]
    fn only_rights_that_one_holds_as_widely_can_be_given() {
        let held = set(&["ticket:read:team", "user:read:all"]);
        for (wanted, missing) in [
            (&["ticket:read:own"][..], None),
            (&["ticket:read:team", "user:read:own"], None),
            (&[], None),
            (&["ticket:read:all"], Some("ticket:read:all")),
            (
                &["user:read:all", "role:manage:own"],
                Some("role:manage:own"),
            ),
        ] {
            assert_eq!(
                beyond(&held, &set(wanted)).as_deref(),
                missing,
                "{wanted:?}"
            );
            assert_eq!(may_grant(&held, &set(wanted)).is_ok(), missing.is_none());
            assert_eq!(may_govern(&held, &set(wanted)).is_ok(), missing.is_none());
        }
    }

    #[test]
    fn a_difference_names_what_is_gained_and_lost() {
        let before = set(&["ticket:read:own", "user:read:all"]);
        let after = set(&["ticket:read:all", "team:read:all"]);
        let (gained, lost) = difference(&before, &after);
        assert_eq!(gained, ["team:read:all", "ticket:read:all"]);
        assert_eq!(lost, ["ticket:read:own", "user:read:all"]);
        assert_eq!(difference(&before, &before), (Vec::new(), Vec::new()));
    }

    fn any_set() -> impl Strategy<Value = PermissionSet> {
        let scope = prop_oneof![Just(Scope::Own), Just(Scope::Team), Just(Scope::All)];
        let grant = ("[ab]", "[cd]", scope).prop_map(|(resource, action, scope)| Grant {
            resource,
            action,
            scope,
        });
        proptest::collection::vec(grant, 0..5).prop_map(|grants| grants.iter().collect())
    }

    proptest! {
        #[test]
        fn a_token_never_reaches_beyond_its_owner_or_its_own_limits(
            held in any_set(),
            token in any_set(),
        ) {
            let left = narrowed(&held, &token);
            prop_assert_eq!(beyond(&held, &left), None);
            prop_assert_eq!(beyond(&token, &left), None);
            for (name, _) in token.iter() {
                prop_assert_eq!(left.has(name), held.has(name));
            }
        }
    }
}
