//! Loading the policies and calendars that clocks count by.

use super::defaults;
use crate::expressions;
use crate::sla::calculate::build;
use crate::sla::dto::{HolidayInput, WeeklyInput};
use crate::sla::store::{self, CalendarRow, ClockRow, PolicyRow};
use std::collections::BTreeSet;
use steward_db::{Executor, Tx};
use steward_domain::calendar::Calendar;
use steward_domain::expr::fields::CUSTOM;
use steward_domain::expr::predicate::bind;
use steward_domain::expr::{Context, Facts, Fields};
use steward_domain::sla::book::{Book, CalendarVersion, PolicyVersion};
use steward_domain::sla::escalation::Escalation;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// The book of an organization, with the versions that `clocks` still use; the
/// defaults are installed where there is nothing.
pub(super) async fn load(
    tx: &Tx,
    organization: OrganizationId,
    clocks: &[ClockRow],
) -> Result<(Book, Vec<PolicyRow>)> {
    let mut calendars = store::calendars(tx, organization).await?;
    if calendars.is_empty() {
        defaults::install(tx, organization).await?;
        calendars = store::calendars(tx, organization).await?;
    }
    let policies = store::policies(tx, organization).await?;
    let mut book = Book::default();
    for row in &calendars {
        book.current.insert(row.calendar_id, row.id);
        book.calendars.insert(row.id, calendar_version(row)?);
    }
    for row in policies.iter().filter(|row| row.is_active) {
        book.policies.push(policy_version(row)?);
    }
    add_versions(tx, &mut book, clocks).await?;
    Ok((book, policies))
}

/// Only the versions that `clocks` use: enough when no policy is matched.
pub(super) async fn of_clocks<E: Executor>(db: &E, clocks: &[ClockRow]) -> Result<Book> {
    let mut book = Book::default();
    add_versions(db, &mut book, clocks).await?;
    Ok(book)
}

async fn add_versions<E: Executor>(db: &E, book: &mut Book, clocks: &[ClockRow]) -> Result<()> {
    let known: BTreeSet<Uuid> = book.policies.iter().map(|p| p.id).collect();
    let policies: BTreeSet<Uuid> = clocks.iter().map(|c| c.policy_version_id).collect();
    let missing: Vec<Uuid> = policies.difference(&known).copied().collect();
    if !missing.is_empty() {
        for row in store::policy_versions(db, missing).await? {
            book.earlier.push(policy_version(&row)?);
        }
    }
    let calendars: BTreeSet<Uuid> = clocks.iter().map(|c| c.calendar_version_id).collect();
    let missing = calendars.into_iter();
    let missing: Vec<Uuid> = missing
        .filter(|id| !book.calendars.contains_key(id))
        .collect();
    if !missing.is_empty() {
        for row in store::calendar_versions(db, missing).await? {
            book.calendars.insert(row.id, calendar_version(&row)?);
        }
    }
    Ok(())
}

/// A version of a policy as clocks use it.
pub(super) fn policy_version(row: &PolicyRow) -> Result<PolicyVersion> {
    Ok(PolicyVersion {
        id: row.id,
        policy_id: row.policy_id,
        agreement: row.agreement.parse().map_err(Error::internal)?,
        calendar_id: row.calendar_id,
        targets: serde_json::from_value(row.targets.clone()).map_err(Error::internal)?,
        escalation: escalation(row)?,
    })
}

/// What a version of a policy has happen.
pub(super) fn escalation(row: &PolicyRow) -> Result<Escalation> {
    match &row.escalation {
        Some(value) if !value.is_null() => {
            serde_json::from_value(value.clone()).map_err(Error::internal)
        }
        _ => Ok(Escalation::default()),
    }
}

/// A version of a calendar as clocks use it.
pub(super) fn calendar_version(row: &CalendarRow) -> Result<CalendarVersion> {
    Ok(CalendarVersion {
        id: row.id,
        calendar_id: row.calendar_id,
        calendar: calendar(row)?,
    })
}

fn calendar(row: &CalendarRow) -> Result<Calendar> {
    let weekly: WeeklyInput =
        serde_json::from_value(row.weekly.clone()).map_err(Error::internal)?;
    let holidays: Vec<HolidayInput> =
        serde_json::from_value(row.holidays.clone()).map_err(Error::internal)?;
    let dates: Vec<String> = holidays.into_iter().map(|h| h.date).collect();
    build(&row.time_zone, &weekly, &dates).map_err(Error::internal)
}

/// The fields that the kept conditions of policies look at.
pub(super) async fn fields<E: Executor>(
    db: &E,
    organization: OrganizationId,
    policies: &[PolicyRow],
) -> Result<Fields> {
    let mut conditions = policies.iter().filter_map(|row| row.condition.as_ref());
    if conditions.any(|condition| condition.to_string().contains(CUSTOM)) {
        let fields = expressions::known_fields(db, organization).await?;
        return Ok(fields.of_kept());
    }
    Ok(Fields::default())
}

/// Which policies are meant for one ticket at one time: those without a
/// condition for all.
pub(super) struct Asked(BTreeSet<Uuid>);

impl Asked {
    /// `facts` is asked for only when a condition needs it.
    pub(super) fn new(
        policies: &[PolicyRow],
        fields: &Fields,
        facts: impl FnOnce() -> Facts,
        now: Instant,
    ) -> Result<Self> {
        let is_for_all = |row: &&PolicyRow| row.condition.is_none();
        let mut meant: BTreeSet<Uuid> = policies
            .iter()
            .filter(is_for_all)
            .map(|row| row.id)
            .collect();
        if meant.len() == policies.len() {
            return Ok(Self(meant));
        }
        let facts = facts();
        let context = Context {
            me: None,
            my_teams: &[],
            now,
        };
        for row in policies {
            if let Some(value) = &row.condition {
                let condition = expressions::read(fields, "condition", value)?;
                if bind(&condition, context).matches(&facts) {
                    meant.insert(row.id);
                }
            }
        }
        Ok(Self(meant))
    }

    /// Whether a version of a policy is meant for the ticket.
    pub(super) fn matches(&self, version: Uuid) -> bool {
        self.0.contains(&version)
    }
}
