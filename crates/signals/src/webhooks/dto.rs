//! Request and answer types of webhooks.

use crate::deliveries::dto::TicketName;
use crate::notifications::dto::PersonReference;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_kernel::Instant;
use steward_platform::http::merge::present;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A secret that signs.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookSecret {
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it stops to sign; none for the newest.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Instant>,
}

/// A receiver outside.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookView {
    /// Id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Where it is told.
    pub url: String,
    /// What it is told: events (`ticket.created`), groups (`ticket.*`), or all (`*`).
    pub events: Vec<String>,
    /// The person with whose rights it acts: it is told what they may see.
    pub acts_as: PersonReference,
    /// Who made it.
    pub created_by: PersonReference,
    /// Whether it is told anything.
    pub is_enabled: bool,
    /// Why not: `manual`, `gone` (it answered 410), `failing` (no success for days) or
    /// `person_inactive`.
    pub disabled_reason: Option<String>,
    /// Since when not.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub disabled_at: Option<Instant>,
    /// Tries that failed since the last success.
    #[schema(minimum = 0)]
    pub failures: i32,
    /// When the first of them was.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub failing_since: Option<Instant>,
    /// When it last took something.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_success_at: Option<Instant>,
    /// The secrets that sign now, the newest first; never what they are.
    pub secrets: Vec<WebhookSecret>,
    /// The newest secret, `whsec_…`: only in the answer that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Whether the caller may change it and read what it sent: it acts as themselves, or they
    /// see every ticket and internal note.
    pub is_manageable: bool,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(WebhookView);

/// The webhooks of an organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhooks {
    /// All of them, at most 50, the oldest first.
    pub data: Vec<WebhookView>,
}

/// A new webhook.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookInput {
    /// What people call it.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub name: String,
    /// `https://…` or `http://…`, without user name and password.
    #[schema(min_length = 1, max_length = 2000, pattern = "^https?://")]
    pub url: String,
    /// Events (`ticket.created`), groups (`ticket.*`), or all (`*`).
    #[schema(min_items = 1, max_items = 30)]
    pub events: Vec<String>,
    /// With whose rights it acts; the caller's when left out.
    pub acts_as_id: Option<Uuid>,
    /// Whether it is told anything; yes when left out.
    pub is_enabled: Option<bool>,
}

/// Parts of a webhook to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookPatch {
    /// What people call it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100, pattern = r"\S")]
    pub name: Option<String>,
    /// `https://…` or `http://…`, without user name and password.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 2000, pattern = "^https?://")]
    pub url: Option<String>,
    /// Events (`ticket.created`), groups (`ticket.*`), or all (`*`).
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Vec<String>, required = false, min_items = 1, max_items = 30)]
    pub events: Option<Vec<String>>,
    /// With whose rights it acts.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Uuid, required = false)]
    pub acts_as_id: Option<Uuid>,
    /// Whether it is told anything. Switching it on forgets its failures.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = bool, required = false)]
    pub is_enabled: Option<bool>,
}

/// How a secret is replaced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateInput {
    /// Hours for which older secrets sign beside the new one; 24 when left out, 0 ends them at
    /// once.
    #[schema(minimum = 0, maximum = 168)]
    pub overlap_hours: Option<u32>,
}

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookDeliveryState {
    /// It is tried, or will be tried again.
    Waiting,
    /// The receiver took it.
    Sent,
    /// Given up; it can be sent again.
    Failed,
    /// Not sent, for the reason in `note`.
    Skipped,
}

impl WebhookDeliveryState {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// Query of the deliveries of a webhook.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WebhookDeliveryQuery {
    /// In this state only.
    #[param(inline)]
    pub state: Option<WebhookDeliveryState>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// `next_cursor` of an earlier answer.
    pub cursor: Option<String>,
}

/// One event that one receiver is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookDelivery {
    /// Id; the header `webhook-id`, the same in every try.
    pub id: Uuid,
    /// Under which name the receiver is told: `ticket.resolved`.
    pub kind: String,
    /// About which ticket; none for a test.
    pub ticket: Option<TicketName>,
    /// The event.
    pub event_id: Uuid,
    /// `waiting`, `sent`, `failed` or `skipped`.
    pub state: String,
    /// Why it was given up or skipped: `given_up` (a day of failures), `gone`, `disabled`,
    /// `not_visible` (the webhook's person may not see it), `person_inactive` or `event_gone`.
    pub note: Option<String>,
    /// Times it was tried.
    #[schema(minimum = 0)]
    pub attempts: i32,
    /// When it is tried next, while it waits.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_try_at: Option<Instant>,
    /// The status of the last answer.
    pub last_status: Option<i32>,
    /// Why there was no answer.
    pub last_error: Option<String>,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub settled_at: Option<Instant>,
}

/// A page of the deliveries of a webhook.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookDeliveries {
    /// The deliveries, the newest first.
    pub data: Vec<WebhookDelivery>,
    /// Send it as `cursor` for the next page.
    pub next_cursor: Option<String>,
}

/// One try.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookAttempt {
    /// Its number; one is missing when the server stopped in the middle of it.
    #[schema(minimum = 1)]
    pub number: i32,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// Where to.
    pub url: String,
    /// The headers that were sent.
    pub request_headers: BTreeMap<String, String>,
    /// The body that was sent.
    pub request_body: String,
    /// The status of the answer; none when there was none.
    pub status: Option<i32>,
    /// Some headers of the answer.
    pub answer_headers: BTreeMap<String, String>,
    /// The beginning of the answer, at most 4 KiB.
    pub answer_body: String,
    /// Why there was no answer: `bad_url`, `address_refused`, `unknown_name`, `not_reached`,
    /// `untrusted`, `timed_out` or `broken`.
    pub error_kind: Option<String>,
    /// The same in words.
    pub error: Option<String>,
    /// Milliseconds until it ended.
    #[schema(minimum = 0)]
    pub took_ms: i32,
}

/// A delivery with every try.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookDeliveryDetail {
    /// The delivery.
    pub delivery: WebhookDelivery,
    /// Its tries, the first one first, at most 100.
    pub attempts: Vec<WebhookAttempt>,
}

/// Which deliveries are sent again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayInput {
    /// Written at this instant or later.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// Written before this instant.
    #[schema(value_type = String, format = DateTime)]
    pub until: Instant,
    /// Also those that the receiver took; no when left out.
    pub include_sent: Option<bool>,
    /// `next_cursor` of an earlier answer, to go on.
    #[schema(max_length = 500)]
    pub cursor: Option<String>,
}

/// What is sent again.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayedDeliveries {
    /// How many, at most 1,000.
    #[schema(minimum = 0)]
    pub count: usize,
    /// There are more; send it as `cursor` with the same range.
    pub next_cursor: Option<String>,
}
