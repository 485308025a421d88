//! Running statements, inside or outside a transaction.

use crate::connection::Engine;
use sea_orm::{DatabaseBackend, DbErr, FromQueryResult, QueryResult, RuntimeErr, Statement, Value};
use steward_kernel::{Error, ErrorCode, Result};

/// Parameters of a statement, in the order of `$1`, `$2`, ….
pub type Values = Vec<Value>;

/// What stores run their statements on: a [`crate::Db`] (reads) or a [`crate::Tx`].
#[async_trait::async_trait]
pub trait Executor: Sync {
    /// Which engine this is, for the named dialect forks.
    fn engine(&self) -> Engine;
    /// Runs one statement; returns the number of rows it touched.
    async fn execute(&self, sql: &str, values: Values) -> Result<u64>;
    /// All rows as `T`, whose fields are named like the columns.
    async fn all<T: FromQueryResult + Send>(&self, sql: &str, values: Values) -> Result<Vec<T>>;
    /// The first row, if any.
    async fn optional<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: Values,
    ) -> Result<Option<T>>;
}

/// What runs statements: connections for single ones, or a transaction.
#[async_trait::async_trait]
pub(crate) trait Rows: Sync {
    /// The backend that statements are for.
    fn backend(&self) -> DatabaseBackend;
    /// All rows.
    async fn rows(&self, statement: Statement) -> std::result::Result<Vec<QueryResult>, DbErr>;
    /// The first row, if any.
    async fn row(&self, statement: Statement) -> std::result::Result<Option<QueryResult>, DbErr>;
    /// Runs it; returns the number of rows it touched.
    async fn execute(&self, statement: Statement) -> std::result::Result<u64, DbErr>;
}

fn statement(backend: DatabaseBackend, sql: &str, values: Values) -> Statement {
    let statement = Statement::from_sql_and_values(backend, sql, values);
    crate::record::note(&statement);
    statement
}

pub(crate) async fn execute<R: Rows + ?Sized>(on: &R, sql: &str, values: Values) -> Result<u64> {
    let statement = statement(on.backend(), sql, values);
    on.execute(statement).await.map_err(error)
}

pub(crate) async fn first_row<R: Rows + ?Sized>(from: &R, sql: &str) -> Result<(String, String)> {
    let statement = statement(from.backend(), sql, Vec::new());
    let row = from.row(statement).await.map_err(error)?;
    let row = row.ok_or_else(|| Error::internal("the query selects nothing"))?;
    let column = |index| row.try_get_by_index(index).map_err(error);
    Ok((column(0)?, column(1)?))
}

pub(crate) async fn all<R: Rows + ?Sized, T: FromQueryResult>(
    from: &R,
    sql: &str,
    values: Values,
) -> Result<Vec<T>> {
    let statement = statement(from.backend(), sql, values);
    let rows = from.rows(statement).await.map_err(error)?;
    rows.iter()
        .map(|row| T::from_query_result(row, "").map_err(error))
        .collect()
}

pub(crate) async fn optional<R: Rows + ?Sized, T: FromQueryResult>(
    from: &R,
    sql: &str,
    values: Values,
) -> Result<Option<T>> {
    let statement = statement(from.backend(), sql, values);
    let row = from.row(statement).await.map_err(error)?;
    row.map(|row| T::from_query_result(&row, "").map_err(error))
        .transpose()
}

/// A unique violation is the caller's conflict, a connection that cannot be
/// had is worth another try; anything else is ours.
pub(crate) fn error(cause: DbErr) -> Error {
    let known = match (&cause, cause.sql_err()) {
        (DbErr::ConnectionAcquire(_) | DbErr::Conn(_), _) => Some((
            ErrorCode::ServiceUnavailable,
            "the database is busy or away; nothing was changed, try again in a moment",
        )),
        (_, Some(sea_orm::SqlErr::UniqueConstraintViolation(_))) => Some((
            ErrorCode::ResourceConflict,
            "a record with the same name or key already exists",
        )),
        _ => None,
    };
    match known {
        Some((code, detail)) => Error {
            source: Some(Box::new(cause)),
            ..Error::new(code, detail)
        },
        None => Error::internal(cause),
    }
}

/// Whether a transaction failed because another one did something else meanwhile, so that it is
/// worth another try: a deadlock, a serialization failure, a reference that came or went
/// (SQLSTATE 40P01, 40001, 23503).
#[must_use]
pub fn collided(error: &Error) -> bool {
    let cause = error.source.as_ref();
    let cause = cause.and_then(|cause| cause.downcast_ref::<DbErr>());
    let Some(
        DbErr::Query(RuntimeErr::SqlxError(cause)) | DbErr::Exec(RuntimeErr::SqlxError(cause)),
    ) = cause
    else {
        return false;
    };
    let told = cause.as_database_error().and_then(|told| told.code());
    told.is_some_and(|code| ["40P01", "40001", "23503"].contains(&code.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::ConnAcquireErr;

    #[test]
    fn waiting_in_vain_for_a_connection_is_no_fault_of_the_request() {
        let error = error(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        assert_eq!(error.code, ErrorCode::ServiceUnavailable);
        assert!(error.source.is_some(), "the cause is kept for the log");
    }

    #[test]
    fn what_is_not_known_is_a_failure_of_ours() {
        let error = error(DbErr::Custom("torn".to_owned()));
        assert_eq!(error.code, ErrorCode::InternalServerError);
    }
}
