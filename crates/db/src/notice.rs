//! Notices from node to node: `LISTEN` and `NOTIFY` of PostgreSQL.
//!
//! A notice is a hint that may get lost, never the truth. SQLite has one node,
//! so there is nobody to tell (dialect fork).

use crate::{Db, Engine, values};
use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use steward_kernel::{Error, Result};

/// Hears what other nodes tell.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// The next notice; none when the connection was lost and is back, so that
    /// some may be missing.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn next(&mut self) -> Result<Option<String>> {
        let notice = self.0.try_recv().await.map_err(Error::internal)?;
        Ok(notice.map(|notice| notice.payload().to_owned()))
    }
}

impl Db {
    /// Listens on a connection of its own; none where there is one node only.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn listen(&self, channel: &str) -> Result<Option<Listener>> {
        if self.engine() == Engine::Sqlite {
            return Ok(None);
        }
        // A listening connection must not go back into the pool of the others.
        let options = self.reader().get_postgres_connection_pool();
        let options = options.connect_options().as_ref().clone();
        let pool = PgPoolOptions::new().max_connections(1);
        let pool = pool.connect_lazy_with(options);
        let listener = PgListener::connect_with(&pool).await;
        let mut listener = listener.map_err(Error::internal)?;
        listener.listen(channel).await.map_err(Error::internal)?;
        Ok(Some(Listener(listener)))
    }

    /// Tells the other nodes, and this one, at most 8,000 bytes.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn tell(&self, channel: &str, text: &str) -> Result<()> {
        if self.engine() == Engine::Sqlite {
            return Ok(());
        }
        let told = values![channel, text];
        self.alone("SELECT pg_notify($1, $2)", told).await
    }
}
