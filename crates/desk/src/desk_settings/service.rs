//! Use cases of the settings of the desk.

use super::dto::{DeskSettingsPatch, DeskSettingsView};
use super::store::{self, SettingsRow};
use steward_db::{Executor, time::from_db};
use steward_domain::desk_settings::Settings;
use steward_domain::identity::events::DirectoryEvent;
use steward_identity::organizations;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::http::IfMatch;
use steward_platform::{App, events};

const MANAGE: &str = "desk_settings:manage";

/// The organization's settings, the defaults until they are changed.
pub(crate) async fn settings<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Settings> {
    Ok(of(store::find(db, organization).await?.as_ref()))
}

fn of(row: Option<&SettingsRow>) -> Settings {
    let default = Settings::default();
    row.map_or(default, |row| Settings {
        auto_close_days: row.auto_close_days.unwrap_or(default.auto_close_days),
        has_survey: row.has_survey,
        reopen_days: row.reopen_days,
    })
}

fn view(organization: OrganizationId, row: Option<&SettingsRow>) -> DeskSettingsView {
    let settings = of(row);
    DeskSettingsView {
        id: organization.0,
        auto_close_days: settings.auto_close_days,
        has_survey: settings.has_survey,
        reopen_days: settings.reopen_days,
        version: row.map_or(0, |row| row.version),
        created_at: row.map(|row| from_db(row.created_at)),
        updated_at: row.map(|row| from_db(row.updated_at)),
    }
}

/// The settings, for everyone who reads tickets.
pub(super) async fn get(app: &App, actor: &Actor) -> Result<DeskSettingsView> {
    if !actor.may("ticket:read") && !actor.may(MANAGE) {
        return Err(Error::forbidden("ticket:read"));
    }
    let row = store::find(&app.db, actor.organization_id).await?;
    Ok(view(actor.organization_id, row.as_ref()))
}

/// Changes settings; they hold at once.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    patch: DeskSettingsPatch,
    if_match: IfMatch,
    now: Instant,
) -> Result<DeskSettingsView> {
    if !actor.may(MANAGE) {
        return Err(Error::forbidden(MANAGE));
    }
    let organization = actor.organization_id;
    let tx = app.db.write("desk_settings.update").await?;
    organizations::hold(&tx, organization).await?;
    let row = store::find(&tx, organization).await?;
    if_match.check(
        "the desk's settings",
        row.as_ref().map_or(0, |row| row.version),
    )?;
    let before = of(row.as_ref());
    let mut settings = before;
    settings.auto_close_days = patch.auto_close_days.unwrap_or(settings.auto_close_days);
    settings.has_survey = patch.has_survey.unwrap_or(settings.has_survey);
    settings.reopen_days = patch.reopen_days.unwrap_or(settings.reopen_days);
    settings.check()?;
    store::save(&tx, organization, &settings, now).await?;
    let event = DirectoryEvent {
        name: "desk_settings.changed",
        id: organization.0,
        changes: before.changed(&settings),
    };
    events::publish(&tx, actor, organization.0, &event, now).await?;
    let row = store::find(&tx, organization).await?;
    tx.commit().await?;
    Ok(view(organization, row.as_ref()))
}
