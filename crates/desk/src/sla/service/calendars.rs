//! Use cases of calendars.

use super::{book, defaults};
use crate::sla::calculate::{build, invalid};
use crate::sla::dto::{
    CalendarInput, CalendarPatch, CalendarPreview, CalendarPreviewQuery, CalendarView, Calendars,
    HolidayFile, HolidayFileView, HolidayInput, OpeningView, WeeklyInput,
};
use crate::sla::store::{self, CalendarRow, NewCalendar};
use steward_db::{Tx, time::from_db};
use steward_domain::calendar::{Calendar, Kind, SECOND, ical};
use steward_domain::sla::arithmetic::due;
use steward_domain::sla::events::SlaEvent;
use steward_domain::sla::model::MAX_MINUTES;
use steward_domain::sla::pauses::Pauses;
use steward_kernel::id::OrganizationId;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// Refuses an actor without the permission.
pub(in crate::sla) fn require(actor: &Actor, permission: &str) -> Result<()> {
    if actor.may(permission) {
        Ok(())
    } else {
        Err(Error::forbidden(permission))
    }
}

/// Installs what every organization starts with, if it has nothing yet.
pub(super) async fn ensure(app: &App, organization: OrganizationId) -> Result<()> {
    if store::calendars(&app.db, organization).await?.is_empty() {
        let tx = app.db.write("sla.defaults").await?;
        defaults::install(&tx, organization).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The organization's default calendar.
pub(crate) async fn default_calendar(
    app: &App,
    organization: OrganizationId,
) -> Result<Option<Calendar>> {
    ensure(app, organization).await?;
    let rows = store::calendars(&app.db, organization).await?;
    let row = rows.iter().find(|row| row.is_default);
    row.map(|row| book::calendar_version(row).map(|version| version.calendar))
        .transpose()
}

fn view(row: &CalendarRow) -> Result<CalendarView> {
    Ok(CalendarView {
        id: row.calendar_id,
        name: row.name.clone(),
        is_default: row.is_default,
        time_zone: row.time_zone.clone(),
        weekly: serde_json::from_value(row.weekly.clone()).map_err(Error::internal)?,
        holidays: serde_json::from_value(row.holidays.clone()).map_err(Error::internal)?,
        version: row.number,
        created_at: from_db(row.calendar_created_at),
        updated_at: from_db(row.created_at),
    })
}

/// Every calendar of the organization.
pub(in crate::sla) async fn list(app: &App, actor: &Actor) -> Result<Calendars> {
    require(actor, "sla:read")?;
    ensure(app, actor.organization_id).await?;
    let rows = store::calendars(&app.db, actor.organization_id).await?;
    let data = rows.iter().map(view).collect::<Result<_>>()?;
    Ok(Calendars { data })
}

async fn find<E: steward_db::Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<CalendarRow> {
    let row = store::calendar(db, actor.organization_id, id).await?;
    row.ok_or_else(|| Error::not_found("calendar", id))
}

/// One calendar.
pub(in crate::sla) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<CalendarView> {
    require(actor, "sla:read")?;
    view(&find(&app.db, actor, id).await?)
}

/// A calendar's next openings.
pub(in crate::sla) async fn preview(
    app: &App,
    actor: &Actor,
    id: Uuid,
    query: &CalendarPreviewQuery,
    now: Instant,
) -> Result<CalendarPreview> {
    require(actor, "sla:read")?;
    let calendar = book::calendar_version(&find(&app.db, actor, id).await?)?.calendar;
    let from = query.from.unwrap_or(now);
    let minutes = query.target_minutes;
    if minutes.is_some_and(|m| !(0..=MAX_MINUTES).contains(&m)) {
        let hint = "from 0 to 52,704,000 minutes";
        return Err(Error::field("target_minutes", "out_of_range", hint));
    }
    let until = from.checked_add(jiff::SignedDuration::from_hours(60 * 24));
    let pieces = calendar.pieces(from, until.unwrap_or(Instant::MAX), 200);
    let open = pieces.into_iter().filter(|piece| piece.kind == Kind::Open);
    let openings = open.take(20).map(|piece| OpeningView {
        from: piece.from,
        until: piece.until,
    });
    Ok(CalendarPreview {
        openings: openings.collect(),
        due_at: minutes.and_then(|m| due(&calendar, from, m * 60 * SECOND, &Pauses::default())),
    })
}

/// Adds a calendar.
pub(in crate::sla) async fn create(
    app: &App,
    actor: &Actor,
    input: CalendarInput,
    now: Instant,
) -> Result<CalendarView> {
    require(actor, "sla:manage")?;
    let new = NewCalendar {
        version_id: clock::new_id(),
        calendar_id: clock::new_id(),
        name: input.name,
        is_default: input.is_default,
        time_zone: input.time_zone,
        weekly: to_json(&input.weekly)?,
        holidays: to_json(&input.holidays)?,
        created_by: Some(actor.user_id.0),
    };
    check(&new)?;
    ensure(app, actor.organization_id).await?;
    let tx = app.db.write("sla.calendar_create").await?;
    store::lock(&tx, actor.organization_id).await?;
    save(tx, actor, new, now).await
}

/// Makes a new version of a calendar.
pub(in crate::sla) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: CalendarPatch,
    if_match: Option<i64>,
    now: Instant,
) -> Result<CalendarView> {
    require(actor, "sla:manage")?;
    let tx = app.db.write("sla.calendar_update").await?;
    store::lock(&tx, actor.organization_id).await?;
    let row = find(&tx, actor, id).await?;
    refuse_stale("calendar", row.number, if_match)?;
    if row.is_default && patch.is_default == Some(false) {
        let hint = "an organization has one default calendar; make another the default instead";
        return Err(Error::field("is_default", "invalid", hint));
    }
    let new = NewCalendar {
        version_id: clock::new_id(),
        calendar_id: id,
        name: patch.name.unwrap_or(row.name),
        is_default: patch.is_default.unwrap_or(row.is_default),
        time_zone: patch.time_zone.unwrap_or(row.time_zone),
        weekly: patch.weekly.as_ref().map_or(Ok(row.weekly), to_json)?,
        holidays: patch.holidays.as_ref().map_or(Ok(row.holidays), to_json)?,
        created_by: Some(actor.user_id.0),
    };
    check(&new)?;
    save(tx, actor, new, now).await
}

/// Removes a calendar that no policy uses and that is not the default.
pub(in crate::sla) async fn delete(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<()> {
    require(actor, "sla:manage")?;
    let tx = app.db.write("sla.calendar_delete").await?;
    store::lock(&tx, actor.organization_id).await?;
    let row = find(&tx, actor, id).await?;
    let conflict = |detail: String| Err(Error::new(ErrorCode::ResourceConflict, detail));
    if row.is_default {
        return conflict(format!(
            "{} is the default calendar; make another the default first",
            row.name
        ));
    }
    for policy in store::policies(&tx, actor.organization_id).await? {
        if uses(&policy, id)? {
            return conflict(format!("the policy {} uses {}", policy.name, row.name));
        }
    }
    store::delete_calendar(&tx, id, now).await?;
    announce(&tx, actor, ("calendar", id, &row.name, None), now).await?;
    tx.commit().await
}

fn uses(policy: &store::PolicyRow, calendar: Uuid) -> Result<bool> {
    let version = book::policy_version(policy)?;
    let t = version.targets;
    let own = [t.critical, t.high, t.medium, t.low].map(|t| t.calendar_id);
    Ok(version.calendar_id == calendar || own.contains(&Some(calendar)))
}

async fn save(tx: Tx, actor: &Actor, new: NewCalendar, now: Instant) -> Result<CalendarView> {
    let (id, name) = (new.calendar_id, new.name.clone());
    store::save_calendar(&tx, actor.organization_id, new, now).await?;
    let row = find(&tx, actor, id).await?;
    let what = ("calendar", id, name.as_str(), Some(row.number));
    announce(&tx, actor, what, now).await?;
    tx.commit().await?;
    view(&row)
}

/// Tells that a calendar or policy changed.
pub(super) async fn announce(
    tx: &Tx,
    actor: &Actor,
    (what, id, name, version): (&str, Uuid, &str, Option<i64>),
    now: Instant,
) -> Result<()> {
    let event = SlaEvent::ConfigurationChanged {
        what: what.to_owned(),
        name: name.to_owned(),
        version,
    };
    events::publish(tx, actor, id, &event, now).await
}

pub(super) fn refuse_stale(what: &str, version: i64, if_match: Option<i64>) -> Result<()> {
    if if_match.is_some_and(|wanted| wanted != version) {
        let detail = format!(
            "the {what} is at version {version} by now; load it again and repeat your change"
        );
        return Err(Error::new(ErrorCode::PreconditionFailed, detail));
    }
    Ok(())
}

pub(super) fn check_name(name: &str) -> Result<()> {
    if name.trim().is_empty() {
        return Err(Error::field("name", "required", "give it a name"));
    }
    check_length("name", name, 200)
}

fn check(new: &NewCalendar) -> Result<()> {
    check_name(&new.name)?;
    let weekly: WeeklyInput =
        serde_json::from_value(new.weekly.clone()).map_err(Error::internal)?;
    let holidays: Vec<HolidayInput> =
        serde_json::from_value(new.holidays.clone()).map_err(Error::internal)?;
    for (at, holiday) in holidays.iter().enumerate() {
        check_length(&format!("holidays[{at}].name"), &holiday.name, 200)?;
    }
    let dates: Vec<String> = holidays.into_iter().map(|h| h.date).collect();
    build(&new.time_zone, &weekly, &dates).map_err(|mistake| invalid(&mistake))?;
    Ok(())
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(Error::internal)
}

/// The all-day events of an iCalendar file, for an administrator to choose from.
pub(in crate::sla) fn read_file(
    actor: &Actor,
    file: &HolidayFile,
    now: Instant,
) -> Result<HolidayFileView> {
    require(actor, "sla:manage")?;
    let today = jiff::tz::TimeZone::UTC.to_datetime(now).date();
    let found = ical::read(&file.content, today)
        .map_err(|refusal| Error::field("content", "invalid", refusal.to_string()))?;
    let holidays = found.dates.into_iter().map(|(date, name)| HolidayInput {
        date: date.to_string(),
        name,
    });
    Ok(HolidayFileView {
        holidays: holidays.collect(),
        skipped: found.skipped,
    })
}
