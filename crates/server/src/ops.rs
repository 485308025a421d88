//! Health checks for load balancers and people on call.

use axum::extract::State;
use steward_platform::App;
use steward_platform::http::Answer;

/// The process lives.
pub async fn healthz() -> &'static str {
    "ok"
}

/// The process can serve: its database answers.
///
/// # Errors
/// When the database does not answer.
pub async fn readyz(State(app): State<App>) -> Answer<&'static str> {
    app.db.ping().await?;
    Ok("ready")
}
