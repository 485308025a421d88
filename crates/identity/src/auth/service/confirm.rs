//! Asking a signed-in person for the password again.

use super::super::{passwords, store};
use steward_db::{Tx, time::from_db};
use steward_domain::identity::events::AccountEvent;
use steward_domain::identity::lockout;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, events};
use uuid::Uuid;

/// The session of the actor; API tokens do not change how someone signs in.
///
/// # Errors
/// When the actor has no session.
pub(crate) fn session(actor: &Actor) -> Result<Uuid> {
    actor.session_id.map(|id| id.0).ok_or_else(|| {
        Error::new(
            ErrorCode::InsufficientPermissions,
            "this needs a sign-in with a password, not an API token",
        )
    })
}

/// Checks the actor's password again. A wrong one counts to the lockout, so
/// that a stolen session cannot guess it.
///
/// # Errors
/// Names `field` when the password is wrong; says until when when locked.
pub(crate) async fn password(
    app: &App,
    actor: &Actor,
    field: &str,
    password: String,
    now: Instant,
) -> Result<()> {
    session(actor)?;
    let account = store::account(&app.db, actor.user_id.0).await?;
    let account = account.ok_or_else(|| Error::not_found("user", actor.user_id))?;
    if let Some(until) = account.locked_until.map(from_db).filter(|at| *at > now) {
        let detail = format!("too many wrong passwords or codes; try again after {until}");
        return Err(Error::new(ErrorCode::AccountLocked, detail));
    }
    if passwords::verify(password, account.password_hash).await? {
        return Ok(());
    }
    let tx = app.db.write("auth.confirm").await?;
    count_failure(&tx, actor, now).await?;
    tx.commit().await?;
    Err(Error::field(field, "wrong", "this is not your password"))
}

/// Counts a wrong password or code of the actor's account, and locks it when it is one too many.
pub(crate) async fn count_failure(tx: &Tx, actor: &Actor, now: Instant) -> Result<()> {
    let user = actor.user_id.0;
    let (_, until) = lockout::after_failure(store::count_failure(tx, user).await?, now);
    if let Some(until) = until {
        store::lock(tx, user, until).await?;
    }
    let event = AccountEvent::SignInFailed {
        user_id: actor.user_id,
        is_locked: until.is_some(),
    };
    events::publish(tx, actor, user, &event, now).await
}
