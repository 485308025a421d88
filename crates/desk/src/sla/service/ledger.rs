//! Between the rows of clocks, the ledger of the rules, and what tickets show.

use crate::sla::dto::SlaChip;
use crate::sla::store::{self, ClockRow};
use crate::tickets::TicketRow;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use steward_db::{Tx, time::from_db, time::to_db};
use steward_domain::calendar::{Calendar, Kind, SECOND};
use steward_domain::sla::book::Book;
use steward_domain::sla::clock::{Clock, Mode, Terms};
use steward_domain::sla::escalation::Fired;
use steward_domain::sla::explain::Leg;
use steward_domain::sla::ledger::{Ledger, Track};
use steward_domain::sla::model::{Agreement, Metric, State};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use steward_platform::clock;
use uuid::Uuid;

/// The ledger that rows tell.
pub(super) fn read(rows: &[ClockRow]) -> Result<Ledger> {
    rows.iter().map(track).collect::<Result<_>>().map(Ledger)
}

/// The version of the policy that the ticket has with its customer, by its clocks.
pub(super) fn agreed(ledger: &Ledger) -> Option<Uuid> {
    let with_customer = ledger.0.iter().filter(|t| t.agreement == Agreement::Sla);
    let first = with_customer.max_by_key(|track| track.metric.as_str());
    first.map(|track| track.clock.terms.policy_version_id)
}

/// One clock of the ledger.
pub(super) fn track(row: &ClockRow) -> Result<Track> {
    Ok(Track {
        agreement: row.agreement.parse().map_err(Error::internal)?,
        metric: row.metric.parse().map_err(Error::internal)?,
        clock: Clock {
            started_at: from_db(row.started_at),
            as_of: from_db(row.as_of),
            consumed: row.consumed_us,
            mode: row.mode.parse().map_err(Error::internal)?,
            terms: Terms {
                policy_version_id: row.policy_version_id,
                calendar_version_id: row.calendar_version_id,
                target_seconds: row.target_seconds,
            },
            due_at: row.due_at.map(from_db),
            breached_at: row.breached_at.map(from_db),
            met_at: row.met_at.map(from_db),
        },
        fired: Fired {
            percent: u8::try_from(row.fired).unwrap_or(u8::MAX),
            minutes_before: row.fired_before,
        },
        legs: serde_json::from_value::<Vec<Leg>>(row.legs.clone()).map_err(Error::internal)?,
    })
}

/// The rows of a ledger; clocks that were there keep their id.
fn rows(
    organization: OrganizationId,
    ticket: Uuid,
    ledger: &Ledger,
    book: &Book,
    kept: &[ClockRow],
) -> Result<Vec<ClockRow>> {
    let row = |track: &Track| {
        let (agreement, metric) = (track.agreement.as_str(), track.metric.as_str());
        let same = kept
            .iter()
            .find(|row| row.agreement == agreement && row.metric == metric);
        let clock = &track.clock;
        let next = track.next_threshold(book).map(|(_, at)| to_db(at));
        Ok(ClockRow {
            id: same.map_or_else(clock::new_id, |row| row.id),
            organization_id: organization.0,
            ticket_id: ticket,
            agreement: agreement.to_owned(),
            metric: metric.to_owned(),
            policy_version_id: clock.terms.policy_version_id,
            calendar_version_id: clock.terms.calendar_version_id,
            target_seconds: clock.terms.target_seconds,
            mode: clock.mode.as_str().to_owned(),
            started_at: to_db(clock.started_at),
            as_of: to_db(clock.as_of),
            consumed_us: clock.consumed,
            due_at: clock.due_at.map(to_db),
            breached_at: clock.breached_at.map(to_db),
            met_at: clock.met_at.map(to_db),
            fired: i32::from(track.fired.percent),
            fired_before: track.fired.minutes_before,
            next_threshold_at: next,
            legs: serde_json::to_value(&track.legs).map_err(Error::internal)?,
        })
    };
    ledger.0.iter().map(row).collect()
}

