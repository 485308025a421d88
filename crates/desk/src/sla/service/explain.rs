//! The life of a ticket's clocks, as people read it.

use super::{book, ledger};
use crate::sla::dto::{HolidayInput, SlaClockView, SlaInterval, TicketSlaView, VersionReference};
use crate::sla::store::{self, CalendarRow, PolicyRow};
use crate::tickets::service as tickets;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use steward_domain::calendar::SECOND;
use steward_domain::sla::book::Book;
use steward_domain::sla::explain::{Kind, Piece, pieces};
use steward_domain::sla::ledger::Track;
use steward_domain::sla::model::Agreement;
use steward_domain::tickets::policy::sees_internal;
use steward_kernel::{Actor, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// Most intervals shown of one clock.
const MOST: usize = 2000;

/// Names of the versions that a ticket's clocks used.
struct Names {
    policies: BTreeMap<Uuid, PolicyRow>,
    calendars: BTreeMap<Uuid, CalendarRow>,
}

impl Names {
    fn policy(&self, id: Uuid) -> Option<VersionReference> {
        self.policies.get(&id).map(|row| VersionReference {
            id: row.policy_id,
            name: row.name.clone(),
            version: row.number,
        })
    }

    fn calendar(&self, id: Uuid) -> Option<VersionReference> {
        self.calendars.get(&id).map(|row| VersionReference {
            id: row.calendar_id,
            name: row.name.clone(),
            version: row.number,
        })
    }

    /// The date, with its name where the calendar gives one.
    fn holiday(&self, calendar: Uuid, date: Date) -> String {
        let text = date.to_string();
        let row = self.calendars.get(&calendar);
        let holidays = row.map(|row| serde_json::from_value(row.holidays.clone()));
        let holidays: Vec<HolidayInput> = holidays.and_then(Result::ok).unwrap_or_default();
        let found = holidays
            .iter()
            .find(|h| text == h.date || text.get(5..) == Some(&h.date));
        match found.map(|h| h.name.trim()).filter(|name| !name.is_empty()) {
            Some(name) => format!("{text} {name}"),
            None => text,
        }
    }
}

/// The clocks of a ticket that the actor sees, with their lives until `now`.
pub(in crate::sla) async fn explain(
    app: &App,
    actor: &Actor,
    key: &str,
    now: Instant,
) -> Result<TicketSlaView> {
    let ticket = tickets::find(&app.db, actor, key).await?;
    let created_at = steward_db::time::from_db(ticket.created_at);
    let rows = store::clocks(&app.db, ticket.id).await?;
    let ledger = ledger::read(&rows)?;
    let legs = || ledger.0.iter().flat_map(|track| &track.legs);
    let policies: BTreeSet<Uuid> = legs().map(|leg| leg.terms.policy_version_id).collect();
    let calendars: BTreeSet<Uuid> = legs().map(|leg| leg.terms.calendar_version_id).collect();
    let policies = store::policy_versions(&app.db, policies.into_iter().collect()).await?;
    let calendars = store::calendar_versions(&app.db, calendars.into_iter().collect()).await?;
    let mut book = Book::default();
    for row in &calendars {
        book.calendars.insert(row.id, book::calendar_version(row)?);
    }
    let names = Names {
        policies: policies.into_iter().map(|row| (row.id, row)).collect(),
        calendars: calendars.into_iter().map(|row| (row.id, row)).collect(),
    };
    let inside = sees_internal(actor);
    let seen = ledger.0.iter();
    let seen = seen.filter(|track| inside || track.agreement == Agreement::Sla);
    let clocks = seen.filter_map(|track| view(track, &book, &names, created_at, now));
    Ok(TicketSlaView {
        at: now,
        clocks: clocks.collect(),
    })
}

fn view(
    track: &Track,
    book: &Book,
    names: &Names,
    created_at: Instant,
    now: Instant,
) -> Option<SlaClockView> {
    let clock = &track.clock;
    let terms = clock.terms;
    let calendar = book.calendar(terms.calendar_version_id)?;
    let elapsed = clock.consumed_at(calendar, now) / SECOND;
    let found = pieces(&track.legs, |id| book.calendar(id), now, MOST + 1);
    let is_truncated = found.len() > MOST;
    let mut intervals = Vec::with_capacity(found.len());
    let begins_at = track.legs.first().map_or(now, |leg| leg.at);
    if created_at < begins_at {
        intervals.push(SlaInterval {
            from: created_at,
            until: begins_at,
            kind: Kind::Before.into(),
            holiday: None,
            policy: None,
            calendar: None,
        });
    }
    let shown = found.iter().take(MOST).map(|piece| interval(piece, names));
    intervals.extend(shown);
    Some(SlaClockView {
        agreement: track.agreement.into(),
        metric: track.metric.into(),
        state: clock.state(calendar, now).into(),
        target_seconds: terms.target_seconds,
        elapsed_seconds: elapsed,
        remaining_seconds: terms.target_seconds.saturating_sub(elapsed),
        started_at: clock.started_at,
        due_at: clock.due_at,
        breached_at: clock
            .breached_at
            .or(clock.due_at.filter(|_| clock.is_breached(now))),
        met_at: clock.met_at,
        policy: names.policy(terms.policy_version_id),
        calendar: names.calendar(terms.calendar_version_id),
        intervals,
        is_truncated,
    })
}

fn interval(piece: &Piece, names: &Names) -> SlaInterval {
    let holiday = piece.holiday;
    SlaInterval {
        from: piece.from,
        until: piece.until,
        kind: piece.kind.into(),
        holiday: holiday.map(|date| names.holiday(piece.calendar_version_id, date)),
        policy: names.policy(piece.policy_version_id),
        calendar: names.calendar(piece.calendar_version_id),
    }
}
