//! `SignedIn`: the actor of a request, from a bearer token or a session cookie.

use super::actor::{self, Loaded};
use super::tokens;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use steward_kernel::{Actor, Error, ErrorCode};
use steward_platform::http::{Problem, gate};
use steward_platform::live::Credential;
use steward_platform::{App, clock};

/// The signed-in actor. A handler that takes it needs a sign-in, and the second
/// factor that the actor's roles ask for.
#[derive(Debug)]
pub struct SignedIn(pub Actor);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(Self(admitted(parts, app).await?.actor))
    }
}

/// The signed-in actor with what they signed in with: for what goes on after
/// the request and must ask again who they are.
#[derive(Debug)]
pub struct Listening(pub Actor, pub Credential);

impl FromRequestParts<App> for Listening {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let loaded = admitted(parts, app).await?;
        match loaded.credential {
            Some(credential) => Ok(Self(loaded.actor, credential)),
            None => Err(Error::internal("an actor without a credential").into()),
        }
    }
}

async fn admitted(parts: &Parts, app: &App) -> Result<Loaded, Problem> {
    let loaded = load(parts, app).await?;
    if loaded.awaits_second_factor {
        let detail = "one of your roles asks for a second factor: switch it on at auth/mfa/enroll";
        return Err(Error::new(ErrorCode::MfaRequired, detail).into());
    }
    gate::admit(parts, app, &loaded.actor).await?;
    Ok(loaded)
}

/// The signed-in actor, also while a second factor is asked for and not yet
/// on: for what it takes to switch it on, and to sign out.
#[derive(Debug)]
pub(crate) struct Enrolling(pub(crate) Actor);

impl FromRequestParts<App> for Enrolling {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let actor = load(parts, app).await?.actor;
        gate::admit(parts, app, &actor).await?;
        Ok(Self(actor))
    }
}

async fn load(parts: &Parts, app: &App) -> Result<Loaded, Problem> {
    let Some(token) = bearer(&parts.headers).or_else(|| cookie(&parts.headers, "steward_access"))
    else {
        let detail = "send an access token: Authorization: Bearer TOKEN";
        return Err(Error::new(ErrorCode::AuthenticationRequired, detail).into());
    };
    let now = clock::now();
    if token.starts_with(tokens::API_TOKEN_PREFIX) {
        return Ok(actor::of_token(&app.db, token, now).await?);
    }
    let claims = tokens::verify(&app.config.secret_key, token)?;
    Ok(actor::of_session(&app.db, claims.sid, claims.sub, now).await?)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The value of a cookie; an `Authorization` header of any kind rules cookies out.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    if headers.contains_key(header::AUTHORIZATION) {
        return None;
    }
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| {
            pair.trim()
                .split_once('=')
                .filter(|(n, _)| *n == name)
                .map(|(_, v)| v)
        })
}
