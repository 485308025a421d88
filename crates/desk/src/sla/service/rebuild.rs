//! All clocks again from the history of their tickets: to compare them with
//! the kept ones, to repair, and to give clocks to tickets that came from
//! elsewhere.

use super::asked::{Asked, Conditions};
use super::book;
use super::moved::State;
use super::past::{CUSTOM_FIELD, Past, first};
use super::{defaults, ledger, reminders};
use crate::custom_fields;
use crate::sla::store::{self, ActivityRow, CalendarRow, ClockRow, NewsRow, PolicyRow, TicketNow};
use crate::tickets::service as tickets;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};
use steward_db::{Executor, Tx, time::from_db, time::to_db};
use steward_domain::incidents::escalation::Cause;
use steward_domain::sla::book::{Book, PolicyVersion};
use steward_domain::sla::clock::Terms;
use steward_domain::sla::escalation::{Escalation, Mark};
use steward_domain::sla::explain::Leg;
use steward_domain::sla::ledger::{Change, Ledger};
use steward_domain::sla::model::{Agreement, Metric};
use steward_domain::sla::situation::Situation;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// Tickets looked at together.
const BATCH: u32 = 200;

/// Fields by whose change policies are matched anew.
pub(crate) const MATCHED_BY: &[&str] = &[
    "category",
    "subcategory",
    "team",
    "tags",
    "requester",
    "requested_for",
    "impact",
    "urgency",
    "is_major",
    "priority",
];

/// What a rebuild found.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Tickets looked at.
    pub tickets: usize,
    /// Clocks of their histories.
    pub clocks: usize,
    /// One line per clock that differs.
    pub differences: Vec<String>,
}

/// Every version that ever was.
struct Versions {
    policies: Vec<PolicyRow>,
    calendars: Vec<CalendarRow>,
    /// All of them, for what clocks keep.
    all: Book,
}

impl Versions {
    async fn load<E: Executor>(db: &E, organization: OrganizationId) -> Result<Self> {
        let policies = store::policy_history(db, organization).await?;
        let calendars = store::calendar_history(db, organization).await?;
        let mut all = Book::default();
        for row in &policies {
            all.earlier.push(book::policy_version(row)?);
        }
        for row in &calendars {
            all.calendars.insert(row.id, book::calendar_version(row)?);
        }
        Ok(Self {
            policies,
            calendars,
            all,
        })
    }

    /// What held at an instant.
    fn at(&self, at: DateTime<Utc>) -> Result<Book> {
        let mut newest: BTreeMap<Uuid, &PolicyRow> = BTreeMap::new();
        let held_by_then =
            |created_by: Option<Uuid>, created_at| created_by.is_none() || created_at <= at;
        let before = self.policies.iter();
        let before = before.filter(|row| held_by_then(row.created_by, row.created_at));
        for row in before {
            newest.insert(row.policy_id, row);
        }
        let is_there = |row: &&PolicyRow| row.is_active && row.deleted_at.is_none_or(|d| d > at);
        let mut held: Vec<&PolicyRow> = newest.into_values().filter(is_there).collect();
        held.sort_by_key(|row| (row.position, row.policy_id));
        let mut book = self.all.clone();
        for row in held {
            book.policies.push(book::policy_version(row)?);
        }
        for row in &self.calendars {
            if held_by_then(row.created_by, row.created_at) {
                book.current.insert(row.calendar_id, row.id);
            }
        }
        Ok(book)
    }
}

/// One thing that happened to a ticket.
#[derive(Debug, Default)]
struct Happening<'a> {
    changes: Vec<&'a ActivityRow>,
    is_answer: bool,
    is_news: bool,
    recompute: Vec<(Agreement, Metric, Terms)>,
}

/// What the clocks are reckoned for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To see whether the kept ones are right.
    Check,
    /// To put right what is not; what was acted on stays acted on.
    Repair,
    /// For tickets whose history comes from elsewhere: nothing was acted on here.
    Import,
}

