//! Connections and transactions on both engines.

use crate::Unit;
use crate::executor::{self, Executor, Values};
use crate::pool::{self, PoolState};
use crate::resting::{self, Connections};
use crate::transaction::Transaction;
use sea_orm::{Database, DatabaseBackend, DatabaseConnection, DbErr, FromQueryResult};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use steward_kernel::{Error, Instant, Result};
use tokio::sync::{Notify, OwnedSemaphorePermit};

/// Which database is behind a [`Db`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// One machine, one file.
    Sqlite,
    /// Several stateless nodes.
    Postgres,
}

/// A database: a pool for reads and a way into writing transactions.
///
/// SQLite has one writing connection beside the readers, so writers queue for
/// it and never on the file lock.
#[derive(Debug, Clone)]
pub struct Db {
    engine: Engine,
    read: DatabaseConnection,
    readers: Arc<dyn Connections>,
    write: DatabaseConnection,
    writers: Arc<dyn Connections>,
    nudges: Arc<Nudges>,
}

/// Whom a commit of this process wakes.
#[derive(Debug, Default)]
pub(crate) struct Nudges {
    work: Notify,
    outside_work: Notify,
    news: Notify,
    deliveries: Notify,
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// When the address is of neither form or the database cannot be reached.
    pub async fn connect(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let pool = Database::connect(pool::postgres(url))
                .await
                .map_err(Error::internal)?;
            let connections = resting::of(&pool, pool::POSTGRES - pool::SPARE, None);
            return Ok(Self {
                engine: Engine::Postgres,
                read: pool.clone(),
                readers: Arc::clone(&connections),
                write: pool,
                writers: connections,
                nudges: Arc::default(),
            });
        }
        let Some(path) = url.strip_prefix("sqlite:") else {
            let wrong = format!(
                "'{url}' is no database address; use sqlite:PATH or postgres://USER@HOST/NAME"
            );
            return Err(Error::internal(wrong));
        };
        let write = Database::connect(pool::sqlite(path, "rwc", 1, pool::WRITER_CACHE))
            .await
            .map_err(Error::internal)?;
        let read = Database::connect(pool::sqlite(
            path,
            "rw",
            pool::SQLITE_READERS,
            pool::READER_CACHE,
        ))
        .await
        .map_err(Error::internal)?;
        Ok(Self {
            engine: Engine::Sqlite,
            readers: resting::of(&read, pool::SQLITE_READERS - pool::SPARE, None),
            writers: resting::of(&write, 1, Some("BEGIN IMMEDIATE")),
            read,
            write,
            nudges: Arc::default(),
        })
    }

    /// Which engine this is, for the named dialect forks.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Starts a writing transaction; dropping it without [`Tx::commit`] undoes it.
    /// Inside an open [`Unit`] it is a savepoint of the unit's transaction.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn write(&self, name: &'static str) -> Result<Tx> {
        match Unit::outer(self).await? {
            Some(outer) => outer.nested(name).await,
            None => self.begin(name).await,
        }
    }

    pub(crate) async fn begin(&self, name: &'static str) -> Result<Tx> {
        let begun = Arc::clone(&self.writers).begin().await;
        let inner = begun.map_err(executor::error)?;
        Ok(Tx {
            name,
            engine: self.engine,
            inner,
            nudges: Arc::clone(&self.nudges),
            brings: Arc::default(),
            is_nested: false,
        })
    }

    /// Waits until a transaction of this process committed new background
    /// work. A hint: work of other processes is only found by looking.
    pub async fn work_arrived(&self) {
        self.nudges.work.notified().await;
    }

    /// As [`Db::work_arrived`], of work that talks to other machines.
    pub async fn outside_work_arrived(&self) {
        self.nudges.outside_work.notified().await;
    }

    /// Waits until a transaction of this process committed events, or someone
    /// called [`Db::nudge_news`]. A hint, as [`Db::work_arrived`]; for one waiter.
    pub async fn news_arrived(&self) {
        self.nudges.news.notified().await;
    }

    /// As [`Db::news_arrived`], for what sends events to other programs: it also
    /// wakes when a transaction committed that calls [`Tx::bring_deliveries`].
    pub async fn deliveries_arrived(&self) {
        self.nudges.deliveries.notified().await;
    }

    /// Wakes who waits for events.
    pub fn nudge_news(&self) {
        self.nudges.news.notify_one();
    }

    /// Whether the database answers a trivial statement.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        self.row("SELECT '', ''").await.map(drop)
    }

    /// What the database says of itself.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn facts(&self) -> Result<Facts> {
        let sql = match self.engine {
            Engine::Sqlite => "SELECT 'SQLite ' || sqlite_version(), strftime('%Y-%m-%dT%H:%M:%fZ')",
            Engine::Postgres => {
                "SELECT 'PostgreSQL ' || current_setting('server_version'),
                        to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
            }
        };
        let (version, now) = self.row(sql).await?;
        Ok(Facts {
            version,
            now: now.parse().map_err(Error::internal)?,
        })
    }

    /// Bytes that the database takes on its disk.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn size(&self) -> Result<u64> {
        let sql = match self.engine {
            Engine::Sqlite => {
                "SELECT CAST(page_count * page_size AS text), '' FROM pragma_page_count(), pragma_page_size()"
            }
            Engine::Postgres => "SELECT pg_database_size(current_database())::text, ''",
        };
        let (bytes, _) = self.row(sql).await?;
        bytes.parse().map_err(Error::internal)
    }

    /// How the pools stand, for metrics.
    #[must_use]
    pub fn pools(&self) -> Vec<PoolState> {
        let resting = self.readers.resting();
        match self.engine {
            Engine::Sqlite => vec![
                PoolState::sqlite("read", &self.read, resting),
                PoolState::sqlite("write", &self.write, self.writers.resting()),
            ],
            Engine::Postgres => vec![PoolState::postgres("all", &self.read, resting)],
        }
    }

    async fn row(&self, sql: &str) -> Result<(String, String)> {
        executor::first_row(&*self.readers, sql).await
    }

    /// Runs a statement that stands for itself, also inside a [`Unit`].
    pub(crate) async fn alone(&self, sql: &str, values: Values) -> Result<()> {
        let done = executor::execute(&*self.writers, sql, values);
        done.await.map(drop)
    }

    /// Waits until nothing is written, and keeps it so for as long as the result is kept.
    pub(crate) async fn halt(&self) -> Result<OwnedSemaphorePermit> {
        self.writers.halt().await.map_err(executor::error)
    }

    pub(crate) const fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    pub(crate) const fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Closes the pools; SQLite then checkpoints its log.
    ///
    /// # Errors
    /// When a connection cannot be closed.
    pub async fn close(self) -> std::result::Result<(), DbErr> {
        self.readers.close();
        self.writers.close();
        self.read.close().await?;
        if self.engine == Engine::Sqlite {
            self.write.close().await
        } else {
            Ok(())
        }
    }
}

