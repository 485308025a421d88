//! Connections that rest between two uses.
//!
//! A pool of sqlx gives a connection back in a task of its own, with a round trip that asks
//! whether it still lives; of a short statement that is half of what it costs, and it hands out
//! the one that waited longest. So connections rest here, and the last one used is the first one
//! taken: it has the plans and the pages of what was just asked. The pool opens and closes them.
//!
//! Whoever takes a connection first takes a turn, in the order of asking, so that nobody waits at
//! the pool for a connection that rests.

use crate::executor::Rows;
use crate::pool::TESTED_AFTER;
use crate::transaction::{self, Transaction};
use sea_orm::sea_query::Values;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, IntoArguments, Pool};
use sea_orm::{
    ConnAcquireErr, DatabaseBackend, DatabaseConnection, DbErr, ExecResult, QueryResult,
    RuntimeErr, Statement,
};
use sea_query_sqlx::SqlxValues;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A connection that nobody wanted for so long goes back to the pool, which closes those that it
/// does not need.
const UNWANTED_AFTER: Duration = Duration::from_secs(600);
/// A connection this old goes back to the pool, which opens another one in its place.
const OLD_AFTER: Duration = Duration::from_secs(1800);

/// The connections of one engine, whichever it is.
#[async_trait::async_trait]
pub(crate) trait Connections: Rows + std::fmt::Debug + Send {
    /// Starts a transaction.
    async fn begin(self: Arc<Self>) -> Result<Box<dyn Transaction>, DbErr>;
    /// How many connections rest.
    fn resting(&self) -> u32;
    /// Gives every resting connection back to its pool.
    fn close(&self);
    /// Waits until none is in use and gives all back to the pool; they stay there for as long as
    /// what this returns is kept.
    async fn halt(&self) -> Result<OwnedSemaphorePermit, DbErr>;
}

/// Up to `most` connections of a pool, with what starts a transaction there. The pool should have
/// one more where others than these use it.
pub(crate) fn of(
    pool: &DatabaseConnection,
    most: u32,
    begin: Option<&'static str>,
) -> Arc<dyn Connections> {
    match pool.get_database_backend() {
        DatabaseBackend::Postgres => {
            let pool = pool.get_postgres_connection_pool().clone();
            Arc::new(Resting::over(pool, DatabaseBackend::Postgres, most, begin))
        }
        _ => {
            let pool = pool.get_sqlite_connection_pool().clone();
            Arc::new(Resting::over(pool, DatabaseBackend::Sqlite, most, begin))
        }
    }
}

/// What the connections of an engine can do.
pub(crate) trait Side: sqlx::Database {}
impl Side for sqlx::Sqlite {}
impl Side for sqlx::Postgres {}

/// A connection in use. Dropped, it goes back to the pool, which looks what is the matter with
/// it; see [`Resting::rest`].
#[derive(Debug)]
pub(crate) struct Held<D: Side> {
    connection: PoolConnection<D>,
    taken_at: Instant,
    turn: OwnedSemaphorePermit,
}

impl<D: Side> Deref for Held<D> {
    type Target = D::Connection;
    fn deref(&self) -> &D::Connection {
        &self.connection
    }
}

impl<D: Side> DerefMut for Held<D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        &mut self.connection
    }
}

#[derive(Debug)]
struct Rested<D: Side> {
    connection: PoolConnection<D>,
    taken_at: Instant,
    since: Instant,
}

/// Connections of one engine.
#[derive(Debug)]
pub(crate) struct Resting<D: Side> {
    pool: Pool<D>,
    backend: DatabaseBackend,
    pub(crate) begin: Option<&'static str>,
    most: u32,
    turns: Arc<Semaphore>,
    kept: Mutex<Vec<Rested<D>>>,
}

impl<D: Side> Resting<D> {
    fn over(
        pool: Pool<D>,
        backend: DatabaseBackend,
        most: u32,
        begin: Option<&'static str>,
    ) -> Self {
        Self {
            pool,
            backend,
            begin,
            most,
            turns: Arc::new(Semaphore::new(usize::try_from(most).unwrap_or(1))),
            kept: Mutex::new(Vec::new()),
        }
    }

