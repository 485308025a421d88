//! People and teams that a body names.

use crate::tickets::store;
use steward_db::Tx;
use steward_kernel::{Actor, Error, ErrorCode, Result};
use uuid::Uuid;

/// Name of an active person of the organization.
pub(crate) async fn person(tx: &Tx, actor: &Actor, field: &str, id: Uuid) -> Result<String> {
    store::person_name(tx, actor.organization_id, id)
        .await?
        .ok_or_else(|| unknown(field, id))
}

/// Name of a team of the organization.
pub(crate) async fn team(tx: &Tx, actor: &Actor, id: Uuid) -> Result<String> {
    store::team_name(tx, actor.organization_id, id)
        .await?
        .ok_or_else(|| unknown("team_id", id))
}

/// A body names a person or team that the organization does not have.
fn unknown(field: &str, id: Uuid) -> Error {
    let message = format!("{id} was not found in your organization");
    Error {
        code: ErrorCode::ResourceNotFound,
        ..Error::field(field, "unknown_value", message)
    }
}
