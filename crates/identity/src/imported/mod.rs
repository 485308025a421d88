//! Organizations, people and teams as an import needs them.
//!
//! Imported people have no password. Those without an e-mail address get one
//! that never receives mail and are not active: nobody signs in as them until
//! an administrator says so. Everything happens in the import's transaction.

mod store;

use steward_db::{Executor, Tx};
use steward_domain::imports::addresses;
use steward_domain::imports::model::Person;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Where an import goes.
#[derive(Debug, Clone)]
pub struct Target {
    /// The organization; absent when it has to be made.
    pub id: Option<OrganizationId>,
    /// Its name.
    pub name: String,
    /// Its time zone (IANA).
    pub time_zone: String,
}

/// The organization of this name, or the only one there is.
///
/// # Errors
/// When no name is given and there is none, or more than one.
pub async fn target(app: &App, name: Option<&str>) -> Result<Target> {
    let existing = |row: store::OrganizationRow| Target {
        id: Some(row.id.into()),
        name: row.name,
        time_zone: row.time_zone,
    };
    if let Some(name) = name.map(str::trim) {
        let found = store::organization(&app.db, name).await?.map(existing);
        return Ok(found.unwrap_or_else(|| Target {
            id: None,
            name: name.to_owned(),
            time_zone: "UTC".to_owned(),
        }));
    }
    let mut all = store::organizations(&app.db, 11).await?;
    let refuse = |detail: String| Err(Error::new(ErrorCode::ValidationError, detail));
    match (all.len(), all.pop()) {
        (1, Some(only)) => Ok(existing(only)),
        (0, _) | (_, None) => refuse(
            "there is no organization yet; name one with --organization and it is made".to_owned(),
        ),
        (_, Some(last)) => {
            all.push(last);
            let names: Vec<&str> = all.iter().take(10).map(|o| o.name.as_str()).collect();
            let more = if all.len() > 10 { ", …" } else { "" };
            refuse(format!(
                "there are several organizations; choose one with --organization: {}{more}",
                names.join(", ")
            ))
        }
    }
}

/// A person of an import: whose record it is, and whether it had to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The record.
    pub id: Uuid,
    /// Whether it is new.
    pub is_new: bool,
}

/// Of these people, those whom the organization has under their address.
///
/// # Errors
/// When the database does not answer.
pub async fn by_address<E: Executor>(
    db: &E,
    organization: OrganizationId,
    people: &[&Person],
) -> Result<Vec<(String, Uuid)>> {
    let emails: Vec<&str> = people.iter().filter_map(|p| p.email.as_deref()).collect();
    let found = store::by_emails(db, &emails).await?;
    let own = found
        .into_iter()
        .filter(|row| row.organization_id == organization.0);
    Ok(own.map(|row| (row.email, row.id)).collect())
}

/// Finds people by their address in the organization, and makes the others;
/// answers in the order of `people`, who are all different.
///
/// # Errors
/// When the database refuses.
pub async fn people(
    tx: &Tx,
    organization: OrganizationId,
    system: &str,
    people: &[&Person],
    now: Instant,
) -> Result<Vec<Known>> {
    let emails: Vec<&str> = people.iter().filter_map(|p| p.email.as_deref()).collect();
    let taken = store::by_emails(tx, &emails).await?;
    let mut known = Vec::with_capacity(people.len());
    let mut new = Vec::new();
    for person in people {
        let email = person.email.as_deref();
        let found = taken.iter().find(|row| Some(row.email.as_str()) == email);
        if let Some(row) = found.filter(|row| row.organization_id == organization.0) {
            known.push(Known {
                id: row.id,
                is_new: false,
            });
            continue;
        }
        let username = addresses::local_part(organization.0, system, person.external_id());
        let (first_name, last_name) = person.names();
        // An address that another organization's account has stays theirs.
        let own = person.email.clone().filter(|_| found.is_none());
        let id = clock::new_id();
        new.push(store::NewPerson {
            id,
            is_active: own.is_some(),
            email: own.unwrap_or_else(|| addresses::address(&username)),
            username,
            first_name,
            last_name,
        });
        known.push(Known { id, is_new: true });
    }
    store::insert_people(tx, organization, new, now).await?;
    Ok(known)
}

/// Of these team names, those the organization has.
///
/// # Errors
/// When the database does not answer.
pub async fn teams_by_name<E: Executor>(
    db: &E,
    organization: OrganizationId,
    names: &[&str],
) -> Result<Vec<(String, Uuid)>> {
    let found = store::teams(db, organization, names).await?;
    Ok(found.into_iter().map(|row| (row.name, row.id)).collect())
}

/// Finds teams by name and makes the others; answers in the order of `names`,
/// which are all different.
///
/// # Errors
/// When the database refuses.
pub async fn teams(
    tx: &Tx,
    organization: OrganizationId,
    names: &[&str],
    now: Instant,
) -> Result<Vec<Known>> {
    let found = store::teams(tx, organization, names).await?;
    let mut known = Vec::with_capacity(names.len());
    let mut new = Vec::new();
    for name in names {
        let existing = found.iter().find(|row| row.name == *name);
        let id = existing.map_or_else(clock::new_id, |row| row.id);
        if existing.is_none() {
            new.push((id, (*name).to_owned()));
        }
        known.push(Known {
            id,
            is_new: existing.is_none(),
        });
    }
    store::insert_teams(tx, organization, new, now).await?;
    Ok(known)
}
