//! Use cases of the priority matrix.

use super::dto::{MatrixInput, MatrixView};
use super::store::{self, MatrixRow};
use steward_db::{Executor, time::from_db};
use steward_domain::incidents::events::IncidentEvent;
use steward_domain::incidents::rules::PriorityMatrix;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, events};

/// The organization's matrix, the default one until it was changed.
pub(crate) async fn matrix<E: Executor>(
    db: &E,
    organization: OrganizationId,
) -> Result<PriorityMatrix> {
    let row = store::find(db, organization).await?;
    row.map_or_else(|| Ok(PriorityMatrix::default()), |row| cells(&row))
}

fn cells(row: &MatrixRow) -> Result<PriorityMatrix> {
    serde_json::from_value(row.cells.clone()).map_err(Error::internal)
}

fn view(organization: OrganizationId, row: Option<&MatrixRow>) -> Result<MatrixView> {
    let matrix = row.map_or_else(|| Ok(PriorityMatrix::default()), cells)?;
    Ok(MatrixView {
        id: organization.0,
        cells: (&matrix).into(),
        is_default: matrix == PriorityMatrix::default(),
        version: row.map_or(0, |row| row.version),
        created_at: row.map(|row| from_db(row.created_at)),
        updated_at: row.map(|row| from_db(row.updated_at)),
    })
}

/// The matrix, for everyone who reads tickets.
pub(super) async fn get(app: &App, actor: &Actor) -> Result<MatrixView> {
    if !actor.may("ticket:read") {
        return Err(Error::forbidden("ticket:read"));
    }
    let row = store::find(&app.db, actor.organization_id).await?;
    view(actor.organization_id, row.as_ref())
}

/// Replaces the matrix.
pub(super) async fn replace(
    app: &App,
    actor: &Actor,
    input: MatrixInput,
    if_match: Option<i64>,
    now: Instant,
) -> Result<MatrixView> {
    if !actor.may("priority_matrix:manage") {
        return Err(Error::forbidden("priority_matrix:manage"));
    }
    let organization = actor.organization_id;
    let cells = serde_json::to_value(PriorityMatrix::from(input.cells)).map_err(Error::internal)?;
    let tx = app.db.write("priority_matrix.replace").await?;
    // The row's lock makes writers queue, also before the first change.
    let seen = store::lock(&tx, organization).await?;
    if if_match.is_some_and(|version| version != seen) {
        let detail = format!(
            "the priority matrix is at version {seen} by now; load it again and repeat your change"
        );
        return Err(Error::new(ErrorCode::PreconditionFailed, detail));
    }
    store::save(&tx, organization, cells, now).await?;
    let row = store::find(&tx, organization).await?;
    let view = view(organization, row.as_ref())?;
    let event = IncidentEvent::PriorityMatrixChanged {
        version: view.version,
    };
    events::publish(&tx, actor, organization.0, &event, now).await?;
    tx.commit().await?;
    Ok(view)
}
