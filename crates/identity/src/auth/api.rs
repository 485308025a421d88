//! Handlers of sign-in.

use super::dto::{LoginInput, RefreshInput, SessionView};
use super::extract::{Enrolling, cookie};
use super::{service, tokens};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use steward_kernel::{Error, ErrorCode};
use steward_platform::http::{Answer, Body, NoContent};
use steward_platform::{App, clock};

/// Signs in with e-mail address or username and password.
///
/// When a second factor is on, `mfa_code` goes with it; without it the answer is
/// `MFA_REQUIRED`. With the header `X-Steward-Session: cookie` the tokens also come as HttpOnly cookies.
#[utoipa::path(post, path = "/login", operation_id = "login", tag = "auth", security(()),
    request_body = LoginInput, responses((status = 200, body = SessionView)))]
pub(super) async fn login(
    State(app): State<App>,
    headers: HeaderMap,
    Body(input): Body<LoginInput>,
) -> Answer<Response> {
    let credentials = input.credentials(user_agent(&headers))?;
    let issued = service::login(&app, credentials, clock::now()).await?;
    session(&app, issued, wants_cookies(&headers)).await
}

/// Exchanges a refresh token, in the body or as a cookie, for a new pair.
#[utoipa::path(post, path = "/refresh", operation_id = "refreshSession", tag = "auth", security(()),
    request_body = RefreshInput, responses((status = 200, body = SessionView)))]
pub(super) async fn refresh(
    State(app): State<App>,
    headers: HeaderMap,
    Body(input): Body<RefreshInput>,
) -> Answer<Response> {
    let from_cookie = cookie(&headers, "steward_refresh");
    let Some(token) = input.refresh.as_deref().or(from_cookie) else {
        return Err(Error::new(
            ErrorCode::AuthenticationRequired,
            "there is no session; sign in first",
        )
        .into());
    };
    let issued = service::refresh(&app, token, clock::now()).await?;
    session(&app, issued, input.refresh.is_none()).await
}

/// Ends this session.
#[utoipa::path(post, path = "/logout", operation_id = "logout", tag = "auth", responses((status = 204)))]
pub(super) async fn logout(
    State(app): State<App>,
    Enrolling(actor): Enrolling,
) -> Answer<Response> {
    if let Some(session) = actor.session_id {
        service::logout(&app, session.0, clock::now()).await?;
    }
    let mut response = NoContent.into_response();
    set_cookies(&mut response, "", "", 0, is_https(&app));
    Ok(response)
}

/// The first 300 characters of the agent's name.
fn user_agent(headers: &HeaderMap) -> String {
    let text = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok());
    text.unwrap_or_default().chars().take(300).collect()
}

fn wants_cookies(headers: &HeaderMap) -> bool {
    headers
        .get("x-steward-session")
        .is_some_and(|v| v == "cookie")
}

fn is_https(app: &App) -> bool {
    app.config.public_url.starts_with("https:")
}

async fn session(app: &App, issued: service::Tokens, with_cookies: bool) -> Answer<Response> {
    let view = SessionView {
        user: service::own_view(app, &issued).await?,
        access: issued.access.clone(),
        refresh: issued.refresh.clone(),
        token_type: "Bearer".to_owned(),
        expires_in: tokens::ACCESS_SECONDS,
    };
    let mut response = Json(view).into_response();
    if with_cookies {
        set_cookies(
            &mut response,
            &issued.access,
            &issued.refresh,
            tokens::REFRESH_SECONDS,
            is_https(app),
        );
    }
    Ok(response)
}

fn set_cookies(response: &mut Response, access: &str, refresh: &str, max_age: i64, is_https: bool) {
    let secure = if is_https { "; Secure" } else { "" };
    let cookies = [
        format!(
            "steward_access={access}; Path=/api; HttpOnly; SameSite=Strict; Max-Age={max_age}{secure}"
        ),
        format!(
            "steward_refresh={refresh}; Path=/api/v1/auth; HttpOnly; SameSite=Strict; Max-Age={max_age}{secure}"
        ),
    ];
    for text in cookies {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}
