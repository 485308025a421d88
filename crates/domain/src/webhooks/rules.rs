//! Bounds of webhooks, and who may look after whose.

use steward_kernel::id::UserId;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Result};

/// The permission of everything about webhooks.
pub const MANAGE: &str = "webhook:manage";

/// Most webhooks of an organization.
pub const MOST: usize = 50;
/// Longest name, in characters.
pub const MOST_NAME: usize = 100;
/// Longest URL, in characters.
pub const MOST_URL: usize = 2_000;
/// Secrets that sign at the same time.
pub const MOST_SECRETS: usize = 3;
/// Deliveries that one call sends again.
pub const MOST_REPLAYED: u32 = 1_000;
/// Hours for which the secret before the newest still signs, when nothing else is said.
pub const OVERLAP_HOURS: u32 = 24;
/// Most hours of that.
pub const MOST_OVERLAP_HOURS: u32 = 168;

/// Checks name and length of the URL; what the URL leads to is judged where
/// requests leave.
///
/// # Errors
/// Names the field.
pub fn check(name: &str, url: &str) -> Result<()> {
    if name.trim().is_empty() {
        return Err(Error::field("name", "required", "give it a name"));
    }
    check_length("name", name, MOST_NAME)?;
    check_length("url", url, MOST_URL)
}

/// Whether an actor may look after a webhook that acts as `person`: it shows
/// and sends what that person sees, so it must be themselves, or they must see
/// every ticket and every note.
///
/// # Errors
/// Says what is missing.
pub fn may_act_as(actor: &Actor, person: UserId) -> Result<()> {
    let sees_all = actor.may_all("ticket:read") && actor.may_all("ticket:read_internal");
    if actor.user_id == person || sees_all {
        return Ok(());
    }
    let detail = "this webhook acts with the rights of another person; only who sees every ticket and \
                  internal note looks after it";
    Err(Error::new(ErrorCode::InsufficientPermissions, detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use steward_kernel::{Grant, PermissionSet};
    use uuid::Uuid;

    #[test]
    fn a_webhook_of_another_person_is_for_those_who_see_everything() {
        let actor = |grants: &[&str]| {
            let grants: Vec<Grant> = grants.iter().map(|g| g.parse().expect("a grant")).collect();
            Actor {
                user_id: Uuid::from_u128(1).into(),
                permissions: grants.iter().collect::<PermissionSet>(),
                ..Actor::system(Uuid::from_u128(9).into())
            }
        };
        let (me, other) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        let all = ["ticket:read:all", "ticket:read_internal:all"];
        for (grants, of_me, of_other) in [
            (&all[..], true, true),
            (&["ticket:read:all"], true, false),
            (
                &["ticket:read:all", "ticket:read_internal:team"],
                true,
                false,
            ),
            (
                &["ticket:read:team", "ticket:read_internal:all"],
                true,
                false,
            ),
            (&[], true, false),
        ] {
            let actor = actor(grants);
            assert_eq!(may_act_as(&actor, me).is_ok(), of_me, "{grants:?}");
            assert_eq!(may_act_as(&actor, other).is_ok(), of_other, "{grants:?}");
        }
    }

    #[test]
    fn names_and_urls_are_bounded() {
        assert!(check("Chat", "https://example.com").is_ok());
        let long = "x".repeat(MOST_URL + 1);
        for (name, url, field) in [
            ("", "https://example.com", "name"),
            (" \n", "https://example.com", "name"),
            (&"x".repeat(MOST_NAME + 1), "https://example.com", "name"),
            ("Chat", long.as_str(), "url"),
        ] {
            assert_eq!(check(name, url).expect_err(field).errors[0].field, field);
        }
    }
}
