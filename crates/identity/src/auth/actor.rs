//! Loading the actor of a request. Read from the database each time, so that
//! deactivation and role changes count at once.

use super::store;
use steward_db::Db;
use steward_kernel::id::{OrganizationId, SessionId, TeamId};
use steward_kernel::{Actor, Error, ErrorCode, Grant, Instant, PermissionSet, Result};
use uuid::Uuid;

/// The actor of a live session.
pub(super) async fn load(db: &Db, session: Uuid, user: Uuid, now: Instant) -> Result<Actor> {
    let Some(person) = store::person(db, session, user, now).await? else {
        return Err(Error::new(
            ErrorCode::AuthenticationRequired,
            "this session has ended; sign in again",
        ));
    };
    let roles = store::roles(db, user).await?;
    let grants: Vec<Grant> = roles
        .iter()
        .filter_map(|role| role.permissions.as_array())
        .flatten()
        .filter_map(|text| text.as_str().and_then(|text| text.parse().ok()))
        .collect();
    let teams = store::teams(db, user).await?;
    Ok(Actor {
        user_id: person.user_id.into(),
        organization_id: person.organization_id.into(),
        session_id: Some(SessionId(session)),
        permissions: grants.iter().collect::<PermissionSet>(),
        teams: teams.into_iter().map(|m| TeamId(m.team_id)).collect(),
        roles: roles.into_iter().map(|r| r.name).collect(),
        is_operator: person.is_operator,
    })
}

/// People as actors, without a sign-in, for background work that asks what
/// they may see. Those who are not active, or of another organization, are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn actors(db: &Db, organization: OrganizationId, users: &[Uuid]) -> Result<Vec<Actor>> {
    let mut actors = Vec::with_capacity(users.len());
    for user in store::active(db, organization, users).await? {
        let roles = store::roles(db, user).await?;
        let grants: Vec<Grant> = roles
            .iter()
            .filter_map(|role| role.permissions.as_array())
            .flatten()
            .filter_map(|text| text.as_str().and_then(|text| text.parse().ok()))
            .collect();
        let teams = store::teams(db, user).await?;
        actors.push(Actor {
            user_id: user.into(),
            organization_id: organization,
            session_id: None,
            permissions: grants.iter().collect::<PermissionSet>(),
            teams: teams.into_iter().map(|m| TeamId(m.team_id)).collect(),
            roles: roles.into_iter().map(|r| r.name).collect(),
            is_operator: false,
        });
    }
    Ok(actors)
}
