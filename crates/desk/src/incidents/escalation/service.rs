//! Use cases of escalation.

use super::dto::EscalateInput;
use super::store::{self, NewEscalation};
use crate::tickets::dto::TicketView;
use crate::tickets::service::{self as tickets, Edit};
use steward_db::Tx;
use steward_domain::incidents::escalation::{self, Cause, Rung};
use steward_domain::incidents::events::IncidentEvent;
use steward_kernel::id::{OrganizationId, UserId};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// Escalates a ticket by hand.
pub(super) async fn escalate(
    app: &App,
    actor: &Actor,
    key: &str,
    input: EscalateInput,
    if_match: Option<i64>,
    now: Instant,
) -> Result<TicketView> {
    let mut edit = tickets::open(app, actor, key, if_match, "tickets.escalate").await?;
    let level = u8::try_from(edit.before.escalation_level).unwrap_or(u8::MAX);
    let status = edit.before.status.parse().map_err(Error::internal)?;
    let rung = escalation::by_hand(actor, status, level, input.level)?;
    if input.reason.trim().is_empty() {
        return Err(Error::field("reason", "required", "say why"));
    }
    check_length("reason", &input.reason, 1000)?;
    let id = clock::new_id();
    let new = NewEscalation {
        id,
        ticket_id: edit.before.id,
        rung,
        cause: Cause::Manual,
        reason: &input.reason,
        actor_id: Some(actor.user_id.0),
    };
    store::insert(&edit.tx, actor.organization_id, &new, now).await?;
    let team = edit.before.team_id;
    let event = IncidentEvent::Escalated {
        ticket_id: edit.before.id.into(),
        number: edit.before.number.clone(),
        escalation_id: id,
        rung,
        cause: Cause::Manual,
        recipient_ids: recipients(&edit.tx, actor.organization_id, rung, team).await?,
        ticket: Box::new(tickets::snapshot(&edit.tx, &edit.after).await?),
    };
    events::publish(&edit.tx, actor, edit.before.id, &event, now).await?;
    edit.after.escalation_level = i32::from(rung.level());
    // The reason is for those who work on it.
    edit.note_internal("escalation_reason", None, Some(input.reason));
    edit.finish(actor, now).await
}

/// Escalates a ticket one level for a cause that is no person's. Nothing
/// happens at the top, when the ticket is no longer open, or when this cause
/// raised it to this level before.
pub(crate) async fn rise(edit: &mut Edit, cause: Cause, reason: &str, now: Instant) -> Result<()> {
    let level = u8::try_from(edit.after.escalation_level).unwrap_or(u8::MAX);
    let status = edit.after.status.parse().map_err(Error::internal)?;
    let Some(rung) = escalation::next(status, level) else {
        return Ok(());
    };
    let organization = OrganizationId(edit.before.organization_id);
    let id = clock::new_id();
    let new = NewEscalation {
        id,
        ticket_id: edit.before.id,
        rung,
        cause,
        reason,
        actor_id: None,
    };
    if !store::insert(&edit.tx, organization, &new, now).await? {
        return Ok(());
    }
    let team = edit.after.team_id;
    let event = IncidentEvent::Escalated {
        ticket_id: edit.before.id.into(),
        number: edit.before.number.clone(),
        escalation_id: id,
        rung,
        cause,
        recipient_ids: recipients(&edit.tx, organization, rung, team).await?,
        ticket: Box::new(tickets::snapshot(&edit.tx, &edit.after).await?),
    };
    let actor = Actor::system(organization);
    events::publish(&edit.tx, &actor, edit.before.id, &event, now).await?;
    edit.after.escalation_level = i32::from(rung.level());
    edit.note_internal("escalation_reason", None, Some(reason.to_owned()));
    Ok(())
}

/// The managers of the organization.
pub(crate) async fn managers(tx: &Tx, organization: OrganizationId) -> Result<Vec<UserId>> {
    store::with_role(tx, organization, "manager").await
}

/// Who is told at a rung; where nobody stands on it, those of the next one.
async fn recipients(
    tx: &Tx,
    organization: OrganizationId,
    rung: Rung,
    team: Option<Uuid>,
) -> Result<Vec<UserId>> {
    for candidate in Rung::ALL.iter().copied().filter(|r| *r >= rung) {
        let found = match (candidate, team) {
            (Rung::TeamLead, None) => Vec::new(),
            (Rung::TeamLead, Some(team)) => {
                crate::assignment::leads(tx, organization, team).await?
            }
            (Rung::Manager, _) => store::with_role(tx, organization, "manager").await?,
            (Rung::Administrator, _) => store::with_role(tx, organization, "admin").await?,
        };
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}