/// What a ticket shows of its clocks.
#[derive(Debug, Clone)]
pub(crate) struct OnTicket {
    /// Its clocks, in short.
    pub(crate) sla: Value,
    /// When the first of them breaches, far away when none does.
    pub(crate) next_breach_at: DateTime<Utc>,
    /// Whether one has.
    pub(crate) is_breached: bool,
}

impl OnTicket {
    /// Of a ticket without clocks.
    pub(crate) fn nothing() -> Self {
        Self {
            sla: Value::Array(Vec::new()),
            next_breach_at: store::never(),
            is_breached: false,
        }
    }

    /// Puts it on the ticket.
    pub(crate) fn onto(self, row: &mut TicketRow) {
        row.sla = self.sla;
        row.next_breach_at = self.next_breach_at;
        row.is_sla_breached = self.is_breached;
    }
}

/// Saves a ledger, and what its ticket shows of it.
pub(super) async fn save(
    tx: &Tx,
    organization: OrganizationId,
    ticket: Uuid,
    ledger: &Ledger,
    book: &Book,
    kept: &[ClockRow],
) -> Result<OnTicket> {
    store::save_clocks(tx, changed(organization, ticket, ledger, book, kept)?).await?;
    show(tx, ticket, ledger, book).await
}

/// The rows of a ledger that differ from the kept ones.
pub(super) fn changed(
    organization: OrganizationId,
    ticket: Uuid,
    ledger: &Ledger,
    book: &Book,
    kept: &[ClockRow],
) -> Result<Vec<ClockRow>> {
    let rows = rows(organization, ticket, ledger, book, kept)?;
    Ok(rows.into_iter().filter(|row| !kept.contains(row)).collect())
}

/// What a ticket shows of a ledger.
pub(super) fn shown(ledger: &Ledger, book: &Book) -> Result<OnTicket> {
    Ok(OnTicket {
        sla: serde_json::to_value(summary(ledger, book)).map_err(Error::internal)?,
        next_breach_at: ledger.next_breach_at().map_or_else(store::never, to_db),
        is_breached: ledger.is_breached(),
    })
}

/// Writes what a ticket shows of its clocks.
pub(super) async fn show(tx: &Tx, ticket: Uuid, ledger: &Ledger, book: &Book) -> Result<OnTicket> {
    let shown = shown(ledger, book)?;
    store::show(tx, ticket, &shown).await?;
    Ok(shown)
}

/// What a ticket carries of a clock, so that lists need not load it.
#[derive(Debug, Serialize, Deserialize)]
struct Shown {
    agreement: Agreement,
    metric: Metric,
    mode: Mode,
    target_seconds: i64,
    consumed_seconds: i64,
    as_of: DateTime<Utc>,
    at_risk_at: Option<DateTime<Utc>>,
    due_at: Option<DateTime<Utc>>,
    breached_at: Option<DateTime<Utc>>,
    met_at: Option<DateTime<Utc>>,
    /// When its calendar is open until its time is used up, in seconds since
    /// 1970; empty unless it runs.
    #[serde(default)]
    open: Vec<(i64, i64)>,
}

/// Most openings kept with a clock: a quarter of a year's working days.
const MOST_OPENINGS: usize = 65;

/// Openings from when a clock last changed until its time is used up.
fn openings(clock: &Clock, calendar: &Calendar) -> Vec<(i64, i64)> {
    let Some(due_at) = clock.due_at.filter(|_| clock.mode == Mode::Running) else {
        return Vec::new();
    };
    let mut open: Vec<(i64, i64)> = Vec::new();
    for piece in calendar.pieces(clock.as_of, due_at, 4 * MOST_OPENINGS) {
        if !matches!(piece.kind, Kind::Open) {
            continue;
        }
        let (from, until) = (piece.from.as_second(), piece.until.as_second());
        let is_full = open.len() == MOST_OPENINGS;
        match open.last_mut().filter(|last| last.1 == from) {
            Some(last) => last.1 = until,
            None if is_full => break,
            None => open.push((from, until)),
        }
    }
    open
}