/// Rebuilds the clocks of every organization; with `is_check` only compares.
///
/// # Errors
/// When the database does not answer.
pub async fn rebuild(app: &App, is_check: bool, now: Instant) -> Result<Report> {
    let purpose = if is_check {
        Purpose::Check
    } else {
        Purpose::Repair
    };
    let mut report = Report::default();
    for organization in store::organizations(&app.db).await? {
        let organization = OrganizationId(organization);
        let mut after = Uuid::nil();
        loop {
            let tx = app.db.write("sla.rebuild").await?;
            if store::calendars(&tx, organization).await?.is_empty() {
                defaults::install(&tx, organization).await?;
            }
            let found = store::tickets_after(&tx, organization, after, BATCH).await?;
            let Some(last) = found.last() else { break };
            after = last.id;
            batch(&tx, organization, &found, purpose, now, &mut report).await?;
            tx.commit().await?;
        }
    }
    Ok(report)
}

/// Gives clocks to tickets that were brought in with their history. What they
/// have passed long ago is not acted on.
pub(crate) async fn brought_in(
    tx: &Tx,
    organization: OrganizationId,
    ids: &[Uuid],
    now: Instant,
) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    if store::calendars(tx, organization).await?.is_empty() {
        defaults::install(tx, organization).await?;
    }
    let found = store::tickets(tx, ids).await?;
    let mut report = Report::default();
    batch(tx, organization, &found, Purpose::Import, now, &mut report).await
}

async fn batch(
    tx: &Tx,
    organization: OrganizationId,
    batch: &[TicketNow],
    purpose: Purpose,
    now: Instant,
    report: &mut Report,
) -> Result<()> {
    let versions = Versions::load(tx, organization).await?;
    let ids: Vec<Uuid> = batch.iter().map(|t| t.id).collect();
    let activities = store::activities(tx, &ids).await?;
    let news = store::news(tx, &ids).await?;
    let clocks = store::clocks_of(tx, &ids).await?;
    let has_conditions = versions.policies.iter().any(|row| row.condition.is_some());
    let teams = if has_conditions {
        store::teams(tx, organization).await?
    } else {
        BTreeMap::new()
    };
    let conditions = Conditions::of(tx, organization, &versions.policies).await?;
    let book = versions.at(to_db(now))?;
    let mut rows = Vec::new();
    for ticket in batch {
        let of_ticket: Vec<&ActivityRow> = activities
            .iter()
            .filter(|a| a.ticket_id == ticket.id)
            .collect();
        let said: Vec<&NewsRow> = news.iter().filter(|n| n.ticket_id == ticket.id).collect();
        let kept: Vec<ClockRow> = clocks
            .iter()
            .filter(|c| c.ticket_id == ticket.id)
            .cloned()
            .collect();
        let mut past = Past::default();
        if has_conditions {
            let row = tickets::row(tx, organization, ticket.id).await?;
            past.facts = row.facts();
            past.definitions = custom_fields::definitions(tx, organization, &row.kind).await?;
        }
        let known = (past, &teams, &conditions);
        let (mut ledger, waits) = replay(&versions, ticket, &of_ticket, &said, &kept, known)?;
        let acted_on = if purpose == Purpose::Import {
            &[]
        } else {
            kept.as_slice()
        };
        settle(&mut ledger, acted_on, &book, now)?;
        report.tickets += 1;
        report.clocks += ledger.0.len();
        compare(ticket, &ledger, &kept, report)?;
        if purpose == Purpose::Import {
            remind(tx, organization, ticket.id, (&ledger, &waits), &book, now).await?;
        }
        if purpose != Purpose::Check {
            let before = rows.len();
            rows.extend(ledger::changed(
                organization,
                ticket.id,
                &ledger,
                &book,
                &kept,
            )?);
            if rows.len() > before || ledger.0.is_empty() != kept.is_empty() {
                ledger::show(tx, ticket.id, &ledger, &book).await?;
            }
        }
    }
    store::save_clocks(tx, rows).await
}

