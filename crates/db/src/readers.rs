//! Connections for single statements, outside of transactions.
//!
//! A pool of sqlx gives a connection back in a task of its own, with a round trip that asks
//! whether it still lives; of a short statement that is half of what it costs. So a few
//! connections rest here between two statements. The last one used is the first one taken: it
//! has the plans and the pages of what was just asked.

use crate::executor::Rows;
use crate::pool::TESTED_AFTER;
use sea_orm::sea_query::Values;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, IntoArguments, Pool, Postgres, Sqlite};
use sea_orm::{
    ConnAcquireErr, DatabaseBackend, DatabaseConnection, DbErr, QueryResult, RuntimeErr, Statement,
};
use sea_query_sqlx::SqlxValues;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Most connections that rest.
const MOST: usize = 4;

/// The connections that read.
#[derive(Debug)]
pub(crate) enum Readers {
    /// Of a SQLite database.
    Sqlite(Resting<Sqlite>),
    /// Of a PostgreSQL database.
    Postgres(Resting<Postgres>),
}

impl Readers {
    /// Over the pool of a SQLite database.
    pub(crate) fn sqlite(pool: &DatabaseConnection) -> Self {
        Self::Sqlite(Resting::over(pool.get_sqlite_connection_pool().clone()))
    }

    /// Over the pool of a PostgreSQL database.
    pub(crate) fn postgres(pool: &DatabaseConnection) -> Self {
        Self::Postgres(Resting::over(pool.get_postgres_connection_pool().clone()))
    }

    /// How many connections rest.
    pub(crate) fn resting(&self) -> u32 {
        let number = match self {
            Self::Sqlite(resting) => resting.kept(|kept| kept.len()),
            Self::Postgres(resting) => resting.kept(|kept| kept.len()),
        };
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// Gives every resting connection back to its pool.
    pub(crate) fn close(&self) {
        match self {
            Self::Sqlite(resting) => resting.kept(Vec::clear),
            Self::Postgres(resting) => resting.kept(Vec::clear),
        }
    }
}

#[async_trait::async_trait]
impl Rows for Readers {
    fn backend(&self) -> DatabaseBackend {
        match self {
            Self::Sqlite(_) => DatabaseBackend::Sqlite,
            Self::Postgres(_) => DatabaseBackend::Postgres,
        }
    }
    async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(resting) => resting.rows(statement).await,
            Self::Postgres(resting) => resting.rows(statement).await,
        }
    }
    async fn row(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(resting) => resting.row(statement).await,
            Self::Postgres(resting) => resting.row(statement).await,
        }
    }
}

/// A connection, and since when it rests.
type Rested<D> = (Instant, PoolConnection<D>);

/// Connections of one engine.
#[derive(Debug)]
pub(crate) struct Resting<D: sqlx::Database> {
    pool: Pool<D>,
    kept: Mutex<Vec<Rested<D>>>,
}

impl<D: sqlx::Database> Resting<D> {
    const fn over(pool: Pool<D>) -> Self {
        Self {
            pool,
            kept: Mutex::new(Vec::new()),
        }
    }

    fn kept<T>(&self, look: impl FnOnce(&mut Vec<Rested<D>>) -> T) -> T {
        look(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn take(&self) -> Result<PoolConnection<D>, DbErr> {
        let rested = self.kept(|kept| {
            let (since, connection) = kept.pop()?;
            if since.elapsed() < TESTED_AFTER {
                return Some(connection);
            }
            // The others rest for longer still. The pool asks them whether they live.
            kept.clear();
            None
        });
        match rested {
            Some(connection) => Ok(connection),
            None => self.pool.acquire().await.map_err(not_had),
        }
    }

    /// Only a connection whose statement ended well rests here; any other goes back to the pool,
    /// which looks what is the matter with it.
    fn rest(&self, connection: PoolConnection<D>) {
        self.kept(|kept| {
            if kept.len() < MOST && !self.pool.is_closed() {
                kept.push((Instant::now(), connection));
            }
        });
    }
}

impl<D> Resting<D>
where
    D: sqlx::Database,
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
{
    async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let rows = self.read(&statement, false).await?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn row(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let rows = self.read(&statement, true).await?;
        Ok(rows.into_iter().next().map(Into::into))
    }

    /// Reading twice does no harm, so a connection that was lost at rest, as when the database
    /// started anew, is no failure.
    async fn read(&self, statement: &Statement, is_one: bool) -> Result<Vec<D::Row>, DbErr> {
        let mut connection = self.take().await?;
        let mut read = ask(&mut connection, statement, is_one).await;
        if read.as_ref().is_err_and(is_lost) {
            drop(connection);
            connection = self.living().await?;
            read = ask(&mut connection, statement, is_one).await;
        }
        let rows = read.map_err(|cause| DbErr::Query(RuntimeErr::SqlxError(cause.into())))?;
        self.rest(connection);
        Ok(rows)
    }

    /// A connection that answers. Those that do not are closed by the pool as they come back.
    async fn living(&self) -> Result<PoolConnection<D>, DbErr> {
        self.kept(Vec::clear);
        loop {
            let mut connection = self.pool.acquire().await.map_err(not_had)?;
            if connection.ping().await.is_ok() {
                return Ok(connection);
            }
        }
    }
}

async fn ask<D>(
    connection: &mut D::Connection,
    statement: &Statement,
    is_one: bool,
) -> Result<Vec<D::Row>, sqlx::Error>
where
    D: sqlx::Database,
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
{
    let values = statement.values.clone().unwrap_or(Values(Vec::new()));
    let query = sqlx::query_with(AssertSqlSafe(statement.sql.as_str()), SqlxValues(values));
    if is_one {
        let row = query.fetch_optional(connection).await?;
        return Ok(row.into_iter().collect());
    }
    query.fetch_all(connection).await
}

/// Whether the connection broke, or PostgreSQL ended it (class 57P: operator intervention).
fn is_lost(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(told) => told.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}

impl<D: sqlx::Database> Drop for Resting<D> {
    /// Without a runtime a pool cannot take connections back: they are closed here.
    fn drop(&mut self) {
        if tokio::runtime::Handle::try_current().is_err() {
            self.kept(|kept| kept.drain(..).for_each(|(_, rested)| drop(rested.detach())));
        }
    }
}

fn not_had(cause: sqlx::Error) -> DbErr {
    match cause {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        cause => DbErr::Conn(RuntimeErr::SqlxError(cause.into())),
    }
}
