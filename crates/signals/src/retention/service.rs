//! Use cases of retention.

use super::dto::{RetentionSettingsPatch, RetentionSettingsView};
use super::jobs::CLEAN;
use super::store::{self, SettingsRow};
use crate::{deliveries, mailboxes, webhooks};
use serde_json::json;
use std::time::Duration;
use steward_db::time::from_db;
use steward_domain::retention::{Settings, before};
use steward_identity::organizations;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::http::IfMatch;
use steward_platform::jobs::{self, Job, NewJob};
use steward_platform::{App, clock};

const MANAGE: &str = "organization:update";
/// Rows of one transaction.
const PIECE: u32 = 500;
/// Time for one go, well below the lease of a job.
const TIME: Duration = Duration::from_secs(60);
/// When what is left is gone on with, so that other work has its turn.
const PAUSE: Duration = Duration::from_secs(60);

fn of(row: Option<&SettingsRow>) -> Settings {
    row.map_or_else(Settings::default, |row| Settings {
        inbound_mail_days: row.inbound_mail_days,
        delivery_days: row.delivery_days,
        webhook_delivery_days: row.webhook_delivery_days,
    })
}

fn view(organization: OrganizationId, row: Option<&SettingsRow>) -> RetentionSettingsView {
    let settings = of(row);
    RetentionSettingsView {
        id: organization.0,
        inbound_mail_days: settings.inbound_mail_days,
        delivery_days: settings.delivery_days,
        webhook_delivery_days: settings.webhook_delivery_days,
        version: row.map_or(0, |row| row.version),
        created_at: row.map(|row| from_db(row.created_at)),
        updated_at: row.map(|row| from_db(row.updated_at)),
    }
}

fn require(actor: &Actor) -> Result<()> {
    if actor.may_all(MANAGE) {
        Ok(())
    } else {
        Err(Error::forbidden(MANAGE))
    }
}

/// The settings of the caller's organization.
pub(super) async fn get(app: &App, actor: &Actor) -> Result<RetentionSettingsView> {
    require(actor)?;
    let row = store::find(&app.db, actor.organization_id).await?;
    Ok(view(actor.organization_id, row.as_ref()))
}

/// Changes settings; the next daily round keeps to them.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    patch: RetentionSettingsPatch,
    if_match: IfMatch,
    now: Instant,
) -> Result<RetentionSettingsView> {
    require(actor)?;
    let organization = actor.organization_id;
    let tx = app.db.write("retention.update").await?;
    organizations::hold(&tx, organization).await?;
    let row = store::find(&tx, organization).await?;
    let version = row.as_ref().map_or(0, |row| row.version);
    if_match.check("the settings of retention", version)?;
    let known = of(row.as_ref());
    let settings = Settings {
        inbound_mail_days: patch.inbound_mail_days.unwrap_or(known.inbound_mail_days),
        delivery_days: patch.delivery_days.unwrap_or(known.delivery_days),
        webhook_delivery_days: patch
            .webhook_delivery_days
            .unwrap_or(known.webhook_delivery_days),
    };
    settings.check()?;
    store::save(&tx, organization, &settings, now).await?;
    let row = store::find(&tx, organization).await?;
    tx.commit().await?;
    Ok(view(organization, row.as_ref()))
}

/// The daily tick: one job for each organization.
pub(super) async fn daily(app: &App, now: Instant) -> Result<()> {
    for id in store::organizations(&app.db).await? {
        enqueue(app, id.into(), now, now).await?;
    }
    Ok(())
}

async fn enqueue(
    app: &App,
    organization: OrganizationId,
    run_at: Instant,
    now: Instant,
) -> Result<()> {
    let job = NewJob {
        organization_id: Some(organization),
        kind: CLEAN,
        payload: json!({}),
        run_at,
        dedupe_key: None,
    };
    let tx = app.db.write("retention.enqueue").await?;
    jobs::enqueue(&tx, job, now).await?;
    tx.commit().await
}

/// The job: removes what is too old of one organization; what does not fit
/// into its time is left to another one.
pub(super) async fn clean(app: &App, job: &Job, now: Instant) -> Result<()> {
    let organization = job.organization_id;
    let organization =
        organization.ok_or_else(|| Error::internal(format!("job {} names nobody", job.id)))?;
    let settings = of(store::find(&app.db, organization).await?.as_ref());
    let end = clock::now().checked_add(TIME).unwrap_or(now);
    let mut is_done = true;
    for what in [What::Mail, What::Deliveries, What::Webhooks] {
        let Some(before) = before(what.days(&settings), now) else {
            continue;
        };
        while is_done && what.remove(app, organization, before, now).await? {
            is_done = clock::now() < end;
        }
    }
    if is_done {
        return Ok(());
    }
    let later = now.checked_add(PAUSE).unwrap_or(now);
    enqueue(app, organization, later, now).await
}

#[derive(Clone, Copy)]
enum What {
    Mail,
    Deliveries,
    Webhooks,
}

impl What {
    const fn days(self, settings: &Settings) -> i32 {
        match self {
            Self::Mail => settings.inbound_mail_days,
            Self::Deliveries => settings.delivery_days,
            Self::Webhooks => settings.webhook_delivery_days,
        }
    }

    /// Removes a piece; whether there may be more.
    async fn remove(
        self,
        app: &App,
        organization: OrganizationId,
        before: Instant,
        now: Instant,
    ) -> Result<bool> {
        match self {
            Self::Mail => mailboxes::forget_raw(app, organization, before, PIECE, now).await,
            Self::Deliveries => deliveries::forget(app, organization, before, PIECE).await,
            Self::Webhooks => webhooks::forget(app, organization, before, PIECE).await,
        }
    }
}