/// What a database says of itself.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Engine and version.
    pub version: String,
    /// Its clock.
    pub now: Instant,
}

/// What a transaction brings.
#[derive(Debug, Default)]
struct Brings {
    work: AtomicBool,
    outside_work: AtomicBool,
    news: AtomicBool,
    deliveries: AtomicBool,
}

/// A writing transaction.
#[derive(Debug)]
pub struct Tx {
    name: &'static str,
    engine: Engine,
    inner: Box<dyn Transaction>,
    nudges: Arc<Nudges>,
    brings: Arc<Brings>,
    is_nested: bool,
}

impl Tx {
    async fn nested(&self, name: &'static str) -> Result<Self> {
        let inner = self.inner.savepoint().await.map_err(executor::error)?;
        Ok(Self {
            name,
            engine: self.engine,
            inner,
            nudges: Arc::clone(&self.nudges),
            brings: Arc::clone(&self.brings),
            is_nested: true,
        })
    }

    /// Makes the changes durable; inside a [`Unit`], as soon as the unit ends.
    ///
    /// # Errors
    /// When the database refuses; nothing is kept then.
    pub async fn commit(self) -> Result<()> {
        tracing::trace!(transaction = self.name, "commit");
        self.inner.commit().await.map_err(executor::error)?;
        if !self.is_nested {
            if self.brings.work.load(Ordering::Relaxed) {
                self.nudges.work.notify_one();
            }
            if self.brings.outside_work.load(Ordering::Relaxed) {
                self.nudges.outside_work.notify_one();
            }
            let has_news = self.brings.news.load(Ordering::Relaxed);
            if has_news {
                self.nudges.news.notify_one();
            }
            if has_news || self.brings.deliveries.load(Ordering::Relaxed) {
                self.nudges.deliveries.notify_one();
            }
        }
        Ok(())
    }

    /// Wakes who waits for events when the transaction has committed.
    pub fn bring_news(&self) {
        self.brings.news.store(true, Ordering::Relaxed);
    }

    /// Wakes who sends to other programs when the transaction has committed.
    pub fn bring_deliveries(&self) {
        self.brings.deliveries.store(true, Ordering::Relaxed);
    }

    /// Wakes the worker of this process when the transaction has committed.
    pub fn bring_work(&self) {
        self.brings.work.store(true, Ordering::Relaxed);
    }

    /// As [`Tx::bring_work`], for work that talks to other machines.
    pub fn bring_outside_work(&self) {
        self.brings.outside_work.store(true, Ordering::Relaxed);
    }

    /// Whether rows of a ticket may be written before the ticket.
    ///
    /// Dialect fork: PostgreSQL looks at these references when the transaction ends. SQLite could
    /// be told to, but would then look for such rows in every table with each new ticket.
    #[must_use]
    pub const fn may_refer_ahead(&self) -> bool {
        matches!(self.engine, Engine::Postgres)
    }

    /// Which engine this is, for the named dialect forks.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }
}

#[async_trait::async_trait]
impl Executor for Db {
    fn engine(&self) -> Engine {
        self.engine
    }
    async fn execute(&self, sql: &str, values: Values) -> Result<u64> {
        match Unit::outer(self).await? {
            Some(outer) => {
                let tx = outer.nested("statement").await?;
                let touched = tx.execute(sql, values).await?;
                tx.commit().await.map(|()| touched)
            }
            None => executor::execute(&*self.writers, sql, values).await,
        }
    }
    async fn all<T: FromQueryResult + Send>(&self, sql: &str, values: Values) -> Result<Vec<T>> {
        match Unit::started().await {
            Some(outer) => outer.all(sql, values).await,
            None => executor::all(&*self.readers, sql, values).await,
        }
    }
    async fn optional<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: Values,
    ) -> Result<Option<T>> {
        match Unit::started().await {
            Some(outer) => outer.optional(sql, values).await,
            None => executor::optional(&*self.readers, sql, values).await,
        }
    }
}

#[async_trait::async_trait]
impl Executor for Tx {
    fn engine(&self) -> Engine {
        self.engine
    }
    async fn execute(&self, sql: &str, values: Values) -> Result<u64> {
        executor::execute(&*self.inner, sql, values).await
    }
    async fn all<T: FromQueryResult + Send>(&self, sql: &str, values: Values) -> Result<Vec<T>> {
        executor::all(&*self.inner, sql, values).await
    }
    async fn optional<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: Values,
    ) -> Result<Option<T>> {
        executor::optional(&*self.inner, sql, values).await
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
