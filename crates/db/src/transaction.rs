//! Transactions on connections that rest before and after.

use crate::executor::Rows;
use crate::resting::{self, Held, Resting, Side, is_lost, query_error};
use sea_orm::sqlx::{self, AssertSqlSafe, IntoArguments, SqlSafeStr, SqlStr};
use sea_orm::{ConnAcquireErr, DatabaseBackend, DbErr, ExecResult, QueryResult, Statement};
use sea_query_sqlx::SqlxValues;
use sqlx_core::transaction::TransactionManager;
use std::sync::Arc;
use tokio::sync::Mutex;

/// A transaction or a savepoint in one, whichever the engine. Dropped before it was committed, it
/// is undone.
#[async_trait::async_trait]
pub(crate) trait Transaction: Rows + std::fmt::Debug + Send {
    /// Sets a savepoint.
    async fn savepoint(&self) -> Result<Box<dyn Transaction>, DbErr>;
    /// Keeps what was done.
    async fn commit(self: Box<Self>) -> Result<(), DbErr>;
}

/// Starts a transaction on a resting connection.
pub(crate) async fn begin<D>(home: Arc<Resting<D>>) -> Result<Box<dyn Transaction>, DbErr>
where
    D: Side,
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    ExecResult: From<D::QueryResult>,
{
    let start = || home.begin.map(|sql| AssertSqlSafe(sql).into_sql_str());
    let mut held = home.take().await?;
    let mut begun = begin_on::<D>(&mut held, start()).await;
    if begun.as_ref().is_err_and(is_lost) {
        held = home.replace(held).await?;
        begun = begin_on::<D>(&mut held, start()).await;
    }
    begun.map_err(query_error)?;
    Ok(Box::new(Open {
        held: Arc::new(Mutex::new(Some(held))),
        home,
        is_savepoint: false,
        is_open: true,
    }))
}

async fn begin_on<D: Side>(
    connection: &mut D::Connection,
    start: Option<SqlStr>,
) -> Result<(), sqlx::Error> {
    D::TransactionManager::begin(connection, start).await
}

/// An open transaction. Savepoints share its connection.
#[derive(Debug)]
struct Open<D: Side> {
    home: Arc<Resting<D>>,
    held: Arc<Mutex<Option<Held<D>>>>,
    is_savepoint: bool,
    is_open: bool,
}

fn over() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)
}

#[async_trait::async_trait]
impl<D> Transaction for Open<D>
where
    D: Side,
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    ExecResult: From<D::QueryResult>,
{
    async fn savepoint(&self) -> Result<Box<dyn Transaction>, DbErr> {
        let mut held = self.held.lock().await;
        let connection = held.as_mut().ok_or_else(over)?;
        begin_on::<D>(connection, None).await.map_err(query_error)?;
        Ok(Box::new(Self {
            home: Arc::clone(&self.home),
            held: Arc::clone(&self.held),
            is_savepoint: true,
            is_open: true,
        }))
    }

    async fn commit(mut self: Box<Self>) -> Result<(), DbErr> {
        let held = Arc::clone(&self.held);
        let mut held = held.lock().await;
        let connection = held.as_mut().ok_or_else(over)?;
        let done = D::TransactionManager::commit(connection).await;
        if let Err(cause) = done {
            // Undone when this is dropped, which looks for the connection.
            drop(held);
            return Err(query_error(cause));
        }
        self.is_open = false;
        if !self.is_savepoint
            && let Some(connection) = held.take()
        {
            self.home.rest(connection);
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl<D> Rows for Open<D>
where
    D: Side,
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    ExecResult: From<D::QueryResult>,
{
    fn backend(&self) -> DatabaseBackend {
        self.home.backend()
    }

    async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut held = self.held.lock().await;
        let connection = held.as_mut().ok_or_else(over)?;
        let rows = resting::ask::<D>(connection, &statement, false).await;
        let rows = rows.map_err(query_error)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn row(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let mut held = self.held.lock().await;
        let connection = held.as_mut().ok_or_else(over)?;
        let row = resting::ask::<D>(connection, &statement, true).await;
        Ok(row.map_err(query_error)?.into_iter().next().map(Into::into))
    }

    async fn execute(&self, statement: Statement) -> Result<u64, DbErr> {
        let mut held = self.held.lock().await;
        let connection = held.as_mut().ok_or_else(over)?;
        resting::execute::<D>(connection, statement).await
    }
}

impl<D: Side> Drop for Open<D> {
    /// Only begun here; the connection does it before anything else, at the latest when the pool
    /// takes it back.
    fn drop(&mut self) {
        if !self.is_open {
            return;
        }
        if let Ok(mut held) = self.held.try_lock()
            && let Some(connection) = held.as_mut()
        {
            D::TransactionManager::start_rollback(connection);
        }
    }
}
