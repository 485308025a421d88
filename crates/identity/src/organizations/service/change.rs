//! Changing organizations.

use super::{event, find, require_operator, settings, view, within};
use crate::organizations::dto::{OrganizationPatch, OrganizationView, OwnOrganizationPatch};
use crate::organizations::store;
use crate::users::service::require;
use steward_domain::identity::organization::Settings;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::{IfMatch, conditional};
use steward_platform::{App, events};
use uuid::Uuid;

/// Changes any organization, for an operator.
pub(in crate::organizations) async fn change(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: OrganizationPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<OrganizationView> {
    require_operator(actor)?;
    if patch.is_active == Some(false) && actor.organization_id.0 == id {
        let detail = "you cannot deactivate your own organization: you would lock yourself out";
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    save(app, actor, id, patch, seen, now).await
}

/// Changes the actor's own organization.
pub(in crate::organizations) async fn change_own(
    app: &App,
    actor: &Actor,
    patch: OwnOrganizationPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<OrganizationView> {
    require(actor, "organization:update")?;
    save(app, actor, actor.organization_id.0, patch.into(), seen, now).await
}

async fn save(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: OrganizationPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<OrganizationView> {
    let tx = app.db.write("organizations.change").await?;
    let row = find(&tx, id).await?;
    seen.check("this organization", row.version)?;
    let before = settings(&row);
    let after = merged(&before, patch)?;
    let fields = after.changed(&before);
    if fields.is_empty() {
        return Ok(view(row));
    }
    if !store::update(&tx, id, &after, row.version, now).await? {
        return Err(conditional::stale());
    }
    if before.is_active && !after.is_active {
        store::end_sessions(&tx, id, now).await?;
    }
    let changes = fields.into_iter().map(str::to_owned).collect();
    let changed = event("organization.changed", id, changes);
    events::publish(&tx, &within(actor, id), id, &changed, now).await?;
    tx.commit().await?;
    Ok(view(find(&app.db, id).await?))
}

fn merged(before: &Settings, patch: OrganizationPatch) -> Result<Settings> {
    let old = before.clone();
    let merged = Settings {
        name: patch.name.unwrap_or(old.name),
        domain: patch.domain.unwrap_or(old.domain),
        time_zone: patch.time_zone.unwrap_or(old.time_zone),
        locale: patch.locale.unwrap_or(old.locale),
        is_active: patch.is_active.unwrap_or(old.is_active),
    };
    merged.checked(Some(before))
}
