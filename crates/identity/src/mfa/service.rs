//! Use cases of second factors.

use super::dto::{EnrollmentView, MfaView, RecoveryCodesView};
use super::store::{self, Factor};
use crate::auth::{confirm, tokens};
use crate::users::dto::UserView;
use crate::users::{self, service::require};
use data_encoding::BASE64;
use jiff::SignedDuration;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use steward_db::{Tx, time::from_db};
use steward_domain::identity::events::AccountEvent;
use steward_domain::identity::second_factor::{
    RECOVERY_BYTES, RECOVERY_CODES, SECRET_BYTES, accepted_step, normalized, otpauth_uri,
    recovery_code, secret_text,
};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock, events, seal};
use uuid::Uuid;

/// An unconfirmed secret is forgotten after this time.
const TO_CONFIRM: SignedDuration = SignedDuration::from_mins(60);

fn place(user: Uuid) -> String {
    format!("mfa_factors.secret/{user}")
}

/// The state of the actor's own second factor.
pub(super) async fn get(app: &App, actor: &Actor) -> Result<MfaView> {
    let user = actor.user_id.0;
    let factor = store::factor(&app.db, user).await?;
    Ok(MfaView {
        is_enabled: factor.is_some_and(|f| f.confirmed_at.is_some()),
        is_required: store::is_required(&app.db, user).await?,
        recovery_codes_left: store::recovery_codes_left(&app.db, user).await?,
    })
}

/// Draws a secret for the actor's authenticator; it counts once a code confirms it.
pub(super) async fn enroll(
    app: &App,
    actor: &Actor,
    password: String,
    now: Instant,
) -> Result<EnrollmentView> {
    confirm::password(app, actor, "password", password, now).await?;
    let account = users::service::get(app, actor, actor.user_id.0)
        .await?
        .email;
    let secret = clock::random_bytes::<SECRET_BYTES>();
    let otpauth_uri = otpauth_uri(&secret, &account)?;
    let sealed = seal::seal(&app.config, &place(actor.user_id.0), &secret)?;
    let tx = app.db.write("mfa.enroll").await?;
    if !store::propose(&tx, actor, sealed, now).await? {
        return Err(already_on());
    }
    tx.commit().await?;
    Ok(EnrollmentView {
        secret: secret_text(&secret),
        qr_code: qr_code(&otpauth_uri)?,
        otpauth_uri,
    })
}

fn already_on() -> Error {
    Error::new(
        ErrorCode::ResourceConflict,
        "a second factor is in use already; switch it off first",
    )
}

fn qr_code(text: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::internal)?;
    let image = code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .build();
    Ok(format!(
        "data:image/svg+xml;base64,{}",
        BASE64.encode(image.as_bytes())
    ))
}

/// A first right code switches the second factor on and gives the recovery codes.
pub(super) async fn confirm(
    app: &App,
    actor: &Actor,
    code: &str,
    now: Instant,
) -> Result<RecoveryCodesView> {
    confirm::session(actor)?;
    let user = actor.user_id.0;
    let Some(factor) = store::factor(&app.db, user).await? else {
        return Err(nothing_to_confirm());
    };
    if factor.confirmed_at.is_some() {
        return Err(already_on());
    }
    if from_db(factor.created_at).duration_until(now) > TO_CONFIRM {
        return Err(nothing_to_confirm());
    }
    let secret = seal::open(&app.config, &place(user), &factor.secret)?;
    let Some(step) = accepted_step(&secret, code, None, now)? else {
        return Err(wrong_code());
    };
    let tx = app.db.write("mfa.confirm").await?;
    if !store::confirm(&tx, user, step, now).await? {
        return Err(already_on());
    }
    let codes = new_recovery_codes(&tx, actor).await?;
    let event = AccountEvent::SecondFactorEnabled {
        user_id: actor.user_id,
    };
    events::publish(&tx, actor, user, &event, now).await?;
    tx.commit().await?;
    Ok(codes)
}

fn nothing_to_confirm() -> Error {
    Error::new(
        ErrorCode::ResourceConflict,
        "there is no secret to confirm; enroll first, then confirm within an hour",
    )
}

