//! Use cases of organizations.

mod change;
mod create;
mod example;
mod list;
mod setup;

pub(in crate::organizations) use change::{change, change_own};
pub(in crate::organizations) use create::create;
pub use create::ensure;
pub use example::{
    Example, Invented, NewExample, add_example, close_example, erase_example, example,
    example_is_filled, is_example,
};
pub(in crate::organizations) use list::list;
pub(in crate::organizations) use setup::set_up;
pub use setup::setup_code;

use super::dto::OrganizationView;
use super::store::{self, OrganizationRow};
use steward_db::{Executor, time::from_db};
use steward_domain::identity::events::DirectoryEvent;
use steward_domain::identity::organization::Settings;
use steward_kernel::{Actor, Error, ErrorCode, Result};
use steward_platform::App;
use uuid::Uuid;

/// Whether there is no organization yet.
///
/// # Errors
/// When the database does not answer.
pub async fn is_empty(app: &App) -> Result<bool> {
    Ok(!store::any(&app.db).await?)
}

/// One organization, for an operator.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<OrganizationView> {
    require_operator(actor)?;
    Ok(view(find(&app.db, id).await?))
}

/// The actor's own organization.
pub(super) async fn own(app: &App, actor: &Actor) -> Result<OrganizationView> {
    Ok(view(find(&app.db, actor.organization_id.0).await?))
}

async fn find<E: Executor>(db: &E, id: Uuid) -> Result<OrganizationRow> {
    let found = store::find(db, id).await?;
    found.ok_or_else(|| Error::not_found("organization", id))
}

fn view(row: OrganizationRow) -> OrganizationView {
    OrganizationView {
        id: row.id,
        name: row.name,
        domain: row.domain,
        time_zone: row.time_zone,
        locale: row.locale,
        is_active: row.is_active,
        is_example: row.is_example,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    }
}

fn settings(row: &OrganizationRow) -> Settings {
    Settings {
        name: row.name.clone(),
        domain: row.domain.clone(),
        time_zone: row.time_zone.clone(),
        locale: row.locale.clone(),
        is_active: row.is_active,
    }
}

/// Refuses who is no operator.
///
/// # Errors
/// When the actor is none.
pub fn require_operator(actor: &Actor) -> Result<()> {
    if actor.is_operator {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::InsufficientPermissions,
        "only an operator of the deployment may do this",
    ))
}

/// The actor as it appears in the record of another organization.
fn within(actor: &Actor, organization: Uuid) -> Actor {
    Actor {
        organization_id: organization.into(),
        ..actor.clone()
    }
}

fn event(name: &'static str, id: Uuid, changes: Vec<String>) -> DirectoryEvent {
    DirectoryEvent { name, id, changes }
}
