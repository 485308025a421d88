//! Connections and transactions on both engines.

use crate::executor::{self, Executor, Values};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection,
    DatabaseTransaction, DbErr, FromQueryResult, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use steward_kernel::{Error, Result};
use tokio::sync::Notify;

/// Which database is behind a [`Db`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One machine, one file.
    Sqlite,
    /// Several stateless nodes.
    Postgres,
}

/// A database: a pool for reads and a way into writing transactions.
///
/// SQLite has one writing connection beside the readers, so writers queue in
/// the pool and never on the file lock.
#[derive(Debug, Clone)]
pub struct Db {
    engine: Engine,
    read: DatabaseConnection,
    write: DatabaseConnection,
    work: Arc<Notify>,
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// When the address is of neither form or the database cannot be reached.
    pub async fn connect(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let pool = Database::connect(options(url, 16))
                .await
                .map_err(Error::internal)?;
            return Ok(Self {
                engine: Engine::Postgres,
                read: pool.clone(),
                write: pool,
                work: Arc::default(),
            });
        }
        let Some(path) = url.strip_prefix("sqlite:") else {
            let wrong = format!(
                "'{url}' is no database address; use sqlite:PATH or postgres://USER@HOST/NAME"
            );
            return Err(Error::internal(wrong));
        };
        let write = Database::connect(sqlite(path, "rwc", 1))
            .await
            .map_err(Error::internal)?;
        let read = Database::connect(sqlite(path, "rw", 4))
            .await
            .map_err(Error::internal)?;
        Ok(Self {
            engine: Engine::Sqlite,
            read,
            write,
            work: Arc::default(),
        })
    }

    /// Which engine this is, for the named dialect forks.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Starts a writing transaction; dropping it without [`Tx::commit`] undoes it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn write(&self, name: &'static str) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.engine == Engine::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = self
            .write
            .begin_with_options(options)
            .await
            .map_err(Error::internal)?;
        Ok(Tx {
            name,
            engine: self.engine,
            inner,
            work: Arc::clone(&self.work),
            brings_work: AtomicBool::new(false),
        })
    }

    /// Waits until a transaction of this process committed new background
    /// work. A hint: work of other processes is only found by looking.
    pub async fn work_arrived(&self) {
        self.work.notified().await;
    }

    /// Whether the database answers a trivial statement.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        self.read
            .execute_unprepared("SELECT 1")
            .await
            .map(drop)
            .map_err(Error::internal)
    }

    pub(crate) const fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Closes the pools; SQLite then checkpoints its log.
    ///
    /// # Errors
    /// When a connection cannot be closed.
    pub async fn close(self) -> std::result::Result<(), DbErr> {
        self.read.close().await?;
        if self.engine == Engine::Sqlite {
            self.write.close().await
        } else {
            Ok(())
        }
    }
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    options
}

fn sqlite(path: &str, mode: &str, connections: u32) -> ConnectOptions {
    let mut options = options(&format!("sqlite:{path}?mode={mode}"), connections);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
            .pragma("busy_timeout", "10000")
    });
    options
}

/// A writing transaction.
#[derive(Debug)]
pub struct Tx {
    name: &'static str,
    engine: Engine,
    inner: DatabaseTransaction,
    work: Arc<Notify>,
    brings_work: AtomicBool,
}

impl Tx {
    /// Makes the changes durable.
    ///
    /// # Errors
    /// When the database refuses; nothing is kept then.
    pub async fn commit(self) -> Result<()> {
        tracing::trace!(transaction = self.name, "commit");
        let brings_work = self.brings_work.into_inner();
        self.inner.commit().await.map_err(executor::error)?;
        if brings_work {
            self.work.notify_one();
        }
        Ok(())
    }

    /// Wakes the worker of this process when the transaction has committed.
    pub fn bring_work(&self) {
        self.brings_work.store(true, Ordering::Relaxed);
    }

    /// Which engine this is, for the named dialect forks.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }
}

#[async_trait::async_trait]
impl Executor for Db {
    async fn execute(&self, sql: &str, values: Values) -> Result<u64> {
        executor::execute(&self.write, sql, values).await
    }
    async fn all<T: FromQueryResult + Send>(&self, sql: &str, values: Values) -> Result<Vec<T>> {
        executor::all(&self.read, sql, values).await
    }
    async fn optional<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: Values,
    ) -> Result<Option<T>> {
        executor::optional(&self.read, sql, values).await
    }
}

#[async_trait::async_trait]
impl Executor for Tx {
    async fn execute(&self, sql: &str, values: Values) -> Result<u64> {
        executor::execute(&self.inner, sql, values).await
    }
    async fn all<T: FromQueryResult + Send>(&self, sql: &str, values: Values) -> Result<Vec<T>> {
        executor::all(&self.inner, sql, values).await
    }
    async fn optional<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: Values,
    ) -> Result<Option<T>> {
        executor::optional(&self.inner, sql, values).await
    }
}

/// The backend of a connection as an [`Engine`].
pub(crate) fn engine_of(backend: DatabaseBackend) -> Engine {
    if backend == DatabaseBackend::Postgres {
        Engine::Postgres
    } else {
        Engine::Sqlite
    }
}
