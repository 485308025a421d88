//! The example: an organization of invented people beside the real ones, to
//! try things with, and the only one that can be removed.

use super::create::{insert, new_settings};
use super::{event, find, require_operator, view, within};
use crate::organizations::dto::OrganizationView;
use crate::organizations::store;
use crate::users::dto::NewUserInput;
use crate::users::service as users;
use serde_json::json;
use std::time::Duration;
use steward_db::{Executor, collided, tenant};
use steward_domain::identity::organization;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::jobs::{self, NewJob};
use steward_platform::{App, clock, events};

/// An invented person.
#[derive(Debug)]
pub struct Invented {
    /// E-mail address, at a domain that is reserved for examples.
    pub email: String,
    /// First name.
    pub first_name: &'static str,
    /// Last name.
    pub last_name: &'static str,
    /// Name of a system role.
    pub role: &'static str,
    /// Whether somebody may sign in as this person.
    pub has_password: bool,
}

/// The example of this deployment.
#[derive(Debug)]
pub struct Example {
    /// Its id.
    pub id: OrganizationId,
    /// When it was made.
    pub created_at: Instant,
    /// Whether its story is still being written; no more once it is being removed.
    pub is_being_filled: bool,
    /// As operators see it.
    pub view: OrganizationView,
}

/// The example, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn example<E: Executor>(db: &E) -> Result<Option<Example>> {
    let row = store::example(db).await?;
    Ok(row.map(|row| {
        let is_being_filled = row.is_being_filled && row.is_active;
        let view = view(row);
        Example {
            id: view.id.into(),
            created_at: view.created_at,
            is_being_filled,
            view,
        }
    }))
}

/// Whether this is the example.
///
/// # Errors
/// When the database does not answer.
pub async fn is_example<E: Executor>(db: &E, organization: OrganizationId) -> Result<bool> {
    let row = store::example(db).await?;
    Ok(row.is_some_and(|row| row.id == organization.0))
}

/// An example to add.
#[derive(Debug)]
pub struct NewExample {
    /// Its name.
    pub name: &'static str,
    /// Its people; those with a password all have `password`.
    pub people: Vec<Invented>,
    /// The one password.
    pub password: String,
    /// Kind of the job that writes its story; the job belongs to the example.
    pub fill: &'static str,
}

/// Adds the example with its people, marked as being filled, for an operator.
/// Nobody gets a mail.
///
/// # Errors
/// When the actor is no operator, there is an example, or the name or an address is taken.
pub async fn add_example(
    app: &App,
    actor: &Actor,
    example: NewExample,
    now: Instant,
) -> Result<OrganizationId> {
    require_operator(actor)?;
    refuse_second(&app.db).await?;
    let name = organization::name(example.name)?;
    let mut people = Vec::with_capacity(example.people.len());
    for person in example.people {
        let person = users::prepare(input(person, &example.password)).await?;
        people.push(person.uninvited());
    }
    let id = clock::new_id();
    let tx = app.db.write("organizations.add_example").await?;
    refuse_second(&tx).await?;
    let own = find(&tx, actor.organization_id.0).await?;
    let (zone, locale) = (Some(own.time_zone), Some(own.locale));
    let settings = new_settings(&tx, name, None, zone, locale).await?;
    insert(&tx, id, &settings, now).await?;
    store::mark_example(&tx, id).await?;
    let within = within(actor, id);
    for person in people {
        users::insert(app, &tx, id.into(), Some(&within), person, now).await?;
    }
    let created = event("organization.created", id, Vec::new());
    events::publish(&tx, &within, id, &created, now).await?;
    let job = NewJob {
        organization_id: Some(id.into()),
        kind: example.fill,
        payload: json!({}),
        run_at: now,
        dedupe_key: None,
    };
    jobs::enqueue(&tx, job, now).await?;
    tx.commit().await?;
    Ok(id.into())
}

async fn refuse_second<E: Executor>(db: &E) -> Result<()> {
    if store::example(db).await?.is_none() {
        return Ok(());
    }
    let detail = "there is an example organization already; remove it first";
    Err(Error::new(ErrorCode::ResourceConflict, detail))
}

fn input(person: Invented, password: &str) -> NewUserInput {
    NewUserInput {
        email: person.email,
        username: None,
        first_name: person.first_name.to_owned(),
        last_name: person.last_name.to_owned(),
        password: person.has_password.then(|| password.to_owned()),
        roles: Some(vec![person.role.to_owned()]),
    }
}

/// Notes that the example has its whole story.
///
/// # Errors
/// When the database refuses.
pub async fn example_is_filled(app: &App, id: OrganizationId) -> Result<()> {
    let tx = app.db.write("organizations.example_filled").await?;
    store::mark_filled(&tx, id.0).await?;
    tx.commit().await
}

/// Signs everyone of the example out and lets nobody in again.
///
/// # Errors
/// When the database refuses.
pub async fn close_example(app: &App, id: OrganizationId, now: Instant) -> Result<()> {
    let tx = app.db.write("organizations.close_example").await?;
    store::close_example(&tx, id.0).await?;
    store::end_sessions(&tx, id.0, now).await?;
    tx.commit().await
}

/// How often the removal is tried while work of the example is still under way.
const TRIES: usize = 60;
/// How long that work is given before the next try.
const PAUSE: Duration = Duration::from_millis(250);

/// Removes every row of the example, and at last its own. Of another
/// organization nothing is removed, whatever the id. The record of it is kept
/// in the organization of the actor.
///
/// # Errors
/// When the actor is no operator or the database refuses.
pub async fn erase_example(
    app: &App,
    actor: &Actor,
    id: OrganizationId,
    now: Instant,
) -> Result<()> {
    require_operator(actor)?;
    for _ in 1..TRIES {
        match erase(app, actor, id, now).await {
            Err(error) if collided(&error) => tokio::time::sleep(PAUSE).await,
            done => return done,
        }
    }
    erase(app, actor, id, now).await
}

async fn erase(app: &App, actor: &Actor, id: OrganizationId, now: Instant) -> Result<()> {
    let tx = app.db.write("organizations.erase_example").await?;
    if !store::hold_example(&tx, id.0).await? {
        return Ok(());
    }
    store::delete_refresh_tokens(&tx, id.0).await?;
    let rows = tenant::erase(&tx, id).await?;
    store::delete_example(&tx, id.0).await?;
    let removed = event("organization.removed", id.0, Vec::new());
    events::publish(&tx, actor, id.0, &removed, now).await?;
    tx.commit().await?;
    tracing::info!(organization = %id.0, rows, "the example organization was removed");
    Ok(())
}
