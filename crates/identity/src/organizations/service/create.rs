//! Adding organizations.

use super::{event, find, require_operator, view, within};
use crate::organizations::dto::{FirstAdmin, NewOrganizationView, OrganizationInput};
use crate::organizations::store;
use crate::roles;
use crate::users::dto::NewUserInput;
use crate::users::service as users;
use steward_db::{Executor, Tx};
use steward_domain::identity::organization::{self, Settings};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

/// Domains that are tried when that of a name is taken.
const TRIES: u32 = 100;

/// The organization of this name, made with the system roles when absent.
///
/// # Errors
/// When the name is blank or the database refuses.
pub async fn ensure(app: &App, name: &str, now: Instant) -> Result<OrganizationId> {
    let name = organization::name(name)?;
    let tx = app.db.write("organizations.ensure").await?;
    if let Some(id) = store::by_name(&tx, &name).await? {
        return Ok(id.into());
    }
    let settings = new_settings(&tx, name, None, None, None).await?;
    let id = clock::new_id();
    insert(&tx, id, &settings, now).await?;
    tx.commit().await?;
    Ok(id.into())
}

/// Adds an organization with its first administrator.
pub(in crate::organizations) async fn create(
    app: &App,
    actor: &Actor,
    input: OrganizationInput,
    now: Instant,
) -> Result<NewOrganizationView> {
    require_operator(actor)?;
    let name = organization::name(&input.name)?;
    let admin = users::prepare(admin(input.admin)).await.map_err(in_admin)?;
    let id = clock::new_id();
    let tx = app.db.write("organizations.create").await?;
    let settings = new_settings(&tx, name, input.domain, input.time_zone, input.locale).await?;
    insert(&tx, id, &settings, now).await?;
    let within = within(actor, id);
    let admin = users::insert(app, &tx, id.into(), Some(&within), admin, now).await?;
    let created = event("organization.created", id, Vec::new());
    events::publish(&tx, &within, id, &created, now).await?;
    tx.commit().await?;
    made(app, id, admin).await
}

/// What is answered of a new organization.
pub(super) async fn made(app: &App, id: Uuid, admin: Uuid) -> Result<NewOrganizationView> {
    let own = crate::auth::actor_of(admin, id);
    Ok(NewOrganizationView {
        organization: view(find(&app.db, id).await?),
        admin: users::get(app, &own, admin).await?,
    })
}

/// The first administrator as a new person.
pub(super) fn admin(input: FirstAdmin) -> NewUserInput {
    NewUserInput {
        email: input.email,
        username: None,
        first_name: input.first_name,
        last_name: input.last_name,
        password: input.password,
        roles: Some(vec!["admin".to_owned()]),
    }
}

/// An error of the administrator's fields, named as they stand in the body.
pub(super) fn in_admin(mut error: Error) -> Error {
    for field in &mut error.errors {
        field.field = format!("admin.{}", field.field);
    }
    error
}

/// The checked settings of a new organization. Without a domain, the first of
/// `acme`, `acme-2`, … that is free.
pub(super) async fn new_settings<E: Executor>(
    db: &E,
    name: String,
    domain: Option<String>,
    time_zone: Option<String>,
    locale: Option<String>,
) -> Result<Settings> {
    let domain = match domain {
        Some(domain) => domain,
        None => free_domain(db, &name).await?,
    };
    let settings = Settings {
        name,
        domain,
        time_zone: time_zone.unwrap_or_else(|| "UTC".to_owned()),
        locale: locale.unwrap_or_else(|| "en".to_owned()),
        is_active: true,
    };
    settings.checked(None)
}

async fn free_domain<E: Executor>(db: &E, name: &str) -> Result<String> {
    let wished = organization::domain_of(name);
    if store::by_domain(db, &wished).await?.is_none() {
        return Ok(wished);
    }
    let short: String = wished.chars().take(58).collect();
    for n in 2..TRIES {
        let domain = format!("{short}-{n}");
        if store::by_domain(db, &domain).await?.is_none() {
            return Ok(domain);
        }
    }
    let message = "give a domain; those that the name suggests are taken";
    Err(Error {
        code: ErrorCode::ResourceConflict,
        ..Error::field("domain", "taken", message)
    })
}

/// Writes an organization with the system roles.
pub(super) async fn insert(tx: &Tx, id: Uuid, settings: &Settings, now: Instant) -> Result<()> {
    store::insert(tx, id, settings, now).await?;
    roles::service::add_system_roles(tx, id.into(), now).await
}
