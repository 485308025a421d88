//! Request and answer types of the settings of the desk.

use crate::tickets::dto::nullable;
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// The settings of the caller's organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeskSettingsView {
    /// Id of the organization, which has one set of settings.
    pub id: Uuid,
    /// Working days after which a resolved ticket closes by itself.
    pub auto_close_days: i32,
    /// Whether requesters are asked how content they are.
    pub has_survey: bool,
    /// Days after the resolution in which a requester may reopen a ticket; as
    /// long as it is not closed when null.
    pub reopen_days: Option<i32>,
    /// Counts changes, from 0; the `ETag`.
    pub version: i64,
    /// When they were first changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub created_at: Option<Instant>,
    /// When they last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub updated_at: Option<Instant>,
}

steward_platform::versioned!(DeskSettingsView);

/// Settings to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeskSettingsPatch {
    /// Working days after which a resolved ticket closes by itself.
    #[schema(minimum = 1, maximum = 365)]
    pub auto_close_days: Option<i32>,
    /// Whether requesters are asked how content they are.
    pub has_survey: Option<bool>,
    /// Days after the resolution in which a requester may reopen a ticket;
    /// `null` for as long as it is not closed.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 365)]
    pub reopen_days: Option<Option<i32>>,
}
