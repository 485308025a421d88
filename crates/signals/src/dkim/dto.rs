//! Request and answer types of keys that sign mail.

use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use steward_platform::http::merge::present;
use utoipa::ToSchema;
use uuid::Uuid;

/// A key that signs mail, or could.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DkimKey)]
pub struct DkimKeyView {
    /// Id.
    pub id: Uuid,
    /// Domain of the sender.
    pub domain: String,
    /// Names the key among those of the domain.
    pub selector: String,
    /// Name of the TXT record to publish.
    pub record_name: String,
    /// Content of the TXT record. Providers that take at most 255 characters in a string want it cut there.
    pub record_value: String,
    /// Whether it signs the mail of its domain.
    pub is_active: bool,
    /// Counts changes.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(DkimKeyView);

/// Every key, and whose mail is sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct DkimKeys {
    /// By domain, the newest of each first.
    pub data: Vec<DkimKeyView>,
    /// Domain of the address that mail is sent from (`STEWARD_MAIL_FROM`).
    pub sender_domain: Option<String>,
    /// Whether a key signs that mail.
    pub is_signed: bool,
}

/// A new key.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DkimKeyInput)]
pub struct DkimKeyInput {
    /// Domain of the sender; that of `STEWARD_MAIL_FROM` when left out.
    #[schema(
        min_length = 3,
        max_length = 253,
        pattern = r"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$"
    )]
    pub domain: Option<String>,
    /// Names the key among those of the domain; made of the date when left out.
    #[schema(
        min_length = 1,
        max_length = 63,
        pattern = r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$"
    )]
    pub selector: Option<String>,
}

/// What to change of a key.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DkimKeyPatch)]
pub struct DkimKeyPatch {
    /// Whether it signs; the one that signed the domain's mail before stops.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    pub is_active: Option<bool>,
}
