//! Request and answer types of notifications.

use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Query of one's notifications.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NotificationQuery {
    /// Only those that were not read.
    pub unread: Option<bool>,
    /// Reasons, separated by commas: `mentioned` for what names the caller.
    #[param(
        pattern = "^(mentioned|assigned|unassigned|reported_for_you|resolved|reopened|on_hold|closed|cancelled|sla_breached|escalated|sla_at_risk|commented)(,(mentioned|assigned|unassigned|reported_for_you|resolved|reopened|on_hold|closed|cancelled|sla_breached|escalated|sla_at_risk|commented))*$"
    )]
    pub reason: Option<String>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// `next_cursor` of an earlier answer.
    pub cursor: Option<String>,
}

/// The ticket it is about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotificationTicket)]
pub struct TicketReference {
    /// Id.
    pub id: Uuid,
    /// Number such as `INC-000042`.
    pub number: String,
    /// Title at the time.
    pub title: String,
}

/// The webhook it is about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotificationWebhook)]
pub struct WebhookReference {
    /// Id.
    pub id: Uuid,
    /// Name at the time.
    pub name: String,
}

/// Who acted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotificationActor)]
pub struct PersonReference {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

/// Something that someone should know.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationView {
    /// Id.
    pub id: Uuid,
    /// `mentioned`, `assigned`, `unassigned`, `reported_for_you`, `resolved`, `reopened`, `on_hold`,
    /// `closed`, `cancelled`, `commented`, or `webhook_disabled` for those who look after webhooks.
    pub reason: String,
    /// The ticket it is about; none when it is about a webhook.
    pub ticket: Option<TicketReference>,
    /// The webhook it is about, if it is about one.
    pub webhook: Option<WebhookReference>,
    /// Who acted; nobody for the system.
    pub actor: Option<PersonReference>,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it was read.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub read_at: Option<Instant>,
}

/// A page of notifications, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notifications {
    /// The notifications.
    pub data: Vec<NotificationView>,
    /// Send it as `cursor` for the next page.
    pub next_cursor: Option<String>,
}

/// How many were not read.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationCount {
    /// Counted up to 100.
    pub unread: i64,
    /// Whether there may be more.
    pub is_capped: bool,
}
