//! Loading the actor of a request. Read from the database each time, in one
//! statement, so that deactivation and role changes count at once.

use super::store::{self, ActorRow, TokenRow};
use super::{grants, tokens};
use jiff::SignedDuration;
use std::collections::BTreeMap;
use steward_db::{Db, time::from_db};
use steward_domain::identity::policy;
use steward_kernel::id::{OrganizationId, SessionId, TeamId};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::live::Credential;
use uuid::Uuid;

/// How exactly the last use of a token is kept.
const USE_NOTED: SignedDuration = SignedDuration::from_mins(1);

/// An actor, and whether they have yet to switch a second factor on.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) actor: Actor,
    pub(super) awaits_second_factor: bool,
    /// What they signed in with; none where background work asks.
    pub(super) credential: Option<Credential>,
}

/// The actor of a live session.
pub(super) async fn of_session(db: &Db, session: Uuid, user: Uuid, now: Instant) -> Result<Loaded> {
    let rows = store::actor_of_session(db, session, user, now).await?;
    let mut loaded = gather(&rows).ok_or_else(|| {
        let detail = "this session has ended; sign in again";
        Error::new(ErrorCode::AuthenticationRequired, detail)
    })?;
    loaded.actor.session_id = Some(SessionId(session));
    loaded.credential = Some(Credential::Session(session));
    Ok(loaded)
}

/// The owner of an API token, with what the token leaves of their rights.
pub(super) async fn of_token(db: &Db, token: &str, now: Instant) -> Result<Loaded> {
    let refused = || {
        let detail = "this API token is unknown, revoked or out of date";
        Error::new(ErrorCode::AuthenticationRequired, detail)
    };
    let row = store::api_token(db, &tokens::hash(token)).await?;
    let row = row.ok_or_else(refused)?;
    let rows = store::actor_of_token(db, row.id, now).await?;
    let mut loaded = gather(&rows).ok_or_else(refused)?;
    limit(&mut loaded.actor, &row);
    loaded.credential = Some(Credential::Token(row.id));
    let is_noted = row
        .last_used_at
        .is_some_and(|at| from_db(at).duration_until(now) < USE_NOTED);
    if !is_noted {
        store::touch_token(db, row.id, now).await?;
    }
    Ok(loaded)
}

/// Leaves what a token allows.
fn limit(actor: &mut Actor, token: &TokenRow) {
    let limits = grants::of_texts(vec![token.permissions.clone()]);
    actor.permissions = policy::narrowed(&actor.permissions, &limits);
    actor.is_operator = false;
}

/// Who is behind these credentials now; those that count no more are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn actors_of(
    db: &Db,
    credentials: &[Credential],
    now: Instant,
) -> Result<BTreeMap<Credential, Actor>> {
    let (mut sessions, mut tokens) = (Vec::new(), Vec::new());
    for credential in credentials {
        match credential {
            Credential::Session(id) => sessions.push(*id),
            Credential::Token(id) => tokens.push(*id),
        }
    }
    let mut found = BTreeMap::new();
    let rows = store::actors_of_sessions(db, &sessions, now).await?;
    for (id, mut actor) in admitted(rows) {
        actor.session_id = Some(SessionId(id));
        found.insert(Credential::Session(id), actor);
    }
    let rows = store::actors_of_tokens(db, &tokens, now).await?;
    let limits = store::tokens(db, &tokens).await?;
    for (id, mut actor) in admitted(rows) {
        if let Some(token) = limits.iter().find(|token| token.id == id) {
            limit(&mut actor, token);
            found.insert(Credential::Token(id), actor);
        }
    }
    Ok(found)
}

/// The actors in these rows by what was asked for, less those who have yet to
/// switch a second factor on.
fn admitted(rows: Vec<ActorRow>) -> BTreeMap<Uuid, Actor> {
    let mut loaded = by_key(rows);
    loaded.retain(|_, loaded| !loaded.awaits_second_factor);
    loaded
        .into_iter()
        .map(|(key, loaded)| (key, loaded.actor))
        .collect()
}

/// The actors in these rows by what was asked for.
fn by_key(rows: Vec<ActorRow>) -> BTreeMap<Uuid, Loaded> {
    let mut by_key = BTreeMap::<Uuid, Vec<ActorRow>>::new();
    for row in rows {
        by_key.entry(row.held_by).or_default().push(row);
    }
    by_key
        .into_iter()
        .filter_map(|(key, rows)| gather(&rows).map(|loaded| (key, loaded)))
        .collect()
}

fn gather(rows: &[ActorRow]) -> Option<Loaded> {
    let first = rows.first()?;
    let is_required = rows.iter().any(|row| row.requires_mfa == Some(true));
    let mut roles: Vec<String> = rows.iter().filter_map(|row| row.role.clone()).collect();
    roles.sort();
    let mut teams: Vec<Uuid> = rows.iter().filter_map(|row| row.team_id).collect();
    teams.sort();
    let mut permissions: Vec<String> = rows.iter().filter_map(|r| r.permissions.clone()).collect();
    permissions.sort();
    let actor = Actor {
        user_id: first.user_id.into(),
        organization_id: first.organization_id.into(),
        session_id: None,
        permissions: grants::of_texts(permissions),
        teams: teams.into_iter().map(TeamId).collect(),
        roles,
        is_operator: first.is_operator,
    };
    Some(Loaded {
        actor,
        awaits_second_factor: is_required && !first.mfa_enabled,
        credential: None,
    })
}

/// People as actors, without a sign-in, for background work that asks what
/// they may see. Those who are not active, or of another organization, are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn actors(db: &Db, organization: OrganizationId, users: &[Uuid]) -> Result<Vec<Actor>> {
    let rows = store::actors_of_users(db, organization, users).await?;
    let loaded = by_key(rows).into_values();
    Ok(loaded.map(|loaded| loaded.actor).collect())
}
