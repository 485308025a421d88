//! What happens when a threshold or a reminder comes due. Each is taken in the
//! transaction of what it causes, behind the ticket's lock: so it happens
//! once, whoever looks and whenever, and is made up for after an outage.

use super::moved::State;
use super::{book, ledger, reminders};
use crate::assignment;
use crate::incidents::escalation;
use crate::sla::store::{self, DueRow, Whose};
use crate::tickets::service::{self as tickets, Edit};
use steward_domain::incidents::escalation::Cause;
use steward_domain::sla::escalation::{Actions, Audience, Mark};
use steward_domain::sla::events::SlaEvent;
use steward_domain::sla::ledger::Track;
use steward_domain::sla::reason::Reason;
use steward_kernel::id::{OrganizationId, UserId};
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, events};

/// Thresholds and reminders taken at once; what is left comes with the next look.
const BATCH: u32 = 50;

/// Does what is due at `now`. Returns how much was.
///
/// # Errors
/// When the database does not answer. What fails for one ticket is logged and
/// tried again, and does not hold up the others.
pub async fn act(app: &App, now: Instant) -> Result<usize> {
    act_of(app, Whose::Deployment, now).await
}

/// Lets what came due in one organization before `now` happen at its own
/// instants, the earliest first: for a story of the past, also while it is
/// being filled. Returns whether that is all; else there is more behind the
/// `most` instants that were looked at.
///
/// # Errors
/// As [`act`].
pub async fn catch_up(
    app: &App,
    organization: OrganizationId,
    most: usize,
    now: Instant,
) -> Result<bool> {
    let mut before = None;
    for _ in 0..most {
        let next = store::next_due(&app.db, organization).await?;
        let Some(at) = next.filter(|at| *at <= now) else {
            return Ok(true);
        };
        let done = act_of(app, Whose::Organization(organization), at).await?;
        if done == 0 && before == next {
            // It cannot be acted on; the log says why.
            return Ok(true);
        }
        before = next;
    }
    Ok(false)
}

async fn act_of(app: &App, whose: Whose, now: Instant) -> Result<usize> {
    let mut done = 0;
    for due in store::due_clocks(&app.db, whose, now, BATCH).await? {
        done += usize::from(outcome(&due, thresholds(app, &due, now).await));
    }
    for due in store::due_reminders(&app.db, whose, now, BATCH).await? {
        done += usize::from(outcome(&due, reminder(app, &due, now).await));
    }
    Ok(done)
}

fn outcome(due: &DueRow, result: Result<bool>) -> bool {
    result.unwrap_or_else(|error| {
        tracing::warn!(ticket = %due.ticket_id, what = due.what, error = ?error.source, detail = %error.detail,
            "a service level could not be acted on");
        false
    })
}

/// Acts on every threshold that one ticket has reached, the lowest first.
async fn thresholds(app: &App, due: &DueRow, now: Instant) -> Result<bool> {
    let organization = OrganizationId(due.organization_id);
    let tx = app.db.write("sla.thresholds").await?;
    let mut edit = tickets::take(tx, organization, due.ticket_id).await?;
    let kept = store::clocks(&edit.tx, due.ticket_id).await?;
    let book = book::of_clocks(&edit.tx, &kept).await?;
    let mut ledger = ledger::read(&kept)?;
    let mut reached = Vec::new();
    for track in &mut ledger.0 {
        while let Some((mark, _)) = track.next_threshold(&book).filter(|(_, at)| *at <= now) {
            track.fire(&book, mark, now);
            reached.push((track.clone(), mark));
        }
    }
    // Written also when another node was faster: the row may name a time that
    // no longer counts.
    let shown = ledger::save(&edit.tx, organization, due.ticket_id, &ledger, &book, &kept).await?;
    // What it shows is written: only what follows is a change of the ticket.
    shown.clone().onto(&mut edit.before);
    shown.onto(&mut edit.after);
    if reached.is_empty() {
        edit.tx.commit().await?;
        return Ok(false);
    }
    for (track, mark) in reached {
        let actions = track.escalation(&book).at(mark);
        act_on(&mut edit, &track, mark, &actions, now).await?;
    }
    let tx = edit.save(&Actor::system(organization), now).await?;
    tx.commit().await?;
    Ok(true)
}