/// Since when a ticket waits for which reminder.
type Waits = Vec<(Cause, Instant)>;

/// Reminds of a ticket that was brought in of what is still to come; what
/// would have come before counts as passed.
async fn remind(
    tx: &Tx,
    organization: OrganizationId,
    ticket: Uuid,
    (ledger, waits): (&Ledger, &Waits),
    book: &Book,
    now: Instant,
) -> Result<()> {
    let mut tracks = ledger.0.iter();
    let own = tracks.find(|track| track.agreement == Agreement::Sla);
    let rules = own.map_or_else(Escalation::default, |track| track.escalation(book));
    for (cause, since) in waits {
        let comes_at = rules
            .reminder(*cause)
            .map(|r| reminders::comes_at(r, *since));
        if let Some(at) = comes_at.filter(|at| *at > now) {
            store::set_reminder(tx, organization, ticket, cause.as_str(), Some(at)).await?;
        }
    }
    Ok(())
}

/// Everything that happened to a ticket, in order.
fn happenings<'a>(
    ticket: &TicketNow,
    activities: &[&'a ActivityRow],
    news: &[&NewsRow],
    kept: &[ClockRow],
) -> Result<BTreeMap<DateTime<Utc>, Happening<'a>>> {
    let mut all: BTreeMap<DateTime<Utc>, Happening<'a>> = BTreeMap::new();
    all.entry(ticket.created_at).or_default();
    for activity in activities {
        // Nothing happens to a ticket before it is reported.
        let at = activity.at.max(ticket.created_at);
        all.entry(at).or_default().changes.push(activity);
    }
    if let Some(at) = ticket.first_response_at {
        all.entry(at.max(ticket.created_at)).or_default().is_answer = true;
    }
    for said in news {
        all.entry(said.at.max(ticket.created_at))
            .or_default()
            .is_news = true;
    }
    for row in kept {
        let track = ledger::track(row)?;
        for leg in track.legs.iter().filter(|leg| leg.is_recompute) {
            let happening = all.entry(to_db(leg.at)).or_default();
            let asked = (track.agreement, track.metric, leg.terms);
            happening.recompute.push(asked);
        }
    }
    Ok(all)
}

fn replay(
    versions: &Versions,
    ticket: &TicketNow,
    activities: &[&ActivityRow],
    news: &[&NewsRow],
    kept: &[ClockRow],
    (mut past, teams, conditions): (Past, &BTreeMap<String, Uuid>, &Conditions),
) -> Result<(Ledger, Waits)> {
    past.begin(activities, teams);
    let mut situation = Situation {
        status: first(activities, "status", &ticket.status)
            .parse()
            .map_err(Error::internal)?,
        is_answered: false,
        is_merged: false,
    };
    let mut priority = first(activities, "priority", &ticket.priority)
        .parse()
        .map_err(Error::internal)?;
    let mut ledger = Ledger::default();
    let mut waits = Waits::new();
    for (at, happening) in happenings(ticket, activities, news, kept)? {
        let mut is_rematch = at == ticket.created_at;
        let before = (situation, priority);
        for change in &happening.changes {
            is_rematch |= MATCHED_BY.contains(&change.field.as_str())
                || change.field.starts_with(CUSTOM_FIELD);
            let new = change.new_value.as_deref();
            match (change.field.as_str(), new) {
                ("status", Some(word)) => {
                    situation.status = word.parse().map_err(Error::internal)?
                }
                ("priority", Some(word)) => priority = word.parse().map_err(Error::internal)?,
                ("merged_into", new) => situation.is_merged = new.is_some(),
                _ => {}
            }
            past.set(&change.field, new, teams);
        }
        situation.is_answered |= happening.is_answer;
        wait(
            &mut waits,
            &State {
                situation,
                priority,
            },
            from_db(at),
        );
        let change = Change {
            situation,
            priority,
            is_rematch,
            is_news: happening.is_news,
        };
        let book = versions.at(at)?;
        // As when it happened: what moves nothing of these was not followed.
        if is_rematch || happening.is_news || before != (situation, priority) {
            let asked = Asked::new(conditions, || past.facts.clone(), from_db(at));
            let matches = |p: &PolicyVersion| asked.matches(p.id);
            ledger.follow(&book, change, &matches, from_db(at));
        }
        if !happening.recompute.is_empty() {
            let asked = |track: &steward_domain::sla::ledger::Track| {
                let mut all = happening.recompute.iter();
                all.find(|(a, m, _)| (*a, *m) == (track.agreement, track.metric))
                    .map(|(_, _, terms)| *terms)
            };
            ledger.recompute(&book, asked, from_db(at));
        }
    }
    Ok((ledger, waits))
}

