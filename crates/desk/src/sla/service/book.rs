//! Loading the policies and calendars that clocks count by.

use super::defaults;
use crate::sla::calculate::build;
use crate::sla::dto::{HolidayInput, WeeklyInput};
use crate::sla::store::{self, CalendarRow, ClockRow, PolicyRow};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};
use steward_db::{Executor, Tx};
use steward_domain::calendar::Calendar;
use steward_domain::sla::book::{Book, CalendarVersion, PolicyVersion};
use steward_domain::sla::escalation::Escalation;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Result};
use uuid::Uuid;

/// Versions that were read once: they never change, so they hold for as long
/// as the process lives.
static KNOWN: LazyLock<RwLock<Known>> = LazyLock::new(RwLock::default);

/// Versions kept at most; behind that they are read anew.
const KEPT: usize = 2000;

#[derive(Default)]
struct Known {
    policies: HashMap<Uuid, Arc<Policy>>,
    calendars: HashMap<Uuid, Arc<CalendarVersion>>,
}

/// A version of a policy with its row.
struct Policy {
    row: PolicyRow,
    version: PolicyVersion,
}

/// The book of an organization, with the versions that `clocks` still use; the
/// defaults are installed where there is nothing.
pub(super) async fn load(
    tx: &Tx,
    organization: OrganizationId,
    clocks: &[ClockRow],
) -> Result<(Book, Vec<PolicyRow>)> {
    let mut current = store::current(tx, organization).await?;
    if current.iter().all(|row| row.is_policy) {
        defaults::install(tx, organization).await?;
        current = store::current(tx, organization).await?;
    }
    let ids = |is_policy: bool| {
        let of_kind = current.iter().filter(move |row| row.is_policy == is_policy);
        of_kind.map(|row| row.id).collect::<Vec<_>>()
    };
    let mut book = Book::default();
    for calendar in calendars(tx, &ids(false)).await? {
        book.current.insert(calendar.calendar_id, calendar.id);
        book.calendars
            .insert(calendar.id, CalendarVersion::clone(&calendar));
    }
    let policies = policies(tx, &ids(true)).await?;
    for policy in policies.iter().filter(|policy| policy.row.is_active) {
        book.policies.push(policy.version.clone());
    }
    add_versions(tx, &mut book, clocks).await?;
    let rows = policies.iter().map(|policy| policy.row.clone()).collect();
    Ok((book, rows))
}

/// Only the versions that `clocks` use: enough when no policy is matched.
pub(super) async fn of_clocks<E: Executor>(db: &E, clocks: &[ClockRow]) -> Result<Book> {
    let mut book = Book::default();
    add_versions(db, &mut book, clocks).await?;
    Ok(book)
}

async fn add_versions<E: Executor>(db: &E, book: &mut Book, clocks: &[ClockRow]) -> Result<()> {
    let known: BTreeSet<Uuid> = book.policies.iter().map(|p| p.id).collect();
    let used: BTreeSet<Uuid> = clocks.iter().map(|c| c.policy_version_id).collect();
    let missing: Vec<Uuid> = used.difference(&known).copied().collect();
    for policy in policies(db, &missing).await? {
        book.earlier.push(policy.version.clone());
    }
    let used: BTreeSet<Uuid> = clocks.iter().map(|c| c.calendar_version_id).collect();
    let missing = used.into_iter();
    let missing: Vec<Uuid> = missing
        .filter(|id| !book.calendars.contains_key(id))
        .collect();
    for calendar in calendars(db, &missing).await? {
        book.calendars
            .insert(calendar.id, CalendarVersion::clone(&calendar));
    }
    Ok(())
}

/// What a version of a policy has happen.
pub(super) async fn escalation_of<E: Executor>(db: &E, version: Uuid) -> Result<Escalation> {
    let found = policies(db, &[version]).await?;
    let known = found
        .first()
        .map(|policy| policy.version.escalation.clone());
    Ok(known.unwrap_or_default())
}

/// Versions of policies, in the order of `ids`.
async fn policies<E: Executor>(db: &E, ids: &[Uuid]) -> Result<Vec<Arc<Policy>>> {
    let missing: Vec<Uuid> = {
        let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
        let is_new = |id: &&Uuid| !known.policies.contains_key(id);
        ids.iter().filter(is_new).copied().collect()
    };
    let mut read = HashMap::new();
    if !missing.is_empty() {
        for row in store::policy_versions(db, missing).await? {
            let version = policy_version(&row)?;
            read.insert(row.id, Arc::new(Policy { row, version }));
        }
        keep(&read, |known| &mut known.policies);
    }
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    let one = |id: &Uuid| read.get(id).or_else(|| known.policies.get(id)).cloned();
    Ok(ids.iter().filter_map(one).collect())
}

/// Versions of calendars, in the order of `ids`.
async fn calendars<E: Executor>(db: &E, ids: &[Uuid]) -> Result<Vec<Arc<CalendarVersion>>> {
    let missing: Vec<Uuid> = {
        let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
        let is_new = |id: &&Uuid| !known.calendars.contains_key(id);
        ids.iter().filter(is_new).copied().collect()
    };
    let mut read = HashMap::new();
    if !missing.is_empty() {
        for row in store::calendar_versions(db, missing).await? {
            read.insert(row.id, Arc::new(calendar_version(&row)?));
        }
        keep(&read, |known| &mut known.calendars);
    }
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    let one = |id: &Uuid| read.get(id).or_else(|| known.calendars.get(id)).cloned();
    Ok(ids.iter().filter_map(one).collect())
}

fn keep<T>(read: &HashMap<Uuid, Arc<T>>, of: fn(&mut Known) -> &mut HashMap<Uuid, Arc<T>>) {
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    let known = of(&mut known);
    if known.len() > KEPT {
        known.clear();
    }
    known.extend(read.iter().map(|(id, one)| (*id, Arc::clone(one))));
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
