//! The pools of connections: how many, and what each session is told first.

use sea_orm::sqlx;
use sea_orm::{ConnectOptions, DatabaseConnection};
use std::time::Duration;

/// Connections of a pool.
#[derive(Debug, Clone, Copy)]
pub struct PoolState {
    /// `read` and `write` on SQLite, `all` on PostgreSQL.
    pub name: &'static str,
    /// Connections in use.
    pub used: u32,
    /// Open connections that wait for work.
    pub idle: u32,
    /// Most connections that may be open.
    pub max: u32,
}

impl PoolState {
    /// `resting` connections are out of the pool and wait for work all the same.
    pub(crate) fn sqlite(name: &'static str, pool: &DatabaseConnection, resting: u32) -> Self {
        Self::of(name, pool.get_sqlite_connection_pool(), resting)
    }

    /// As [`PoolState::sqlite`].
    pub(crate) fn postgres(name: &'static str, pool: &DatabaseConnection, resting: u32) -> Self {
        Self::of(name, pool.get_postgres_connection_pool(), resting)
    }

    fn of<D: sqlx::Database>(name: &'static str, pool: &sqlx::Pool<D>, resting: u32) -> Self {
        let size = pool.size();
        let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
        let idle = idle.saturating_add(resting).min(size);
        Self {
            name,
            used: size.saturating_sub(idle),
            idle,
            max: pool.options().get_max_connections(),
        }
    }
}

/// Most connections that read a SQLite database.
pub(crate) const SQLITE_READERS: u32 = 5;
/// Most connections to PostgreSQL.
pub(crate) const POSTGRES: u32 = 16;
/// Connections of a pool that requests and jobs do not use: one for a backup.
pub(crate) const SPARE: u32 = 1;

/// A connection that rested for so long is asked whether it still lives.
pub(crate) const TESTED_AFTER: Duration = Duration::from_secs(1);

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        // Asking each time costs as much as a short statement.
        .test_before_acquire_if_idle_for(TESTED_AFTER)
        .sqlx_logging(false);
    options
}

/// Statements here read few rows, and the planner does not always know: a
/// helper process or compiled code then costs many times what it saves.
const POSTGRES_SESSION: &str = "SET jit = off; SET max_parallel_workers_per_gather = 0";

/// Prepared statements that a connection keeps. A node sends some two hundred
/// different ones; what does not fit is parsed and planned again each time.
const STATEMENTS: usize = 400;

pub(crate) fn postgres(url: &str) -> ConnectOptions {
    let mut options = options(url, POSTGRES);
    options.map_sqlx_postgres_opts(|postgres| postgres.statement_cache_capacity(STATEMENTS));
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::Executor::execute(connection, POSTGRES_SESSION).await?;
                Ok(())
            })
        })
    });
    options
}

/// KiB of pages that a connection to SQLite keeps: what reads starts anew after every change of
/// another connection, the one that writes needs not.
pub(crate) const READER_CACHE: u32 = 8_000;
/// As [`READER_CACHE`], of the one that writes.
pub(crate) const WRITER_CACHE: u32 = 64_000;

pub(crate) fn sqlite(path: &str, mode: &str, connections: u32, cache: u32) -> ConnectOptions {
    let mut options = options(&format!("sqlite:{path}?mode={mode}"), connections);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
            .pragma("busy_timeout", "10000")
            .pragma("cache_size", format!("-{cache}"))
            .statement_cache_capacity(STATEMENTS)
    });
    options
}
