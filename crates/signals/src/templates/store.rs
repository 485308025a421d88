//! Every statement of notification templates.

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_domain::notifications::templates::{Language, TemplateKey};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

use super::letter::Parts;

/// One version of a template.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct VersionRow {
    pub(super) matter: String,
    pub(super) medium: String,
    pub(super) language: String,
    pub(super) version: i64,
    pub(super) is_reset: bool,
    pub(super) subject: String,
    pub(super) body_text: String,
    pub(super) body_html: String,
    pub(super) created_by: Option<Uuid>,
    pub(super) author: Option<String>,
    pub(super) created_at: DateTime<Utc>,
}

const COLUMNS: &str =
    "v.matter, v.medium, v.language, v.version, v.is_reset, v.subject, v.body_text, v.body_html,
    v.created_by, u.first_name || ' ' || u.last_name AS author, v.created_at
    FROM notification_templates v LEFT JOIN users u ON u.id = v.created_by";

/// The newest version of every template that the organization ever changed.
pub(super) async fn newest<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<Vec<VersionRow>> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE v.organization_id = $1 AND v.version = (
           SELECT max(w.version) FROM notification_templates w
           WHERE w.organization_id = v.organization_id AND w.matter = v.matter AND w.medium = v.medium
             AND w.language = v.language)
         ORDER BY v.matter, v.medium, v.language"
    );
    db.all(&sql, values![organization.0]).await
}

/// As [`newest`], of one language and without what was reset.
pub(super) async fn in_use<E: Executor>(
    db: &E,
    organization: OrganizationId,
    language: Language,
) -> Result<Vec<VersionRow>> {
    let rows = newest(db, organization).await?;
    let rows = rows.into_iter();
    Ok(rows
        .filter(|row| !row.is_reset && row.language == language.as_str())
        .collect())
}

/// Versions of one template, the newest first.
pub(super) async fn versions<E: Executor>(
    db: &E,
    organization: OrganizationId,
    key: TemplateKey,
    limit: u32,
) -> Result<Vec<VersionRow>> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE v.organization_id = $1 AND v.matter = $2 AND v.medium = $3 AND v.language = $4
         ORDER BY v.version DESC LIMIT $5"
    );
    let values = values![
        organization.0,
        key.matter.as_str(),
        key.medium.as_str(),
        key.language.as_str(),
        i64::from(limit)
    ];
    db.all(&sql, values).await
}

/// A version to keep; without parts the built-in template holds again.
#[derive(Debug)]
pub(super) struct NewVersion<'a> {
    pub(super) id: Uuid,
    pub(super) key: TemplateKey,
    pub(super) version: i64,
    pub(super) parts: Option<&'a Parts>,
}

/// Adds a version; false when someone else added it first.
pub(super) async fn insert(
    tx: &Tx,
    actor: &Actor,
    new: NewVersion<'_>,
    now: Instant,
) -> Result<bool> {
    let empty = Parts::default();
    let parts = new.parts.unwrap_or(&empty);
    let touched = tx
        .execute(
            "INSERT INTO notification_templates (id, organization_id, matter, medium, language, version, is_reset,
               subject, body_text, body_html, created_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (organization_id, matter, medium, language, version) DO NOTHING",
            values![
                new.id,
                actor.organization_id.0,
                new.key.matter.as_str(),
                new.key.medium.as_str(),
                new.key.language.as_str(),
                new.version,
                new.parts.is_none(),
                parts.subject.clone(),
                parts.text.clone(),
                parts.html.clone(),
                actor.user_id.0,
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

#[derive(Debug, FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The ticket of the organization with this number.
pub(super) async fn numbered<E: Executor>(
    db: &E,
    organization: OrganizationId,
    number: &str,
) -> Result<Option<Uuid>> {
    let sql = "SELECT id FROM tickets WHERE organization_id = $1 AND number = $2";
    let row: Option<Id> = db.optional(sql, values![organization.0, number]).await?;
    Ok(row.map(|row| row.id))
}

/// What was said on a ticket last.
#[derive(Debug, FromQueryResult)]
pub(super) struct SaidRow {
    pub(super) body: String,
    pub(super) author: Option<String>,
}

/// The newest comment of a ticket, only a public one unless `with_internal`.
pub(super) async fn said_last<E: Executor>(
    db: &E,
    organization: OrganizationId,
    ticket: Uuid,
    with_internal: bool,
) -> Result<Option<SaidRow>> {
    let sql = "SELECT c.body, u.first_name || ' ' || u.last_name AS author
        FROM comments c LEFT JOIN users u ON u.id = c.author_id
        WHERE c.organization_id = $1 AND c.ticket_id = $2 AND (c.visibility = 'public' OR $3)
        ORDER BY c.created_at DESC, c.id DESC LIMIT 1";
    db.optional(sql, values![organization.0, ticket, with_internal])
        .await
}

#[derive(Debug, FromQueryResult)]
struct Name {
    name: String,
}

/// Name of the organization.
pub(super) async fn organization<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<String> {
    let sql = "SELECT name FROM organizations WHERE id = $1";
    let row: Option<Name> = db.optional(sql, values![organization.0]).await?;
    Ok(row.map(|row| row.name).unwrap_or_default())
}

/// First and last name of a person.
#[derive(Debug, FromQueryResult)]
pub(super) struct PersonRow {
    pub(super) first_name: String,
    pub(super) last_name: String,
}

/// Who looks at a preview.
pub(super) async fn person<E: Executor>(db: &E, actor: &Actor) -> Result<Option<PersonRow>> {
    let sql = "SELECT first_name, last_name FROM users WHERE id = $1 AND organization_id = $2";
    db.optional(sql, values![actor.user_id.0, actor.organization_id.0])
        .await
}
