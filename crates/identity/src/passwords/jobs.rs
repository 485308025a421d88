//! Background work of passwords.

use super::service;
use steward_kernel::{Error, Instant, Result};
use steward_platform::App;
use steward_platform::jobs::{Job, Registry};

/// Kind of the job that answers a request for a link.
pub(super) const ANSWER_RESET: &str = "passwords.answer_reset";

/// Adds the handlers.
pub(crate) fn register(registry: &mut Registry) {
    registry.handle(ANSWER_RESET, |app, job, now| {
        Box::pin(answer_reset(app, job, now))
    });
}

async fn answer_reset(app: &App, job: &Job, now: Instant) -> Result<()> {
    let email = job.payload.get("email").and_then(|v| v.as_str());
    let email = email.ok_or_else(|| Error::internal(format!("job {} names nobody", job.id)))?;
    service::answer_reset(app, email, now).await
}
