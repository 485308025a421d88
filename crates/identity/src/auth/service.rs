//! Use cases of sign-in.

use super::{passwords, store, tokens};
use steward_db::time::from_db;
use steward_domain::identity::lockout;
use steward_kernel::{Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

/// A new pair of tokens for a session.
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: String,
    pub(super) user: Uuid,
}

fn refused() -> Error {
    Error::new(
        ErrorCode::InvalidCredentials,
        "the e-mail address, username or password is wrong",
    )
}

/// Checks a password and opens a session.
pub(super) async fn login(
    app: &App,
    login: &str,
    password: String,
    user_agent: &str,
    now: Instant,
) -> Result<Tokens> {
    let mut found = store::accounts(&app.db, &login.trim().to_lowercase()).await?;
    // A username that two organizations share names nobody: the e-mail address does.
    let account = if found.len() == 1 { found.pop() } else { None };
    let is_locked = account
        .as_ref()
        .and_then(|a| a.locked_until)
        .is_some_and(|until| from_db(until) > now);
    let stored = account
        .as_ref()
        .filter(|_| !is_locked)
        .and_then(|a| a.password_hash.clone());
    let matches = passwords::verify(password, stored).await?;
    let Some(account) = account else {
        return Err(refused());
    };
    if is_locked {
        return Err(refused());
    }
    let tx = app.db.write("auth.login").await?;
    if !matches {
        let (_, locked_until) =
            lockout::after_failure(store::count_failure(&tx, account.id).await?, now);
        if let Some(until) = locked_until {
            store::lock(&tx, account.id, until).await?;
        }
        tx.commit().await?;
        return Err(refused());
    }
    let session = clock::new_id();
    let expires = add_seconds(now, tokens::REFRESH_SECONDS)?;
    store::record_success(&tx, account.id, now).await?;
    store::insert_session(&tx, session, &account, user_agent, now, expires).await?;
    let issued = issue(app, &tx, account.id, session, now).await?;
    tx.commit().await?;
    Ok(issued)
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
    let issued = issue(app, &tx, found.user_id, found.session_id, now).await?;
    tx.commit().await?;
    Ok(issued)
}

/// Ends a session.
pub(super) async fn logout(app: &App, session: Uuid, now: Instant) -> Result<()> {
    let tx = app.db.write("auth.logout").await?;
    store::revoke_session(&tx, session, now).await?;
    tx.commit().await
}

async fn issue(
    app: &App,
    tx: &steward_db::Tx,
    user: Uuid,
    session: Uuid,
    now: Instant,
) -> Result<Tokens> {
    let refresh = clock::random_token();
    let expires = add_seconds(now, tokens::REFRESH_SECONDS)?;
    store::insert_refresh(tx, &tokens::hash(&refresh), session, expires).await?;
    Ok(Tokens {
        access: tokens::sign(&app.config.secret_key, user, session, now)?,
        refresh,
        user,
    })
}

/// `at` moved by whole seconds.
fn add_seconds(at: Instant, seconds: i64) -> Result<Instant> {
    Instant::from_second(at.as_second().saturating_add(seconds)).map_err(Error::internal)
}
