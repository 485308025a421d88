//! Rating a ticket.

use super::{edit, view};
use crate::tickets::dto::{RatingInput, TicketView};
use steward_db::time::to_db;
use steward_domain::tickets::rating;
use steward_kernel::{Actor, Instant, Result};
use steward_platform::App;

/// Keeps how content the requester is, in place of what was said before.
pub(in crate::tickets) async fn rate(
    app: &App,
    actor: &Actor,
    key: &str,
    input: RatingInput,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = edit::open(app, actor, key, None, "tickets.rate").await?;
    let facts = view::rating_facts(&edit.tx, actor, &edit.before, now).await?;
    rating::may_rate(&facts, now)?;
    let comment = input.comment.filter(|text| !text.trim().is_empty());
    rating::check(input.score, comment.as_deref())?;
    edit.after.rating_score = Some(input.score);
    edit.after.rating_comment = comment;
    edit.after.rated_by = Some(actor.user_id.0);
    edit.after.rated_at = Some(to_db(rating::counts_from(&facts, now)));
    edit.finish(actor, now).await
}
