//! Access tokens (JWT, RFC 7519, HS256) and hashes of refresh tokens.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use steward_kernel::{Error, ErrorCode, Instant, Result};
use uuid::Uuid;

/// Seconds an access token lives.
pub(crate) const ACCESS_SECONDS: i64 = 15 * 60;
/// Seconds a refresh token lives.
pub(crate) const REFRESH_SECONDS: i64 = 14 * 24 * 60 * 60;

/// Seconds after which a session ends however much it is used.
pub(crate) const SESSION_SECONDS: i64 = 90 * 24 * 60 * 60;

/// What every API token begins with, so that people and scanners recognise one.
pub(crate) const API_TOKEN_PREFIX: &str = "stw_";

const ISSUER: &str = "steward";

/// What an access token says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) sub: Uuid,
    pub(crate) sid: Uuid,
    pub(crate) iss: String,
    pub(crate) aud: String,
    pub(crate) exp: i64,
}

/// Signs an access token of `session` for [`ACCESS_SECONDS`] from `now`.
pub(crate) fn sign(secret: &str, user: Uuid, session: Uuid, now: Instant) -> Result<String> {
    let claims = Claims {
        sub: user,
        sid: session,
        iss: ISSUER.to_owned(),
        aud: ISSUER.to_owned(),
        exp: now.as_second().saturating_add(ACCESS_SECONDS),
    };
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(Error::internal)
}

/// Checks signature, issuer, audience and expiry.
pub(crate) fn verify(secret: &str, token: &str) -> Result<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[ISSUER]);
    validation.leeway = 0;
    let key = DecodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::decode::<Claims>(token, &key, &validation)
        .map(|data| data.claims)
        .map_err(|_| {
            Error::new(
                ErrorCode::AuthenticationRequired,
                "the access token is not valid or has expired; sign in again",
            )
        })
}

/// What is stored of a token that is random: no salt is needed.
pub(crate) fn hash(token: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

/// One of 256 counters of failed sign-ins.
pub(crate) fn bucket(login: &str) -> i32 {
    Sha256::digest(login.as_bytes())
        .first()
        .map_or(0, |byte| i32::from(*byte))
}
