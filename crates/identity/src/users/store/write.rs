//! Writing people.

use steward_db::{Executor, FromQueryResult, Tx, time::to_db, values};
use steward_domain::identity::profile::{self, Profile};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// A new row of `users`.
#[derive(Debug)]
pub(crate) struct NewUser {
    pub(crate) id: Uuid,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) password_hash: Option<String>,
}

pub(crate) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    user: &NewUser,
    now: Instant,
) -> Result<()> {
    let search_text = profile::search_text(
        &user.first_name,
        &user.last_name,
        &user.email,
        &user.username,
    );
    tx.execute(
        "INSERT INTO users (id, organization_id, username, email, first_name, last_name, password_hash, is_active,
           is_operator, failed_login_attempts, password_changed_at, search_text, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $11, $12, 1, $10, $10)",
        values![
            user.id,
            organization.0,
            user.username.clone(),
            user.email.clone(),
            user.first_name.clone(),
            user.last_name.clone(),
            user.password_hash.clone(),
            true,
            false,
            to_db(now),
            user.password_hash.as_ref().map(|_| to_db(now)),
            search_text
        ],
    )
    .await
    .map(drop)
}

/// Writes the profile over the version that was read; false when there is a newer one.
pub(crate) async fn update(
    tx: &Tx,
    organization: OrganizationId,
    id: Uuid,
    profile: &Profile,
    version: i64,
    now: Instant,
) -> Result<bool> {
    let skills = serde_json::to_value(&profile.skills).map_err(Error::internal)?;
    let touched = tx
        .execute(
            "UPDATE users SET username = $4, email = $5, first_name = $6, last_name = $7, phone = $8, time_zone = $9,
               locale = $10, manager_id = $11, department_id = $12, site_id = $13, skills = $14, away_from = $15,
               away_until = $16, max_open_tickets = $17, experience = $18, is_verified = $19, search_text = $20,
               version = version + 1, updated_at = $21
             WHERE id = $1 AND organization_id = $2 AND version = $3 AND deleted_at IS NULL",
            values![
                id,
                organization.0,
                version,
                profile.username.clone(),
                profile.email.clone(),
                profile.first_name.clone(),
                profile.last_name.clone(),
                profile.phone.clone(),
                profile.time_zone.clone(),
                profile.locale.clone(),
                profile.manager_id,
                profile.department_id,
                profile.site_id,
                skills,
                profile.away_from.map(to_db),
                profile.away_until.map(to_db),
                profile.max_open_tickets,
                profile.experience,
                profile.is_verified,
                profile.search_text(),
                to_db(now)
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Lets a person sign in, or no longer.
pub(crate) async fn set_active(
    tx: &Tx,
    organization: OrganizationId,
    user: Uuid,
    is_active: bool,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "UPDATE users SET is_active = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND organization_id = $2",
        values![user, organization.0, is_active, to_db(now)],
    )
    .await
    .map(drop)
}

/// Makes a person an operator of the deployment.
pub(crate) async fn make_operator(tx: &Tx, user: Uuid) -> Result<()> {
    let sql = "UPDATE users SET is_operator = $2, version = version + 1 WHERE id = $1";
    tx.execute(sql, values![user, true]).await.map(drop)
}

/// Ends a lockout.
pub(crate) async fn unlock(
    tx: &Tx,
    organization: OrganizationId,
    user: Uuid,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "UPDATE users SET failed_login_attempts = 0, locked_until = NULL, version = version + 1, updated_at = $3
         WHERE id = $1 AND organization_id = $2",
        values![user, organization.0, to_db(now)],
    )
    .await
    .map(drop)
}

/// Ends every session of a person.
pub(crate) async fn end_sessions(tx: &Tx, user: Uuid, now: Instant) -> Result<()> {
    tx.execute(
        "UPDATE sessions SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL",
        values![user, to_db(now)],
    )
    .await
    .map(drop)
}

#[derive(Debug, FromQueryResult)]
struct Above {
    #[expect(dead_code, reason = "only its presence counts")]
    id: Option<Uuid>,
}

/// Whether `boss` is `user` or somewhere below them: then `boss` cannot be the manager of `user`.
pub(crate) async fn is_below(tx: &Tx, user: Uuid, boss: Uuid) -> Result<bool> {
    let sql = "WITH RECURSIVE above (id, depth) AS (
          SELECT id, 0 FROM users WHERE id = $2
          UNION ALL SELECT u.manager_id, above.depth + 1 FROM users u JOIN above ON above.id = u.id
            WHERE u.manager_id IS NOT NULL AND above.depth < 100)
        SELECT id FROM above WHERE id = $1 LIMIT 1";
    let found = tx.optional::<Above>(sql, values![user, boss]).await?;
    Ok(found.is_some())
}
