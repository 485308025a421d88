//! What every organization starts with: two calendars and one policy. They are
//! written when they are first needed, so that organizations of any age and
//! origin have them.

use crate::sla::store::{self, NewCalendar, NewPolicy};
use serde_json::json;
use steward_db::{Tx, time::from_db};
use steward_domain::sla::book::{Target, Targets};
use steward_domain::sla::model::{Agreement, default_minutes};
use steward_domain::tickets::model::Priority;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Result};
use steward_platform::clock;
use uuid::Uuid;

/// Writes the defaults, unless the organization has calendars already.
pub(super) async fn install(tx: &Tx, organization: OrganizationId) -> Result<()> {
    let Some(home) = store::lock(tx, organization).await? else {
        return Err(Error::not_found("organization", organization));
    };
    // Asked again behind the lock: another writer may have been faster.
    if !store::calendars(tx, organization).await?.is_empty() {
        return Ok(());
    }
    // Nobody made them: they hold since ever, also for tickets brought in.
    let since = from_db(home.created_at);
    let zone = steward_domain::calendar::zone(&home.time_zone).map_or("UTC", |_| &home.time_zone);
    let office = json!([["09:00", "17:00"]]);
    let weekly = json!({"monday": office, "tuesday": office, "wednesday": office,
        "thursday": office, "friday": office});
    let calendar = |name: &str, is_default, weekly| NewCalendar {
        version_id: clock::new_id(),
        calendar_id: clock::new_id(),
        name: name.to_owned(),
        is_default,
        time_zone: zone.to_owned(),
        weekly,
        holidays: json!([]),
        created_by: None,
    };
    let hours = calendar("Office hours", true, weekly);
    let always = calendar("Day and night", false, json!("24x7"));
    let (hours_id, always_id) = (hours.calendar_id, always.calendar_id);
    store::save_calendar(tx, organization, hours, since).await?;
    store::save_calendar(tx, organization, always, since).await?;
    let policy = NewPolicy {
        version_id: clock::new_id(),
        policy_id: clock::new_id(),
        name: "Standard".to_owned(),
        agreement: Agreement::Sla.as_str(),
        position: 1000,
        is_active: true,
        condition: None,
        calendar_id: hours_id,
        targets: serde_json::to_value(targets(always_id)).map_err(Error::internal)?,
        escalation: None,
        created_by: None,
    };
    store::save_policy(tx, organization, policy, since).await
}

fn targets(always: Uuid) -> Targets {
    let of = |priority, calendar_id| {
        let (response, resolution) = default_minutes(priority);
        Target {
            response_minutes: Some(response),
            resolution_minutes: Some(resolution),
            next_update_minutes: None,
            calendar_id,
        }
    };
    Targets {
        critical: of(Priority::Critical, Some(always)),
        high: of(Priority::High, None),
        medium: of(Priority::Medium, None),
        low: of(Priority::Low, None),
    }
}
