//! Assignment by a strategy instead of by hand.

use super::edit::Edit;
use crate::assignment::{self, Outcome, Ticket};
use crate::tickets::dto::AssignInput;
use crate::tickets::store::TicketRow;
use steward_domain::assignment::model::{Strategy, Work};
use steward_domain::tickets::model::Status;
use steward_kernel::{Actor, Error, Instant, Result};
use uuid::Uuid;

/// Names a person, a team or a strategy, and not both a person and a strategy.
pub(super) fn check(input: &AssignInput) -> Result<()> {
    if input.assignee_id.is_some() && input.strategy.is_some() {
        let message = "a strategy chooses the person; send strategy or assignee_id";
        return Err(Error::field("strategy", "conflict", message));
    }
    if input.assignee_id.is_none() && input.team_id.is_none() && input.strategy.is_none() {
        let message = "send assignee_id, team_id or strategy";
        return Err(Error::field("assignee_id", "required", message));
    }
    Ok(())
}

/// Lets `wish`, or the strategy of the team, choose who gets the ticket. The
/// team's own counts only for a ticket that is new to it or that nobody has.
pub(super) async fn apply(
    edit: &mut Edit,
    actor: &Actor,
    wish: Option<Strategy>,
    target: Status,
    now: Instant,
) -> Result<()> {
    let Some(team_id) = edit.after.team_id else {
        let message = "a strategy chooses among a team's members; name the team";
        return wish.map_or(Ok(()), |_| {
            Err(Error::field("team_id", "required", message))
        });
    };
    let moved = edit.before.team_id != Some(team_id);
    if wish.is_none() && !moved && edit.before.assignee_id.is_some() {
        return Ok(());
    }
    let ticket = wanted(&edit.after, team_id)?;
    let (field, strategy) = match assignment::choose(&edit.tx, actor, &ticket, wish, now).await? {
        Outcome::NoStrategy => return Ok(()),
        Outcome::Chosen {
            user_id,
            name,
            strategy,
        } => {
            edit.after.assignee_id = Some(user_id);
            edit.after.assignee_name = Some(name);
            edit.after.status = target.as_str().to_owned();
            ("assignment_strategy", strategy)
        }
        Outcome::Nobody { strategy } => {
            if moved {
                edit.after.assignee_id = None;
                edit.after.assignee_name = None;
            }
            ("unassignable", strategy)
        }
    };
    edit.note(field, None, Some(strategy.as_str().to_owned()));
    Ok(())
}

/// What the choice depends on.
fn wanted(row: &TicketRow, team_id: Uuid) -> Result<Ticket> {
    let tags = row.tag_list();
    let words = tags.iter().chain(&row.category).chain(&row.subcategory);
    Ok(Ticket {
        id: row.id,
        number: row.number.clone(),
        team_id,
        work: Work {
            priority: row.priority.parse().map_err(Error::internal)?,
            wanted: words.collect(),
        },
    })
}
