//! Every statement of people.

mod list;
mod rights;
mod write;

pub(crate) use list::{Wanted, after, count, page};
pub(crate) use rights::{
    bump_epoch, give_role, has_active_admin, permissions, permissions_of_roles, role_names,
    roles_of, take_roles,
};
pub(crate) use write::{
    NewUser, end_sessions, insert, is_below, make_operator, set_active, unlock, update,
};

use chrono::{DateTime, Utc};
use steward_db::{Executor, FromQueryResult, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

/// A person with the names of manager, department and site.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct UserRow {
    pub(crate) id: Uuid,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) phone: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) manager_id: Option<Uuid>,
    pub(crate) manager_name: Option<String>,
    pub(crate) department_id: Option<Uuid>,
    pub(crate) department_name: Option<String>,
    pub(crate) site_id: Option<Uuid>,
    pub(crate) site_name: Option<String>,
    pub(crate) skills: serde_json::Value,
    pub(crate) away_from: Option<DateTime<Utc>>,
    pub(crate) away_until: Option<DateTime<Utc>>,
    pub(crate) max_open_tickets: Option<i32>,
    pub(crate) experience: i32,
    pub(crate) is_active: bool,
    pub(crate) is_operator: bool,
    pub(crate) is_verified: bool,
    pub(crate) mfa_enabled: bool,
    pub(crate) last_login_at: Option<DateTime<Utc>>,
    pub(crate) password_changed_at: Option<DateTime<Utc>>,
    pub(crate) locked_until: Option<DateTime<Utc>>,
    pub(crate) version: i64,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

const SELECT: &str =
    "SELECT u.id, u.username, u.email, u.first_name, u.last_name, u.phone, u.time_zone, u.locale,
       u.manager_id, m.first_name || ' ' || m.last_name AS manager_name,
       u.department_id, d.name AS department_name, u.site_id, s.name AS site_name,
       u.skills, u.away_from, u.away_until, u.max_open_tickets, u.experience, u.is_active, u.is_operator, u.is_verified, u.mfa_enabled,
       u.last_login_at, u.password_changed_at, u.locked_until, u.version, u.created_at, u.updated_at
     FROM users u LEFT JOIN users m ON m.id = u.manager_id
       LEFT JOIN departments d ON d.id = u.department_id LEFT JOIN sites s ON s.id = u.site_id";

pub(crate) async fn find<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<UserRow>> {
    let sql =
        format!("{SELECT} WHERE u.id = $1 AND u.organization_id = $2 AND u.deleted_at IS NULL");
    db.optional(&sql, values![id, organization.0]).await
}