async fn act_on(
    edit: &mut Edit,
    track: &Track,
    mark: Mark,
    actions: &Actions,
    now: Instant,
) -> Result<()> {
    let cause = match mark {
        Mark::Percent(100..) => {
            let what = format!("{} {}", track.agreement.as_str(), track.metric.as_str());
            edit.note_internal("sla_breached", None, Some(what));
            Cause::SlaBreached
        }
        _ => Cause::SlaAtRisk,
    };
    let reason = Reason::of_mark(mark, track.agreement, track.metric);
    let recipient_ids = perform(edit, actions, cause, reason, now).await?;
    let actor = Actor::system(OrganizationId(edit.before.organization_id));
    let ticket = tickets::snapshot(&edit.tx, &edit.after).await?;
    let event = SlaEvent::of(ticket, track, mark, recipient_ids);
    events::publish(&edit.tx, &actor, edit.before.id, &event, now).await
}

/// Does what a policy says. Returns who is to be told.
async fn perform(
    edit: &mut Edit,
    actions: &Actions,
    cause: Cause,
    reason: Reason,
    now: Instant,
) -> Result<Vec<UserId>> {
    let organization = OrganizationId(edit.before.organization_id);
    // Told is also who loses the ticket to the lead.
    let told = told(edit, organization, &actions.tells).await?;
    if actions.raises_level {
        escalation::rise(edit, cause, &reason.to_string(), now).await?;
    }
    if actions.assigns_lead {
        assign_lead(edit, organization).await?;
    }
    if actions.notes {
        edit.note_internal("sla_note", None, Some(reason.to_string()));
    }
    Ok(told)
}

async fn told(
    edit: &Edit,
    organization: OrganizationId,
    tells: &[Audience],
) -> Result<Vec<UserId>> {
    let mut people: Vec<UserId> = Vec::new();
    for audience in tells {
        match (audience, edit.after.team_id) {
            (Audience::Assignee, _) => people.extend(edit.after.assignee_id.map(UserId)),
            (Audience::Lead, Some(team)) => {
                people.extend(assignment::leads(&edit.tx, organization, team).await?);
            }
            (Audience::Lead, None) => {}
            (Audience::Managers, _) => {
                people.extend(escalation::managers(&edit.tx, organization).await?);
            }
        }
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// Gives the ticket to the lead of its team, the first of several.
async fn assign_lead(edit: &mut Edit, organization: OrganizationId) -> Result<()> {
    let Some(team) = edit.after.team_id else {
        return Ok(());
    };
    let leads = assignment::leads(&edit.tx, organization, team).await?;
    let is_with_lead = |id| leads.contains(&UserId(id));
    let Some(lead) = leads.first().copied() else {
        return Ok(());
    };
    if edit.after.assignee_id.is_some_and(is_with_lead) {
        return Ok(());
    }
    let actor = Actor::system(organization);
    let name = tickets::person(&edit.tx, &actor, "assignee_id", lead.0).await?;
    edit.give_to(lead.0, name);
    Ok(())
}

/// Does what the policy says about a ticket in which nothing happened.
async fn reminder(app: &App, due: &DueRow, now: Instant) -> Result<bool> {
    let organization = OrganizationId(due.organization_id);
    let cause: Cause = due.what.parse().map_err(Error::internal)?;
    let tx = app.db.write("sla.reminder").await?;
    let mut edit = tickets::take(tx, organization, due.ticket_id).await?;
    if !store::take_reminder(&edit.tx, due.ticket_id, &due.what, now).await? {
        return Ok(false);
    }
    let state: State = tickets::sla_state(&edit.after)?;
    let rules = reminders::escalation(&edit.tx, due.ticket_id).await?;
    let reminder = rules.reminder(cause);
    if let Some(reminder) = reminder.filter(|_| reminders::waits(cause, &state)) {
        let reason = Reason::of_reminder(cause, reminder.after_minutes);
        let told = perform(&mut edit, &reminder.actions, cause, reason, now).await?;
        if !told.is_empty() {
            let event = SlaEvent::Reminded {
                ticket: tickets::snapshot(&edit.tx, &edit.after).await?,
                cause,
                recipient_ids: told,
            };
            let actor = Actor::system(organization);
            events::publish(&edit.tx, &actor, edit.before.id, &event, now).await?;
        }
    }
    let tx = edit.save(&Actor::system(organization), now).await?;
    tx.commit().await?;
    Ok(true)
}
