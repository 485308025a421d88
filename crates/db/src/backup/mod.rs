//! Snapshots of a live database, and new databases from them.
//!
//! A snapshot is one consistent instant, taken while others read and write:
//! SQLite copies itself into a file (`VACUUM INTO`), PostgreSQL hands out every
//! table in one repeatable-read transaction (`COPY`), so no tool of the
//! database's is needed. A snapshot goes back into the engine it came from.

mod postgres;
mod sqlite;

use crate::connection::{Db, Engine};
use crate::migrations::Migrator;
use sea_orm_migration::MigratorTrait;
use serde::{Deserialize, Serialize};
use std::path::Path;
use steward_kernel::{Error, ErrorCode, Result};

/// What a snapshot holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Engine it came from and goes back to.
    pub engine: Engine,
    /// Migrations that had run, oldest first.
    pub migrations: Vec<String>,
    /// Every table with its rows, sorted by name.
    pub tables: Vec<Table>,
}

/// A table of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Name.
    pub name: String,
    /// How many rows.
    pub rows: u64,
    /// Columns that were written, in this order; empty on SQLite.
    pub columns: Vec<String>,
}

/// Writes a snapshot of a live database into the folder `dir`.
///
/// # Errors
/// When the database or the folder refuses.
pub async fn dump(db: &Db, dir: &Path) -> Result<Snapshot> {
    let migrations = applied(db).await?;
    let tables = match db.engine() {
        Engine::Sqlite => sqlite::dump(db, dir).await?,
        Engine::Postgres => postgres::dump(db, dir).await?,
    };
    Ok(Snapshot {
        engine: db.engine(),
        migrations,
        tables,
    })
}

/// Makes the database at `url` from a snapshot in the folder `dir`, at the
/// version of the snapshot. Nothing may be there before.
///
/// # Errors
/// When something is there, the snapshot is of another engine or a newer
/// version, or the database refuses.
pub async fn restore(url: &str, dir: &Path, snapshot: &Snapshot) -> Result<()> {
    let steps = steps(&snapshot.migrations)?;
    match (snapshot.engine, url.strip_prefix("sqlite:")) {
        (Engine::Sqlite, Some(path)) => sqlite::restore(Path::new(path), dir, snapshot).await,
        (Engine::Postgres, None) => postgres::restore(url, dir, snapshot, steps).await,
        (engine, _) => Err(refused(format!(
            "the backup is of {engine:?}; restore it into a database of the same kind"
        ))),
    }
}

/// Migrations that have run in the database, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn applied(db: &Db) -> Result<Vec<String>> {
    let done = Migrator::get_applied_migrations_read_only(db.reader())
        .await
        .map_err(Error::internal)?;
    Ok(done.iter().map(|m| m.name().to_owned()).collect())
}

/// Migrations of this program, oldest first.
#[must_use]
pub fn known() -> Vec<String> {
    let all = Migrator::migrations();
    all.iter().map(|m| m.name().to_owned()).collect()
}

/// How many of this program's migrations make the snapshot's schema.
fn steps(snapshot: &[String]) -> Result<u32> {
    let known = known();
    let is_start =
        snapshot.len() <= known.len() && snapshot.iter().zip(&known).all(|(a, b)| a == b);
    if !is_start {
        return Err(refused(
            "the backup was made by another version whose schema this one does not know; \
             restore it with that version, then migrate",
        ));
    }
    u32::try_from(snapshot.len()).map_err(Error::internal)
}

fn refused(detail: impl Into<String>) -> Error {
    Error::new(ErrorCode::ResourceConflict, detail)
}

fn io(what: &Path) -> impl FnOnce(std::io::Error) -> Error + '_ {
    move |cause| Error {
        source: Some(Box::new(cause)),
        ..Error::new(
            ErrorCode::InternalServerError,
            format!("{} cannot be read or written", what.display()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_of_an_unknown_schema_is_refused() {
        let known = known();
        assert_eq!(
            steps(&known).expect("known"),
            u32::try_from(known.len()).expect("small")
        );
        assert_eq!(steps(&known[..1]).expect("older"), 1);
        assert!(steps(&["m9999_future".to_owned()]).is_err());
        let longer = [known, vec!["m9999_future".to_owned()]].concat();
        assert!(steps(&longer).is_err());
    }
}
