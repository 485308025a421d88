//! Reading conditions, and binding them to who asks and when.

use crate::custom_fields;
use serde_json::Value;
use steward_db::Executor;
use steward_domain::expr::check::{self, Terms};
use steward_domain::expr::fields::CUSTOM;
use steward_domain::expr::predicate::bind;
use steward_domain::expr::{Condition, Context, Fields, Predicate, refusal};
use steward_domain::views::rules::MAX_CONDITION;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, Result};

const PERMISSION: &str = "ticket:read_internal";

/// Conditions test what the portal does not show, so they are for those who
/// also read what the portal does not show.
pub(crate) fn authorize(actor: &Actor) -> Result<()> {
    if actor.may(PERMISSION) {
        Ok(())
    } else {
        Err(Error::forbidden(PERMISSION))
    }
}

/// The fields that conditions of an organization can test.
pub(crate) async fn known_fields<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Fields> {
    custom_fields::condition_fields(db, organization).await
}

/// Reads the condition that came in as `field`, to be used where nobody asks:
/// in policies and rules.
///
/// # Errors
/// Names every mistake at its place.
pub(crate) fn read(fields: &Fields, field: &str, value: &Value) -> Result<Condition> {
    let terms = Terms {
        fields,
        has_actor: false,
        has_cel: true,
    };
    check::read(value, terms).map_err(|problems| refusal(field, problems))
}

/// Reads the condition of a list or report: those ask the database alone, so
/// CEL is refused.
///
/// # Errors
/// Names every mistake at its place.
pub(crate) async fn read_text<E: Executor>(db: &E, actor: &Actor, text: &str) -> Result<Condition> {
    authorize(actor)?;
    if text.chars().count() > MAX_CONDITION {
        let message = format!("use at most {MAX_CONDITION} characters");
        return Err(Error::field("condition", "too_long", message));
    }
    // Most lists ask for nothing of their own.
    let fields = if text.contains(CUSTOM) {
        known_fields(db, actor.organization_id).await?
    } else {
        Fields::default()
    };
    let terms = Terms {
        fields: &fields,
        has_actor: true,
        has_cel: false,
    };
    let read = check::read_text(text, terms);
    read.map_err(|problems| refusal("condition", problems))
}

/// A condition bound to the caller and now.
pub(crate) fn bound(actor: &Actor, condition: &Condition, now: Instant) -> Predicate {
    bind(condition, context(actor, now))
}

fn context(actor: &Actor, now: Instant) -> Context<'_> {
    Context {
        me: actor.person(),
        my_teams: &actor.teams,
        now,
    }
}
