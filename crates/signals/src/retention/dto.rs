//! Request and answer types of the settings of retention.

use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// How long the caller's organization keeps things, in days; 0 is for good.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionSettingsView {
    /// Id of the organization, which has one set of settings.
    pub id: Uuid,
    /// Of mail that came in, after it was worked on: the message itself. Its line in the ledger stays.
    pub inbound_mail_days: i32,
    /// Of the delivery log with its mails and messages.
    pub delivery_days: i32,
    /// Of what was sent to webhooks, with every try.
    pub webhook_delivery_days: i32,
    /// Counts changes, from 0; the `ETag`.
    pub version: i64,
    /// When they were first changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub created_at: Option<Instant>,
    /// When they last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub updated_at: Option<Instant>,
}

steward_platform::versioned!(RetentionSettingsView);

/// Settings to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionSettingsPatch {
    /// Days for mail that came in; 0 keeps it for good.
    #[schema(minimum = 0, maximum = 3650)]
    pub inbound_mail_days: Option<i32>,
    /// Days for the delivery log; 0 keeps it for good.
    #[schema(minimum = 0, maximum = 3650)]
    pub delivery_days: Option<i32>,
    /// Days for what was sent to webhooks; 0 keeps it for good.
    #[schema(minimum = 0, maximum = 3650)]
    pub webhook_delivery_days: Option<i32>,
}
