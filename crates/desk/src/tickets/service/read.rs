//! Reading one ticket.

use super::{find, view};
use crate::tickets::dto::{AutomaticReason, Reference, TicketView, Timeline, TimelineItem};
use crate::tickets::store;
use steward_db::time::from_db;
use steward_domain::sla::reason::Reason;
use steward_domain::tickets::model::Kind;
use steward_domain::tickets::policy;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// One ticket by id or number.
pub(in crate::tickets) async fn get(
    app: &App,
    actor: &Actor,
    key: &str,
    now: Instant,
) -> Result<TicketView> {
    view::ticket(&app.db, actor, find(&app.db, actor, key).await?, now).await
}

/// One incident by id or number; a ticket of another kind is not found.
pub(in crate::tickets) async fn get_incident(
    app: &App,
    actor: &Actor,
    key: &str,
    now: Instant,
) -> Result<TicketView> {
    let row = find(&app.db, actor, key).await?;
    if row.kind != Kind::Incident.as_str() {
        return Err(Error::not_found("incident", key));
    }
    view::ticket(&app.db, actor, row, now).await
}

/// The product's own reason, where an item tells one.
fn automatic(
    field: Option<&str>,
    actor: Option<Uuid>,
    text: Option<&str>,
) -> Option<AutomaticReason> {
    let tells_why = matches!(field, Some("escalation_reason" | "sla_note"));
    let reason = text.filter(|_| tells_why && actor.is_none());
    reason.and_then(Reason::read).map(AutomaticReason::from)
}

/// Everything that happened, oldest first; internal notes only for those who may read them.
pub(in crate::tickets) async fn timeline(app: &App, actor: &Actor, key: &str) -> Result<Timeline> {
    let ticket = find(&app.db, actor, key).await?;
    let rows = store::timeline(&app.db, ticket.id, policy::sees_internal(actor)).await?;
    let item = |row: store::TimelineRow| TimelineItem {
        id: row.id,
        type_: if row.body.is_some() {
            "comment"
        } else {
            "activity"
        }
        .to_owned(),
        at: from_db(row.at),
        actor: row
            .actor_id
            .zip(row.actor_name)
            .map(|(id, name)| Reference {
                id,
                name: name.trim().to_owned(),
            }),
        automatic: automatic(row.field.as_deref(), row.actor_id, row.new_value.as_deref()),
        field: row.field,
        old: row.old_value,
        new: row.new_value,
        body_html: row.body.as_deref().map(super::html),
        body: row.body,
        visibility: row.visibility,
        edited_at: row.edited_at.map(from_db),
        merged_from: row.merged_from,
        quoted: row.quoted.filter(|text| !text.is_empty()),
        signature: row.signature.filter(|text| !text.is_empty()),
    };
    Ok(Timeline {
        data: rows.into_iter().map(item).collect(),
    })
}
