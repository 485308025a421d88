//! Snapshots of SQLite: one file.

use super::{Snapshot, Table, io, refused};
use crate::Db;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};
use std::path::Path;
use steward_kernel::{Error, Result};

const FILE: &str = "steward.db";

pub(super) async fn dump(db: &Db, dir: &Path) -> Result<Vec<Table>> {
    let path = dir.join(FILE);
    let text = path
        .to_str()
        .filter(|text| !text.contains('\0'))
        .ok_or_else(|| refused("the folder's name must be Unicode text"))?;
    let sql = format!("VACUUM INTO '{}'", text.replace('\'', "''"));
    db.reader()
        .execute_unprepared(&sql)
        .await
        .map_err(Error::internal)?;
    let file = std::fs::File::open(&path).map_err(io(&path))?;
    file.sync_all().map_err(io(&path))?;
    check(&path).await
}

/// Reads the whole snapshot once, so that a broken one is found now.
async fn check(path: &Path) -> Result<Vec<Table>> {
    let url = format!("sqlite:{}?mode=ro&immutable=true", path.display());
    let copy = Database::connect(url).await.map_err(Error::internal)?;
    let verdict = texts(&copy, "PRAGMA integrity_check")
        .await
        .map_err(Error::internal)?;
    if verdict != ["ok"] {
        return Err(Error::internal(format!("the copy is damaged: {verdict:?}")));
    }
    let tables = tables(&copy).await.map_err(Error::internal)?;
    copy.close().await.map_err(Error::internal)?;
    Ok(tables)
}

async fn tables(copy: &DatabaseConnection) -> std::result::Result<Vec<Table>, DbErr> {
    let names = texts(
        copy,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .await?;
    let mut tables = Vec::new();
    for name in names {
        let sql = format!("SELECT count(*) FROM \"{name}\"");
        let backend = copy.get_database_backend();
        let row = copy
            .query_one_raw(Statement::from_string(backend, sql))
            .await?;
        let rows: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        tables.push(Table {
            name,
            rows: u64::try_from(rows).unwrap_or_default(),
            columns: Vec::new(),
        });
    }
    Ok(tables)
}

async fn texts(c: &DatabaseConnection, sql: &str) -> std::result::Result<Vec<String>, DbErr> {
    let backend = c.get_database_backend();
    let rows = c
        .query_all_raw(Statement::from_string(backend, sql))
        .await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

pub(super) async fn restore(path: &Path, dir: &Path, snapshot: &Snapshot) -> Result<()> {
    if std::fs::metadata(path).is_ok_and(|file| file.len() > 0) {
        return Err(refused(format!(
            "there is a database at {} already; restore to another place or move it away",
            path.display()
        )));
    }
    let found = check(&dir.join(FILE)).await?;
    if found != snapshot.tables {
        return Err(refused(
            "the tables in the backup are not those that its manifest lists",
        ));
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(io(parent))?;
    }
    let partial = path.with_extension("restoring");
    std::fs::copy(dir.join(FILE), &partial).map_err(io(&partial))?;
    let file = std::fs::File::open(&partial).map_err(io(&partial))?;
    file.sync_all().map_err(io(&partial))?;
    std::fs::rename(&partial, path).map_err(io(path))
}
