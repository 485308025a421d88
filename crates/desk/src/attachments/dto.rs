//! Request and answer types of attachments.

use crate::tickets::dto::{ActionView, Reference};
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// A file attached to a ticket or to one of its comments.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentView {
    /// Id.
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// The comment it came with.
    pub comment_id: Option<Uuid>,
    /// Name of the file, cleaned.
    pub file_name: String,
    /// Type, decided by the bytes.
    pub content_type: String,
    /// Size.
    pub size_bytes: i64,
    /// SHA-256 of the bytes, as hexadecimal digits.
    pub sha256: String,
    /// Whether requesters do not see it.
    pub is_internal: bool,
    /// Whether a page may show it as a picture.
    pub is_picture: bool,
    /// Where its bytes are.
    pub download_path: String,
    /// Who attached it.
    pub uploader: Reference,
    /// What the caller may do with it: `delete`.
    pub allowed_actions: Vec<ActionView>,
    /// When it was attached.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// Attachments, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentList {
    /// The attachments.
    pub data: Vec<AttachmentView>,
}

/// A form with files. Only its schema is used: the form is read as a stream.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachmentForm {
    /// The files: the field may be sent up to 10 times.
    #[schema(value_type = Vec<String>, format = Binary, min_items = 1, max_items = 10)]
    pub file: Vec<Vec<u8>>,
    /// A comment of the caller's own on the same ticket that they belong to.
    #[schema(nullable = false)]
    pub comment_id: Option<Uuid>,
}

/// The bytes of a file. Only its schema is used.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct FileBytes(pub Vec<u8>);
