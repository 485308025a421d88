//! Use cases of organizations.

use super::store;
use crate::roles;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use steward_platform::{App, clock};

/// The organization of this name, made with the system roles when absent.
///
/// # Errors
/// When the name is blank or the database refuses.
pub async fn ensure(app: &App, name: &str, now: Instant) -> Result<OrganizationId> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::field("name", "required", "name the organization"));
    }
    let tx = app.db.write("organizations.ensure").await?;
    if let Some(id) = store::by_name(&tx, name).await? {
        return Ok(id.into());
    }
    let id = clock::new_id();
    let domain: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    store::insert(&tx, id, name, &domain, now).await?;
    roles::service::add_system_roles(&tx, id.into(), now).await?;
    tx.commit().await?;
    Ok(id.into())
}

/// Whether there is no organization yet.
///
/// # Errors
/// When the database does not answer.
pub async fn is_empty(app: &App) -> Result<bool> {
    Ok(!store::any(&app.db).await?)
}
