//! What the story and the removal of the example ask the database for.

use steward_db::{Executor, FromQueryResult, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct File {
    id: Uuid,
}

/// Files of an organization: attachments, uploads that were cut off, and mail
/// that came in.
pub(super) async fn files<E: Executor>(db: &E, organization: OrganizationId) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM attachments WHERE organization_id = $1
        UNION SELECT id FROM stray_files WHERE organization_id = $1
        UNION SELECT id FROM inbound_mails WHERE organization_id = $1";
    let rows: Vec<File> = db.all(sql, values![organization.0]).await?;
    Ok(rows.into_iter().map(|file| file.id).collect())
}

/// A record and what it is known by.
#[derive(Debug, FromQueryResult)]
pub(super) struct Known {
    pub(super) id: Uuid,
    pub(super) key: String,
}

/// Its teams, by name.
pub(super) async fn teams<E: Executor>(db: &E, organization: OrganizationId) -> Result<Vec<Known>> {
    let sql = "SELECT id, name AS key FROM teams WHERE organization_id = $1";
    db.all(sql, values![organization.0]).await
}

/// Its people, by address.
pub(super) async fn people<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<Known>> {
    let sql = "SELECT id, email AS key FROM users WHERE organization_id = $1";
    db.all(sql, values![organization.0]).await
}
