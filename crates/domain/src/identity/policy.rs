//! Who may hand out which rights, and act on whose account.

use steward_kernel::{Error, ErrorCode, PermissionSet, Result};

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

#[cfg(test)]
mod tests {
    use super::*;
    use steward_kernel::Grant;

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
}