    fn kept<T>(&self, look: impl FnOnce(&mut Vec<Rested<D>>) -> T) -> T {
        look(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn turns(&self, number: u32) -> Result<OwnedSemaphorePermit, DbErr> {
        let turns = Arc::clone(&self.turns).acquire_many_owned(number);
        let patience = self.pool.options().get_acquire_timeout();
        let turns = tokio::time::timeout(patience, turns).await;
        turns
            .map_err(|_| not_had(sqlx::Error::PoolTimedOut))?
            .map_err(|_| not_had(sqlx::Error::PoolClosed))
    }

    /// A connection for use; one that rested for long is asked whether it lives.
    pub(crate) async fn take(&self) -> Result<Held<D>, DbErr> {
        let turn = self.turns(1).await?;
        let Some(rested) = self.kept(Vec::pop) else {
            return self.fresh(turn).await;
        };
        let mut held = Held {
            connection: rested.connection,
            taken_at: rested.taken_at,
            turn,
        };
        if rested.since.elapsed() < TESTED_AFTER || held.ping().await.is_ok() {
            return Ok(held);
        }
        self.replace(held).await
    }

    async fn fresh(&self, turn: OwnedSemaphorePermit) -> Result<Held<D>, DbErr> {
        Ok(Held {
            connection: self.pool.acquire().await.map_err(not_had)?,
            taken_at: Instant::now(),
            turn,
        })
    }

    /// A connection that answers, in place of one that was lost. What rests was lost too: the
    /// pool closes those that do not answer as they come back.
    pub(crate) async fn replace(&self, lost: Held<D>) -> Result<Held<D>, DbErr> {
        let Held {
            connection, turn, ..
        } = lost;
        drop(connection);
        self.kept(Vec::clear);
        let mut held = self.fresh(turn).await?;
        while held.ping().await.is_err() {
            held.connection = self.pool.acquire().await.map_err(not_had)?;
        }
        Ok(held)
    }

    /// Lets a connection rest whose last use ended well; any other is dropped.
    pub(crate) fn rest(&self, held: Held<D>) {
        let Held {
            connection,
            taken_at,
            turn,
        } = held;
        if taken_at.elapsed() > OLD_AFTER || self.pool.is_closed() {
            return;
        }
        let rested = Rested {
            connection,
            taken_at,
            since: Instant::now(),
        };
        self.kept(|kept| {
            kept.retain(|one| one.since.elapsed() < UNWANTED_AFTER);
            kept.push(rested);
        });
        drop(turn);
    }
}

#[async_trait::async_trait]
impl<D> Connections for Resting<D>
where
    D: Side,
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    ExecResult: From<D::QueryResult>,
{
    async fn begin(self: Arc<Self>) -> Result<Box<dyn Transaction>, DbErr> {
        transaction::begin(self).await
    }

    fn resting(&self) -> u32 {
        u32::try_from(self.kept(|kept| kept.len())).unwrap_or(u32::MAX)
    }

    fn close(&self) {
        self.kept(Vec::clear);
    }

    async fn halt(&self) -> Result<OwnedSemaphorePermit, DbErr> {
        let all = self.turns(self.most).await?;
        self.kept(Vec::clear);
        Ok(all)
    }
}

#[async_trait::async_trait]
impl<D> Rows for Resting<D>
where
    D: Side,
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
    ExecResult: From<D::QueryResult>,
{
    fn backend(&self) -> DatabaseBackend {
        self.backend
    }

    async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let rows = self.read(&statement, false).await?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn row(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let rows = self.read(&statement, true).await?;
        Ok(rows.into_iter().next().map(Into::into))
    }

    /// Not tried again on another connection: it may have been done.
    async fn execute(&self, statement: Statement) -> Result<u64, DbErr> {
        let mut held = self.take().await?;
        let done = execute(&mut held, statement).await?;
        self.rest(held);
        Ok(done)
    }
}

impl<D> Resting<D>
where
    D: Side,
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
{
    /// Reading twice does no harm, so a connection that was lost at rest, as when the database
    /// started anew, is no failure.
    async fn read(&self, statement: &Statement, is_one: bool) -> Result<Vec<D::Row>, DbErr> {
        let mut held = self.take().await?;
        let mut read = ask(&mut held, statement, is_one).await;
        if read.as_ref().is_err_and(is_lost) {
            held = self.replace(held).await?;
            read = ask(&mut held, statement, is_one).await;
        }
        let rows = read.map_err(query_error)?;
        self.rest(held);
        Ok(rows)
    }
}

/// Selects the first row, or all.
pub(crate) async fn ask<D>(
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

/// Runs a statement; returns the number of rows it touched.
pub(crate) async fn execute<D>(
    connection: &mut D::Connection,
    statement: Statement,
) -> Result<u64, DbErr>
where
    D: sqlx::Database,
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
    ExecResult: From<D::QueryResult>,
{
    let values = statement.values.unwrap_or(Values(Vec::new()));
    let query = sqlx::query_with(AssertSqlSafe(statement.sql), SqlxValues(values));
    let done = query.execute(connection).await;
    let done = done.map_err(|cause| DbErr::Exec(RuntimeErr::SqlxError(cause.into())))?;
    Ok(ExecResult::from(done).rows_affected())
}

/// Whether the connection broke, or PostgreSQL ended it (class 57P: operator intervention).
pub(crate) fn is_lost(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(told) => told.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}

pub(crate) fn query_error(cause: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(cause.into()))
}

impl<D: Side> Drop for Resting<D> {
    /// Without a runtime a pool cannot take connections back: they are closed here.
    fn drop(&mut self) {
        if tokio::runtime::Handle::try_current().is_err() {
            let rested = self.kept(std::mem::take);
            rested
                .into_iter()
                .for_each(|one| drop(one.connection.detach()));
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