/// Notes which reminders a ticket waits for since when. Anything that happens
/// is an update.
fn wait(waits: &mut Waits, state: &State, at: Instant) {
    waits.retain(|(cause, _)| *cause != Cause::NoUpdate && reminders::waits(*cause, state));
    for cause in reminders::CAUSES {
        let is_known = waits.iter().any(|(known, _)| *known == cause);
        if !is_known && reminders::waits(cause, state) {
            waits.push((cause, at));
        }
    }
}

/// What the reconciler has done by `now`: thresholds that were acted on stay
/// so; those of tickets without clocks so far count as passed.
fn settle(ledger: &mut Ledger, kept: &[ClockRow], book: &Book, now: Instant) -> Result<()> {
    for track in &mut ledger.0 {
        let (agreement, metric) = (track.agreement.as_str(), track.metric.as_str());
        let same = kept
            .iter()
            .find(|row| row.agreement == agreement && row.metric == metric);
        if let Some(row) = same {
            let kept = ledger::track(row)?;
            track.fired = kept.fired;
            let breach = Mark::Percent(100);
            if kept.fired.with(breach) == kept.fired {
                track.fire(book, breach, kept.clock.as_of);
            }
        } else {
            while let Some((mark, at)) = track.next_threshold(book).filter(|(_, at)| *at <= now) {
                track.fire(book, mark, at);
            }
        }
    }
    Ok(())
}

/// Legs without those that ended in the instant in which they began: what is
/// done in the very instant of the report may count as part of it.
fn lasting(legs: &[Leg]) -> Vec<Leg> {
    let next = legs.iter().skip(1).map(Some).chain([None]);
    let with_next = legs.iter().zip(next);
    let lasts = with_next.filter(|(leg, next)| next.is_none_or(|next| next.at != leg.at));
    lasts.map(|(leg, _)| *leg).collect()
}

/// Notes what differs. Consumed time is compared at the same instant.
fn compare(
    ticket: &TicketNow,
    ledger: &Ledger,
    kept: &[ClockRow],
    report: &mut Report,
) -> Result<()> {
    let kept = ledger::read(kept)?;
    let key = |t: &steward_domain::sla::ledger::Track| (t.agreement, t.metric);
    let keys: BTreeSet<_> = ledger.0.iter().chain(&kept.0).map(key).collect();
    for wanted in keys {
        let rebuilt = ledger.0.iter().find(|t| key(t) == wanted);
        let old = kept.0.iter().find(|t| key(t) == wanted);
        let facts = |t: &steward_domain::sla::ledger::Track| {
            let c = &t.clock;
            (
                c.mode,
                c.terms,
                c.due_at,
                c.breached_at,
                c.met_at,
                c.started_at,
                lasting(&t.legs),
            )
        };
        if rebuilt.map(facts) == old.map(facts)
            && rebuilt.map(|t| t.clock.consumed) == old.map(|t| t.clock.consumed)
        {
            continue;
        }
        let (agreement, metric) = (wanted.0.as_str(), wanted.1.as_str());
        let (number, was) = (&ticket.number, old.map(|t| &t.clock));
        let is = rebuilt.map(|t| &t.clock);
        report.differences.push(format!(
            "{number} {agreement} {metric}: kept {was:?}, rebuilt {is:?}"
        ));
    }
    Ok(())
}