fn wrong_code() -> Error {
    Error::field(
        "code",
        "wrong",
        "it does not match; codes change every 30 seconds and each works once",
    )
}

async fn new_recovery_codes(tx: &Tx, actor: &Actor) -> Result<RecoveryCodesView> {
    let recovery_codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| recovery_code(clock::random_bytes::<RECOVERY_BYTES>()))
        .collect();
    let hashes = recovery_codes
        .iter()
        .map(|code| tokens::hash(&normalized(code)))
        .collect();
    store::replace_recovery_codes(tx, actor, hashes).await?;
    Ok(RecoveryCodesView { recovery_codes })
}

/// Whether `code` is a code of the authenticator or a recovery code of `user`; it is used up.
pub(crate) async fn accepts(
    app: &App,
    tx: &Tx,
    user: Uuid,
    code: &str,
    now: Instant,
) -> Result<bool> {
    let Some(factor) = store::factor(tx, user)
        .await?
        .filter(|f| f.confirmed_at.is_some())
    else {
        return Ok(false);
    };
    let secret = seal::open(&app.config, &place(user), &factor.secret)?;
    if let Some(step) = accepted_step(&secret, code, factor.last_step, now)? {
        reseal_when_stale(app, tx, user, &factor, &secret).await?;
        return store::use_step(tx, user, step).await;
    }
    let hash = tokens::hash(&normalized(code));
    store::use_recovery_code(tx, user, hash, now).await
}

async fn reseal_when_stale(
    app: &App,
    tx: &Tx,
    user: Uuid,
    factor: &Factor,
    secret: &[u8],
) -> Result<()> {
    if seal::is_stale(&app.config, &factor.secret)? {
        let sealed = seal::seal(&app.config, &place(user), secret)?;
        store::reseal(tx, user, sealed).await?;
    }
    Ok(())
}

/// Checks password and code again; a wrong one counts to the lockout.
async fn confirmed(
    app: &App,
    actor: &Actor,
    password: String,
    code: &str,
    now: Instant,
) -> Result<Tx> {
    confirm::password(app, actor, "password", password, now).await?;
    let tx = app.db.write("mfa.code").await?;
    if accepts(app, &tx, actor.user_id.0, code, now).await? {
        return Ok(tx);
    }
    confirm::count_failure(&tx, actor, now).await?;
    tx.commit().await?;
    Err(wrong_code())
}

/// Switches the actor's second factor off.
pub(super) async fn disable(
    app: &App,
    actor: &Actor,
    password: String,
    code: &str,
    now: Instant,
) -> Result<UserView> {
    let tx = confirmed(app, actor, password, code, now).await?;
    remove(&tx, actor, actor.user_id.0, now).await?;
    tx.commit().await?;
    users::service::get(app, actor, actor.user_id.0).await
}

/// New recovery codes in place of the old ones.
pub(super) async fn renew_recovery_codes(
    app: &App,
    actor: &Actor,
    password: String,
    code: &str,
    now: Instant,
) -> Result<RecoveryCodesView> {
    let tx = confirmed(app, actor, password, code, now).await?;
    let codes = new_recovery_codes(&tx, actor).await?;
    let event = AccountEvent::RecoveryCodesRenewed {
        user_id: actor.user_id,
    };
    events::publish(&tx, actor, actor.user_id.0, &event, now).await?;
    tx.commit().await?;
    Ok(codes)
}

async fn remove(tx: &Tx, actor: &Actor, user: Uuid, now: Instant) -> Result<()> {
    store::remove(tx, user, now).await?;
    let event = AccountEvent::SecondFactorRemoved {
        user_id: user.into(),
    };
    events::publish(tx, actor, user, &event, now).await
}

/// Removes the lost second factor of another person and ends their sessions.
pub(super) async fn reset(app: &App, actor: &Actor, user: Uuid, now: Instant) -> Result<UserView> {
    require(actor, "user:update")?;
    let tx = app.db.write("mfa.reset").await?;
    users::service::find_governed(&tx, actor, user).await?;
    remove(&tx, actor, user, now).await?;
    users::store::end_sessions(&tx, user, now).await?;
    tx.commit().await?;
    users::service::get(app, actor, user).await
}
