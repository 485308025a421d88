//! Statements of who reads a message, and of what was said.

use steward_db::{Executor, FromQueryResult, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

/// A person as short messages reach them.
#[derive(Debug, FromQueryResult)]
pub(in crate::channels) struct PhoneRow {
    pub(in crate::channels) first_name: String,
    pub(in crate::channels) last_name: String,
    pub(in crate::channels) phone: Option<String>,
    pub(in crate::channels) locale: String,
}

pub(in crate::channels) async fn phone<E: Executor>(
    db: &E,
    user: Uuid,
) -> Result<Option<PhoneRow>> {
    let sql = "SELECT u.first_name, u.last_name, u.phone, coalesce(u.locale, o.locale) AS locale
        FROM users u JOIN organizations o ON o.id = u.organization_id
        WHERE u.id = $1 AND u.is_active AND u.deleted_at IS NULL";
    db.optional(sql, values![user]).await
}

#[derive(Debug, FromQueryResult)]
struct Text {
    text: String,
}

/// Name of a person.
pub(in crate::channels) async fn name<E: Executor>(db: &E, user: Uuid) -> Result<Option<String>> {
    let sql = "SELECT first_name || ' ' || last_name AS text FROM users WHERE id = $1";
    let row: Option<Text> = db.optional(sql, values![user]).await?;
    Ok(row.map(|row| row.text.trim().to_owned()))
}

#[derive(Debug, FromQueryResult)]
pub(in crate::channels) struct CommentRow {
    pub(in crate::channels) body: String,
    pub(in crate::channels) visibility: String,
}

/// What was said.
pub(in crate::channels) async fn comment<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<CommentRow>> {
    let sql = "SELECT body, visibility FROM comments WHERE organization_id = $1 AND id = $2";
    db.optional(sql, values![organization.0, id]).await
}
