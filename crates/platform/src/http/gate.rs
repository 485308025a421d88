//! What every signed-in request passes once its sender is known.

use super::context::Context;
use super::idempotency::{self, Guard};
use crate::App;
use axum::http::request::Parts;
use std::sync::Arc;
use steward_kernel::{Actor, Result};

/// Counts the request against the person's rate limit and honours its
/// `Idempotency-Key`. Sign-in calls it for every actor it lets in.
///
/// # Errors
/// When the limit is reached, or an earlier request had the same key: the
/// layers then answer in place of the handler.
pub async fn admit(parts: &Parts, app: &App, actor: &Actor) -> Result<()> {
    if let Some(context) = parts.extensions.get::<Context>() {
        app.limits.take_user(context, actor.user_id.0)?;
    }
    match parts.extensions.get::<Arc<Guard>>() {
        Some(guard) => idempotency::claim(app, guard, actor).await,
        None => Ok(()),
    }
}
