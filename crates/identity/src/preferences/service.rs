//! Use cases of preferences.

use super::dto::{PreferencesInput, PreferencesView};
use super::store;
use steward_db::{Executor, time::from_db};
use steward_domain::identity::preferences::Preferences;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use steward_platform::http::IfMatch;

/// What the actor chose.
pub(super) async fn get(app: &App, actor: &Actor) -> Result<PreferencesView> {
    load(&app.db, actor).await
}

async fn load<E: Executor>(db: &E, actor: &Actor) -> Result<PreferencesView> {
    let row = store::find(db, actor.user_id.0).await?;
    let (chosen, version, updated_at) = match row {
        Some(row) => {
            let chosen = serde_json::from_value(row.preferences).map_err(Error::internal)?;
            (chosen, row.version, Some(from_db(row.updated_at)))
        }
        None => (Preferences::default(), 0, None),
    };
    Ok(PreferencesView {
        color_scheme: chosen.color_scheme,
        density: chosen.density,
        language: chosen.language,
        columns: chosen.columns,
        sidebar_pins: chosen.sidebar_pins,
        version,
        updated_at,
    })
}

/// Keeps what the actor chose.
pub(super) async fn put(
    app: &App,
    actor: &Actor,
    input: PreferencesInput,
    seen: IfMatch,
    now: Instant,
) -> Result<PreferencesView> {
    let chosen = Preferences::from(input).checked()?;
    let json = serde_json::to_value(&chosen).map_err(Error::internal)?;
    let tx = app.db.write("preferences.put").await?;
    // Written before the version is looked at: writers of the same person queue here.
    store::put(&tx, actor.organization_id, actor.user_id.0, json, now).await?;
    let after = load(&tx, actor).await?;
    seen.check("these preferences", after.version - 1)?;
    tx.commit().await?;
    Ok(after)
}
