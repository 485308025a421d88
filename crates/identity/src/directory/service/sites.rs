//! Use cases of sites.

use crate::directory::dto::{DirectoryQuery, SiteInput, SitePatch, SiteView};
use crate::directory::store::{self, Listing, SiteRecord, SiteRow};
use crate::users::service::require;
use steward_domain::identity::profile::check_time_zone;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::{IfMatch, Page, conditional};
use steward_platform::{App, clock};
use uuid::Uuid;

fn view(row: SiteRow) -> SiteView {
    SiteView {
        id: row.id,
        name: row.name,
        address: row.address,
        time_zone: row.time_zone,
        member_count: row.member_count,
        version: row.version,
    }
}

/// A page of the sites.
pub(in crate::directory) async fn list(
    app: &App,
    actor: &Actor,
    query: DirectoryQuery,
) -> Result<Page<SiteView>> {
    require(actor, "user:read")?;
    let listing = Listing::of(query)?;
    let rows = store::sites(&app.db, actor.organization_id, &listing).await?;
    let total = store::count(&app.db, "sites", actor.organization_id, &listing).await?;
    Ok(listing.page(rows.into_iter().map(view).collect(), total))
}

/// One site.
pub(in crate::directory) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<SiteView> {
    require(actor, "user:read")?;
    let row = store::site(&app.db, actor.organization_id, id).await?;
    row.map(view).ok_or_else(|| Error::not_found("site", id))
}

fn checked(record: SiteRecord) -> Result<SiteRecord> {
    check_length("address", &record.address, 500)?;
    record
        .time_zone
        .as_deref()
        .map_or(Ok(()), check_time_zone)?;
    Ok(record)
}

/// Adds a site.
pub(in crate::directory) async fn create(
    app: &App,
    actor: &Actor,
    input: SiteInput,
    now: Instant,
) -> Result<SiteView> {
    require(actor, "site:manage")?;
    let id = clock::new_id();
    let record = checked(SiteRecord {
        name: store::check_name(&input.name)?,
        address: input.address.unwrap_or_default(),
        time_zone: input.time_zone,
    })?;
    let tx = app.db.write("sites.create").await?;
    store::insert_site(&tx, actor.organization_id, id, &record, now).await?;
    tx.commit().await?;
    get(app, actor, id).await
}

/// Changes a site.
pub(in crate::directory) async fn change(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: SitePatch,
    seen: IfMatch,
    now: Instant,
) -> Result<SiteView> {
    require(actor, "site:manage")?;
    let organization = actor.organization_id;
    let tx = app.db.write("sites.change").await?;
    let before = store::site(&tx, organization, id).await?;
    let before = before.ok_or_else(|| Error::not_found("site", id))?;
    seen.check("this site", before.version)?;
    let record = checked(SiteRecord {
        name: store::check_name(patch.name.as_deref().unwrap_or(&before.name))?,
        address: patch.address.unwrap_or(before.address),
        time_zone: patch.time_zone.unwrap_or(before.time_zone),
    })?;
    if !store::update_site(&tx, organization, id, &record, before.version, now).await? {
        return Err(conditional::stale());
    }
    tx.commit().await?;
    get(app, actor, id).await
}

/// Removes a site where nobody works.
pub(in crate::directory) async fn delete(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    require(actor, "site:manage")?;
    let tx = app.db.write("sites.delete").await?;
    let row = store::site(&tx, actor.organization_id, id).await?;
    let row = row.ok_or_else(|| Error::not_found("site", id))?;
    if store::is_used(&tx, "site_id", actor.organization_id, id).await? {
        let detail = format!("people work at {}; give them another site first", row.name);
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    store::delete(&tx, "sites", actor.organization_id, id).await?;
    tx.commit().await
}