fn summary(ledger: &Ledger, book: &Book) -> Vec<Shown> {
    let shown = ledger
        .0
        .iter()
        .filter(|t| t.clock.mode != Mode::Cancelled || t.clock.breached_at.is_some());
    let shown = shown.map(|track| {
        let clock = &track.clock;
        let calendar = book.calendar(clock.terms.calendar_version_id);
        Shown {
            agreement: track.agreement,
            metric: track.metric,
            mode: clock.mode,
            target_seconds: clock.terms.target_seconds,
            consumed_seconds: clock.consumed / SECOND,
            as_of: to_db(clock.as_of),
            at_risk_at: calendar.and_then(|c| clock.at_risk_at(c)).map(to_db),
            due_at: clock.due_at.map(to_db),
            breached_at: clock.breached_at.map(to_db),
            met_at: clock.met_at.map(to_db),
            open: calendar.map_or_else(Vec::new, |c| openings(clock, c)),
        }
    });
    shown.collect()
}

impl Shown {
    fn state(&self, now: Instant) -> State {
        let now = to_db(now);
        let is_running = self.mode == Mode::Running;
        let has_come = |at: Option<DateTime<Utc>>| is_running && at.is_some_and(|at| at <= now);
        match self.mode {
            _ if self.breached_at.is_some() || has_come(self.due_at) => State::Breached,
            Mode::Met => State::Met,
            Mode::Cancelled => State::Cancelled,
            Mode::Paused => State::Paused,
            Mode::Running if has_come(self.at_risk_at) => State::AtRisk,
            Mode::Running => State::Running,
        }
    }

    /// How much is left. It tells of the instant when that began to change or
    /// to stand, so that the answer stays the same until it changes again.
    fn countdown(&self, now: Instant) -> Countdown {
        let left = self.target_seconds.saturating_sub(self.consumed_seconds);
        let mut told = Countdown {
            remaining_seconds: (self.mode == Mode::Paused).then_some(left.max(0)),
            remaining_at: from_db(self.as_of),
            is_open: None,
            changes_at: None,
        };
        if self.mode != Mode::Running {
            return told;
        }
        let second = now.as_second();
        let over = self.open.iter().take_while(|(_, until)| *until <= second);
        let mut used = 0;
        for (from, until) in over {
            used += until - from;
            told.remaining_at = at(*until);
        }
        let next = self.open.iter().find(|(_, until)| *until > second);
        let is_open = next.is_some_and(|(from, _)| *from <= second);
        if let Some((from, until)) = next {
            told.changes_at = Some(at(if is_open { *until } else { *from }));
            if is_open {
                told.remaining_at = told.remaining_at.max(at(*from));
            }
        }
        let is_known = next.is_some() || self.state(now) == State::Breached;
        told.remaining_seconds = is_known.then(|| left.saturating_sub(used).max(0));
        told.is_open = Some(is_open);
        told
    }
}

struct Countdown {
    remaining_seconds: Option<i64>,
    remaining_at: Instant,
    is_open: Option<bool>,
    changes_at: Option<Instant>,
}

fn at(second: i64) -> Instant {
    Instant::from_second(second).unwrap_or_default()
}

/// The clocks of a ticket as it shows them. Agreements inside the provider are
/// not for requesters.
pub(crate) fn chips(shown: &Value, sees_internal: bool, now: Instant) -> Vec<SlaChip> {
    let shown: Vec<Shown> = serde_json::from_value(shown.clone()).unwrap_or_default();
    let seen = shown
        .into_iter()
        .filter(|s| sees_internal || s.agreement == Agreement::Sla);
    let chip = |s: Shown| {
        let countdown = s.countdown(now);
        SlaChip {
            agreement: s.agreement.into(),
            metric: s.metric.into(),
            state: s.state(now).into(),
            target_minutes: s.target_seconds / 60,
            due_at: s.due_at.map(from_db),
            breached_at: s.breached_at.map(from_db),
            met_at: s.met_at.map(from_db),
            consumed_seconds: s.consumed_seconds,
            as_of: from_db(s.as_of),
            remaining_seconds: countdown.remaining_seconds,
            remaining_at: countdown.remaining_at,
            is_open: countdown.is_open,
            changes_at: countdown.changes_at,
        }
    };
    seen.map(chip).collect()
}
