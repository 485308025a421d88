//! Use cases of sign-in.

pub(crate) mod confirm;

use super::{passwords, store, tokens};
use crate::users::dto::UserView;
use crate::{mfa, users};
use steward_db::{Tx, time::from_db};
use steward_domain::identity::events::AccountEvent;
use steward_kernel::{Actor, Error, ErrorCode, Instant, PermissionSet, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// A new pair of tokens for a session.
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: String,
    pub(super) user: Uuid,
    pub(super) organization: Uuid,
}

/// What someone signs in with.
pub(super) struct Credentials {
    /// E-mail address or username.
    pub(super) login: String,
    pub(super) password: String,
    /// A code of the authenticator, or a recovery code.
    pub(super) mfa_code: Option<String>,
    pub(super) user_agent: String,
}

fn refused() -> Error {
    Error::new(
        ErrorCode::InvalidCredentials,
        "the e-mail address, username, password or code is wrong",
    )
}

/// Checks password and second factor and opens a session.
///
/// Every refusal but the last step's reads the same and takes as long, whether
/// the account exists, is locked, or got a wrong password.
pub(super) async fn login(app: &App, given: Credentials, now: Instant) -> Result<Tokens> {
    let login = given.login.trim().to_lowercase();
    let mut found = store::accounts(&app.db, &login).await?;
    // A username that two organizations share names nobody: the e-mail address does.
    let account = if found.len() == 1 { found.pop() } else { None };
    let account = account.filter(|a| a.locked_until.map(from_db).is_none_or(|at| at <= now));
    let stored = account.as_ref().and_then(|a| a.password_hash.clone());
    let matches = passwords::verify(given.password, stored).await?;
    let is_code_missing = matches
        && account.as_ref().is_some_and(|a| a.mfa_enabled)
        && given
            .mfa_code
            .as_deref()
            .is_none_or(|code| code.trim().is_empty());
    if is_code_missing {
        return Err(Error::new(
            ErrorCode::MfaRequired,
            "send mfa_code: a code of your authenticator, or a recovery code",
        ));
    }
    let tx = app.db.write("auth.login").await?;
    let Some(account) = account else {
        return refuse(tx, &login, None, now).await;
    };
    let actor = actor_of(account.id, account.organization_id);
    if !matches {
        return refuse(tx, &login, Some(&actor), now).await;
    }
    // Guesses that were under way when the account was locked end here.
    if !store::is_open(&tx, account.id, now).await? {
        return refuse(tx, &login, None, now).await;
    }
    if account.mfa_enabled {
        let code = given.mfa_code.unwrap_or_default();
        if !mfa::service::accepts(app, &tx, account.id, &code, now).await? {
            return refuse(tx, &login, Some(&actor), now).await;
        }
    }
    let session = clock::new_id();
    let expires = add_seconds(now, tokens::REFRESH_SECONDS)?;
    store::record_success(&tx, account.id, now).await?;
    store::insert_session(&tx, session, &account, &given.user_agent, now, expires).await?;
    let event = AccountEvent::SignedIn {
        user_id: actor.user_id,
    };
    events::publish(&tx, &actor, account.id, &event, now).await?;
    let issued = issue(app, &tx, &actor, session, now).await?;
    tx.commit().await?;
    Ok(issued)
}

/// Counts the failure, to the account if there is one, and refuses.
async fn refuse(tx: Tx, login: &str, actor: Option<&Actor>, now: Instant) -> Result<Tokens> {
    // Written for unknown names too: a refusal costs one write either way.
    store::note_failure(&tx, tokens::bucket(login), now).await?;
    if let Some(actor) = actor {
        confirm::count_failure(&tx, actor, now).await?;
    }
    tx.commit().await?;
    Err(refused())
}

/// The person of an account, without rights: for what happens before there is a session.
pub(crate) fn actor_of(user: Uuid, organization: Uuid) -> Actor {
    Actor {
        user_id: user.into(),
        organization_id: organization.into(),
        session_id: None,
        permissions: PermissionSet::default(),
        teams: Vec::new(),
        roles: Vec::new(),
        is_operator: false,
    }
}

/// Exchanges a refresh token for a new pair; a second use ends the session (RFC 9700 §4.14).
pub(super) async fn refresh(app: &App, token: &str, now: Instant) -> Result<Tokens> {
    let ended = || {
        Error::new(
            ErrorCode::AuthenticationRequired,
            "this session has ended; sign in again",
        )
    };
    let hash = tokens::hash(token);
    let tx = app.db.write("auth.refresh").await?;
    let found = store::refresh(&tx, &hash)
        .await?
        .filter(|r| from_db(r.expires_at) > now);
    let Some(found) = found else {
        return Err(ended());
    };
    if !store::use_refresh(&tx, &hash, now).await? {
        tracing::warn!(session = %found.session_id, "a refresh token was used twice; its session is ended");
        store::revoke_session(&tx, found.session_id, now).await?;
        tx.commit().await?;
        return Err(ended());
    }
    let last = add_seconds(from_db(found.started_at), tokens::SESSION_SECONDS)?;
    let expires = add_seconds(now, tokens::REFRESH_SECONDS)?.min(last);
    store::prolong_session(&tx, found.session_id, now, expires).await?;
    let actor = actor_of(found.user_id, found.organization_id);
    let issued = issue(app, &tx, &actor, found.session_id, now).await?;
    tx.commit().await?;
    Ok(issued)
}

/// Ends a session.
pub(super) async fn logout(app: &App, session: Uuid, now: Instant) -> Result<()> {
    let tx = app.db.write("auth.logout").await?;
    store::revoke_session(&tx, session, now).await?;
    tx.commit().await
}

/// The record of the person that the tokens are for.
pub(super) async fn own_view(app: &App, issued: &Tokens) -> Result<UserView> {
    let actor = actor_of(issued.user, issued.organization);
    users::service::get(app, &actor, issued.user).await
}

async fn issue(app: &App, tx: &Tx, actor: &Actor, session: Uuid, now: Instant) -> Result<Tokens> {
    let refresh = clock::random_token();
    let expires = add_seconds(now, tokens::REFRESH_SECONDS)?;
    store::insert_refresh(tx, &tokens::hash(&refresh), session, expires).await?;
    Ok(Tokens {
        access: tokens::sign(&app.config.secret_key, actor.user_id.0, session, now)?,
        refresh,
        user: actor.user_id.0,
        organization: actor.organization_id.0,
    })
}

/// `at` moved by whole seconds.
fn add_seconds(at: Instant, seconds: i64) -> Result<Instant> {
    Instant::from_second(at.as_second().saturating_add(seconds)).map_err(Error::internal)
}
