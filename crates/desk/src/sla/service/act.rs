//! What happens when a threshold or a reminder comes due. Each is taken in the
//! transaction of what it causes, behind the ticket's lock: so it happens
//! once, whoever looks and whenever, and is made up for after an outage.

use super::follow::State;
use super::{book, ledger, reminders};
use crate::incidents::escalation;
use crate::sla::store::{self, DueRow};
use crate::tickets::service::{self as tickets, Edit};
use steward_db::Tx;
use steward_domain::incidents::escalation::Cause;
use steward_domain::sla::events::SlaEvent;
use steward_domain::sla::ledger::Track;
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
    let mut done = 0;
    for due in store::due_clocks(&app.db, now, BATCH).await? {
        done += usize::from(outcome(&due, thresholds(app, &due, now).await));
    }
    for due in store::due_reminders(&app.db, now, BATCH).await? {
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
        while let Some((percent, _)) = track.next_threshold(&book).filter(|(_, at)| *at <= now) {
            track.fire(&book, percent, now);
            reached.push((track.clone(), percent));
        }
    }
    // Written also when another node was faster: the row may name a time that
    // no longer counts.
    ledger::save(&edit.tx, organization, due.ticket_id, &ledger, &book, &kept).await?;
    if reached.is_empty() {
        edit.tx.commit().await?;
        return Ok(false);
    }
    for (track, percent) in reached {
        act_on(&mut edit, organization, &track, percent, now).await?;
    }
    let tx = edit.save(&Actor::system(organization), now).await?;
    tx.commit().await?;
    Ok(true)
}

async fn act_on(
    edit: &mut Edit,
    organization: OrganizationId,
    track: &Track,
    percent: u8,
    now: Instant,
) -> Result<()> {
    let what = format!("{} {}", track.agreement.as_str(), track.metric.as_str());
    match percent {
        100.. => {
            edit.note_internal("sla_breached", None, Some(what.clone()));
            let reason = format!("the time of its {what} target is used up");
            escalation::rise(edit, Cause::SlaBreached, &reason, now).await?;
        }
        90.. => {
            let reason = format!("{percent} % of the time of its {what} target is used up");
            escalation::rise(edit, Cause::SlaAtRisk, &reason, now).await?;
        }
        _ => {}
    }
    let recipient_ids = told(&edit.tx, organization, edit, percent).await?;
    let actor = Actor::system(organization);
    let ticket = tickets::snapshot(&edit.tx, &edit.after).await?;
    let event = SlaEvent::of(ticket, track, percent, recipient_ids);
    events::publish(&edit.tx, &actor, edit.before.id, &event, now).await
}

/// Assignee and leads; the managers too once it is breached.
async fn told(
    tx: &Tx,
    organization: OrganizationId,
    edit: &Edit,
    percent: u8,
) -> Result<Vec<UserId>> {
    let mut people: Vec<UserId> = edit.after.assignee_id.map(UserId).into_iter().collect();
    if let Some(team) = edit.after.team_id {
        people.extend(crate::assignment::leads(tx, organization, team).await?);
    }
    if percent >= 100 {
        people.extend(escalation::managers(tx, organization).await?);
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// Escalates a ticket in which nothing happened.
async fn reminder(app: &App, due: &DueRow, now: Instant) -> Result<bool> {
    let organization = OrganizationId(due.organization_id);
    let cause: Cause = due.what.parse().map_err(Error::internal)?;
    let tx = app.db.write("sla.reminder").await?;
    let mut edit = tickets::take(tx, organization, due.ticket_id).await?;
    if !store::take_reminder(&edit.tx, due.ticket_id, &due.what, now).await? {
        return Ok(false);
    }
    let state: State = edit.sla_state()?;
    if reminders::waits(cause, &state) {
        let reason = match cause {
            Cause::NoResponse => "nobody took it up within 30 minutes",
            Cause::CriticalUnresolved => "it is critical and not resolved within 60 minutes",
            _ => "it is in progress and nothing was heard of it for 24 hours",
        };
        escalation::rise(&mut edit, cause, reason, now).await?;
    }
    let tx = edit.save(&Actor::system(organization), now).await?;
    tx.commit().await?;
    Ok(true)
}
