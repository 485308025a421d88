//! Use cases of passwords.

use super::jobs::ANSWER_RESET;
use super::store::{self, NewLink, Owner};
use super::{dto, mails};
use crate::auth::{confirm, passwords as hashing, tokens};
use jiff::SignedDuration;
use serde_json::json;
use steward_db::Tx;
use steward_domain::identity::events::AccountEvent;
use steward_domain::identity::password::{self, REMEMBERED};
use steward_kernel::id::OrganizationId;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::jobs::{NewJob, enqueue};
use steward_platform::{App, clock, events, mail};
use uuid::Uuid;

const RESET_LIFE: SignedDuration = SignedDuration::from_hours(1);
const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Links one person gets in an hour.
const LINKS_AN_HOUR: u32 = 3;

/// Changes the actor's password and ends their other sessions.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    input: dto::PasswordChangeInput,
    now: Instant,
) -> Result<()> {
    let session = confirm::session(actor)?;
    check_length("current_password", &input.current_password, 1024)?;
    confirm::password(app, actor, "current_password", input.current_password, now).await?;
    let owner = store::owner(&app.db, actor.user_id.0).await?;
    let owner = owner.ok_or_else(|| Error::not_found("user", actor.user_id))?;
    let hash = accepted(app, &owner, input.new_password).await?;
    let tx = app.db.write("passwords.change").await?;
    set(app, &tx, actor, &owner, &hash, Some(session), now).await?;
    tx.commit().await
}

/// The hash of a new password that keeps the rules.
async fn accepted(app: &App, owner: &Owner, new: String) -> Result<String> {
    let local = owner.email.split('@').next().unwrap_or_default();
    let own = [&owner.first_name, &owner.last_name, &owner.username, local];
    password::check("new_password", &new, &own)?;
    for earlier in store::history(&app.db, owner.id, REMEMBERED).await? {
        if hashing::verify(new.clone(), Some(earlier)).await? {
            let message = "this was one of your last five passwords; choose another";
            return Err(Error::field("new_password", "reused", message));
        }
    }
    hashing::hash(new).await
}

/// Sets a password, closes links and all sessions but `kept`, and tells the owner.
async fn set(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    owner: &Owner,
    hash: &str,
    kept: Option<Uuid>,
    now: Instant,
) -> Result<()> {
    store::set(tx, owner.id, hash, kept.is_none(), now).await?;
    remember(tx, actor.organization_id, owner.id, hash, now).await?;
    store::close_links(tx, owner.id, now).await?;
    store::end_sessions(tx, owner.id, kept, now).await?;
    let event = AccountEvent::PasswordChanged {
        user_id: owner.id.into(),
    };
    events::publish(tx, actor, owner.id, &event, now).await?;
    let told = mails::changed(&owner.email, &owner.first_name);
    let organization = Some(actor.organization_id);
    mail::enqueue(tx, &app.config, organization, told, now).await?;
    Ok(())
}

/// Keeps a hash among the last ones of a person.
pub(crate) async fn remember(
    tx: &Tx,
    organization: OrganizationId,
    user: Uuid,
    hash: &str,
    now: Instant,
) -> Result<()> {
    store::remember(tx, organization, user, hash, now).await?;
    store::forget_old(tx, user, REMEMBERED).await
}

/// Notes that a link is wanted. Whether the account exists is found out later,
/// by a job, so that the answer cannot tell.
pub(super) async fn request_reset(app: &App, email: &str, now: Instant) -> Result<()> {
    check_length("email", email, 254)?;
    let email = email.trim().to_lowercase();
    let tx = app.db.write("passwords.request_reset").await?;
    let job = NewJob {
        organization_id: None,
        kind: ANSWER_RESET,
        dedupe_key: Some(format!("{ANSWER_RESET}:{}", tokens::hash(&email))),
        payload: json!({"email": email}),
        run_at: now,
    };
    enqueue(&tx, job, now).await?;
    tx.commit().await
}

/// Sends a link when the account exists and has not had too many of them.
pub(super) async fn answer_reset(app: &App, email: &str, now: Instant) -> Result<()> {
    let Some(owner) = store::owner_by_email(&app.db, email).await? else {
        return Ok(());
    };
    let tx = app.db.write("passwords.answer_reset").await?;
    let since = now.checked_sub(RESET_LIFE).unwrap_or(now);
    let made = store::links_since(&tx, owner.id, since, LINKS_AN_HOUR).await?;
    if made >= usize::try_from(LINKS_AN_HOUR).unwrap_or(usize::MAX) {
        tracing::info!(user = %owner.id, "no further link to set a password within the hour");
        return Ok(());
    }
    let organization = owner.organization_id.into();
    let token = link(&tx, organization, owner.id, "reset", RESET_LIFE, now).await?;
    let url = &app.config.public_url;
    let text = mails::reset(url, &owner.email, &owner.first_name, &token);
    mail::enqueue(&tx, &app.config, Some(organization), text, now).await?;
    tx.commit().await
}

/// Invites a new person to choose a password.
pub(crate) async fn invite(
    app: &App,
    tx: &Tx,
    organization: OrganizationId,
    user: Uuid,
    now: Instant,
) -> Result<()> {
    let owner = store::owner(tx, user).await?;
    let owner = owner.ok_or_else(|| Error::not_found("user", user))?;
    let token = link(tx, organization, user, "invitation", INVITATION_LIFE, now).await?;
    let url = &app.config.public_url;
    let text = mails::invitation(url, &owner.email, &owner.first_name, &token);
    mail::enqueue(tx, &app.config, Some(organization), text, now).await?;
    Ok(())
}

async fn link(
    tx: &Tx,
    organization: OrganizationId,
    user: Uuid,
    purpose: &'static str,
    life: SignedDuration,
    now: Instant,
) -> Result<String> {
    let token = clock::random_token();
    let link = NewLink {
        hash: tokens::hash(&token),
        purpose,
        expires_at: now.checked_add(life).map_err(Error::internal)?,
    };
    store::insert_link(tx, organization, user, link, now).await?;
    Ok(token)
}

/// Sets the password of the person whom the token was sent to, and ends all their sessions.
pub(super) async fn confirm_reset(app: &App, token: &str, new: String, now: Instant) -> Result<()> {
    let useless = || {
        let message = "this link was used or is too old; ask for a new one";
        Error::field("token", "invalid", message)
    };
    let hash = tokens::hash(token);
    let owner = store::owner_by_link(&app.db, &hash, now).await?;
    let owner = owner.ok_or_else(useless)?;
    let new_hash = accepted(app, &owner, new).await?;
    let tx = app.db.write("passwords.confirm_reset").await?;
    if !store::use_link(&tx, &hash, now).await? {
        return Err(useless());
    }
    let actor = crate::auth::actor_of(owner.id, owner.organization_id);
    set(app, &tx, &actor, &owner, &new_hash, None, now).await?;
    tx.commit().await
}
