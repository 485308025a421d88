//! Choosing in the transaction that assigns.

use super::store;
use steward_db::Tx;
use steward_domain::assignment::events::AssignmentEvent;
use steward_domain::assignment::model::{Strategy, Work};
use steward_domain::assignment::rules;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::events;
use uuid::Uuid;

/// The ticket that somebody is looked for.
#[derive(Debug)]
pub(crate) struct Ticket {
    /// Its id; it may not be stored yet.
    pub(crate) id: Uuid,
    /// Its number.
    pub(crate) number: String,
    /// The team among whose members is chosen.
    pub(crate) team_id: Uuid,
    /// What the choice depends on.
    pub(crate) work: Work,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// No strategy was asked for, and the team has none.
    NoStrategy,
    /// A person was chosen.
    Chosen {
        /// The person.
        user_id: Uuid,
        /// The person's name.
        name: String,
        /// By which strategy.
        strategy: Strategy,
    },
    /// Nobody is eligible; the leads are told.
    Nobody {
        /// By which strategy.
        strategy: Strategy,
    },
}

/// Chooses a member of the ticket's team by `wish`, or by the team's own
/// strategy. The caller saves the choice in `tx`, which holds the locks.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn choose(
    tx: &Tx,
    actor: &Actor,
    ticket: &Ticket,
    wish: Option<Strategy>,
    now: Instant,
) -> Result<Outcome> {
    let organization = actor.organization_id;
    let Some(strategy) = (match wish {
        Some(strategy) => Some(strategy),
        None => store::strategy(tx, organization, ticket.team_id).await?,
    }) else {
        return Ok(Outcome::NoStrategy);
    };
    let last = store::lock_turn(tx, organization, ticket.team_id).await?;
    store::lock_members(tx, organization, ticket.team_id).await?;
    let members = store::members(tx, organization, ticket.team_id, ticket.id).await?;
    let candidates: Vec<_> = members.iter().map(|m| m.candidate.clone()).collect();
    let chosen = rules::choose(strategy, &ticket.work, &candidates, last, now);
    let Some(user_id) = chosen else {
        let recipient_ids = store::leads(tx, organization, ticket.team_id).await?;
        let event = AssignmentEvent::Unassignable {
            ticket_id: ticket.id.into(),
            number: ticket.number.clone(),
            team_id: ticket.team_id.into(),
            strategy,
            recipient_ids,
        };
        events::publish(tx, actor, ticket.id, &event, now).await?;
        return Ok(Outcome::Nobody { strategy });
    };
    store::take_turn(tx, ticket.team_id, user_id).await?;
    let name = members
        .into_iter()
        .find(|m| m.candidate.user_id == user_id)
        .map(|m| m.name)
        .ok_or_else(|| Error::internal("the chosen person is no member"))?;
    Ok(Outcome::Chosen {
        user_id: user_id.0,
        name,
        strategy,
    })
}
