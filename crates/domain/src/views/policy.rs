//! Who sees, shares and changes a view.

use steward_kernel::id::{TeamId, UserId};
use steward_kernel::{Actor, Scope};

/// With whom a view is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Nobody: it is its owner's.
    Mine,
    /// A team.
    Team(TeamId),
    /// Everyone in the organization.
    Organization,
}

/// Whether the actor sees a view of the own organization.
#[must_use]
pub fn sees(actor: &Actor, owner: UserId, sharing: Sharing) -> bool {
    actor.user_id == owner
        || match sharing {
            Sharing::Mine => false,
            Sharing::Team(team) => actor.teams.contains(&team),
            Sharing::Organization => true,
        }
}

/// Whether the actor may share a view so: with own teams by `view:share` at
/// scope team, with anyone at scope all.
#[must_use]
pub fn may_share(actor: &Actor, sharing: Sharing) -> bool {
    match (sharing, actor.permissions.scope("view:share")) {
        (Sharing::Mine, _) | (_, Some(Scope::All)) => true,
        (Sharing::Team(team), Some(Scope::Team)) => actor.teams.contains(&team),
        _ => false,
    }
}

/// Whether the actor may change or delete a view that is seen: the owner, and
/// for a shared one whoever may share with the whole organization.
#[must_use]
pub fn may_change(actor: &Actor, owner: UserId, sharing: Sharing) -> bool {
    actor.user_id == owner || (sharing != Sharing::Mine && actor.may_all("view:share"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use steward_kernel::{Grant, PermissionSet};
    use uuid::Uuid;

    fn actor(id: u128, grant: Option<&str>, teams: &[u128]) -> Actor {
        let grants: Vec<Grant> = grant.iter().map(|g| g.parse().expect("a grant")).collect();
        Actor {
            user_id: Uuid::from_u128(id).into(),
            organization_id: Uuid::from_u128(9).into(),
            session_id: None,
            permissions: grants.iter().collect::<PermissionSet>(),
            teams: teams.iter().map(|t| Uuid::from_u128(*t).into()).collect(),
            roles: Vec::new(),
            is_operator: false,
        }
    }

    #[test]
    fn seeing_sharing_and_changing_follow_the_table() {
        let owner: UserId = Uuid::from_u128(1).into();
        let mine = Sharing::Mine;
        let team = Sharing::Team(Uuid::from_u128(7).into());
        let all = Sharing::Organization;
        let share_all = Some("view:share:all");
        let share_team = Some("view:share:team");
        // actor, sharing, sees, may share, may change
        let cases = [
            (actor(1, None, &[]), mine, true, true, true),
            (actor(1, None, &[7]), team, true, false, true),
            (actor(1, None, &[]), all, true, false, true),
            (actor(2, None, &[]), mine, false, true, false),
            (actor(2, None, &[7]), team, true, false, false),
            (actor(2, None, &[]), team, false, false, false),
            (actor(2, share_team, &[7]), team, true, true, false),
            (actor(2, share_team, &[]), team, false, false, false),
            (actor(2, share_team, &[7]), all, true, false, false),
            (actor(2, share_all, &[]), team, false, true, true),
            (actor(2, share_all, &[]), all, true, true, true),
            (actor(2, share_all, &[]), mine, false, true, false),
        ];
        for (who, sharing, seen, share, change) in cases {
            let got = (
                sees(&who, owner, sharing),
                may_share(&who, sharing),
                may_change(&who, owner, sharing),
            );
            assert_eq!(got, (seen, share, change), "{who:?} {sharing:?}");
        }
    }
}
