//! `SignedIn`: the actor of a request, from a bearer token or a session cookie.

use super::{actor, tokens};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use steward_kernel::{Actor, Error, ErrorCode};
use steward_platform::http::{Problem, gate};
use steward_platform::{App, clock};

/// The signed-in actor. A handler that takes it needs a sign-in.
#[derive(Debug)]
pub struct SignedIn(pub Actor);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Some(token) =
            bearer(&parts.headers).or_else(|| cookie(&parts.headers, "steward_access"))
        else {
            let detail = "send an access token: Authorization: Bearer TOKEN";
            return Err(Error::new(ErrorCode::AuthenticationRequired, detail).into());
        };
        let claims = tokens::verify(&app.config.secret_key, token)?;
        let actor = actor::load(&app.db, claims.sid, claims.sub, clock::now()).await?;
        gate::admit(parts, app, &actor).await?;
        Ok(Self(actor))
    }
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
