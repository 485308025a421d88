//! Snapshots of PostgreSQL: one file a table, in the text format of `COPY`.

use super::{Snapshot, Table, io, refused};
use crate::Db;
use crate::migrations::Migrator;
use futures::TryStreamExt;
use sea_orm::sqlx::{self, AssertSqlSafe, Connection, PgConnection, Row};
use sea_orm_migration::MigratorTrait;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use steward_kernel::{Error, Result};

/// Written by the migrations themselves.
const MIGRATIONS: &str = "seaql_migrations";
const SEQUENCES: &str = "sequences.json";

type Sqlx<T> = std::result::Result<T, sqlx::Error>;

fn path_of(dir: &Path, table: &str) -> PathBuf {
    dir.join(format!("{table}.copy"))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn copied(table: &str, columns: &[String]) -> String {
    let columns: Vec<String> = columns.iter().map(|c| quoted(c)).collect();
    format!("COPY {} ({})", quoted(table), columns.join(", "))
}

async fn run(connection: &mut PgConnection, sql: String) -> Sqlx<()> {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn dump(db: &Db, dir: &Path) -> Result<Vec<Table>> {
    let pool = db.reader().get_postgres_connection_pool();
    let mut connection = pool.acquire().await.map_err(Error::internal)?;
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    run(&mut connection, begin.to_owned())
        .await
        .map_err(Error::internal)?;
    let dumped = dump_all(&mut connection, dir).await;
    run(&mut connection, "ROLLBACK".to_owned())
        .await
        .map_err(Error::internal)?;
    dumped
}

async fn dump_all(connection: &mut PgConnection, dir: &Path) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for name in table_names(connection).await.map_err(Error::internal)? {
        let columns = columns(connection, &name).await.map_err(Error::internal)?;
        let rows = dump_table(connection, &path_of(dir, &name), &name, &columns).await?;
        tables.push(Table {
            name,
            rows,
            columns,
        });
    }
    let sequences = sequences(connection).await.map_err(Error::internal)?;
    let path = dir.join(SEQUENCES);
    let text = serde_json::to_vec(&sequences).map_err(Error::internal)?;
    std::fs::write(&path, text).map_err(io(&path))?;
    Ok(tables)
}

/// Each row of the text format is one line: line breaks in values are escaped.
async fn dump_table(
    connection: &mut PgConnection,
    path: &Path,
    table: &str,
    columns: &[String],
) -> Result<u64> {
    let mut file = BufWriter::new(File::create_new(path).map_err(io(path))?);
    let sql = format!("{} TO STDOUT", copied(table, columns));
    let mut rows = 0_u64;
    let mut stream = connection
        .copy_out_raw(&sql)
        .await
        .map_err(Error::internal)?;
    while let Some(chunk) = stream.try_next().await.map_err(Error::internal)? {
        let lines = chunk.iter().filter(|byte| **byte == b'\n').count();
        rows = rows.saturating_add(u64::try_from(lines).unwrap_or_default());
        file.write_all(&chunk).map_err(io(path))?;
    }
    let file = file.into_inner().map_err(|e| io(path)(e.into_error()))?;
    file.sync_all().map_err(io(path))?;
    Ok(rows)
}

async fn table_names(connection: &mut PgConnection) -> Sqlx<Vec<String>> {
    let sql = "SELECT relname::text FROM pg_class
               WHERE relkind IN ('r', 'p') AND NOT relispartition
                 AND relnamespace = current_schema()::regnamespace ORDER BY 1";
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    let names: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Sqlx<_>>()?;
    Ok(names.into_iter().filter(|n| n != MIGRATIONS).collect())
}

/// Columns that hold data; generated ones follow from them.
async fn columns(connection: &mut PgConnection, table: &str) -> Sqlx<Vec<String>> {
    let sql = "SELECT attname::text FROM pg_attribute
               WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
                 AND attgenerated = '' ORDER BY attnum";
    let rows = sqlx::query(sql)
        .bind(quoted(table))
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.try_get(0)).collect()
}

async fn sequences(connection: &mut PgConnection) -> Sqlx<Vec<(String, i64)>> {
    let sql = "SELECT sequencename::text, last_value FROM pg_sequences
               WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1";
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect()
}

pub(super) async fn restore(url: &str, dir: &Path, snapshot: &Snapshot, steps: u32) -> Result<()> {
    let db = Db::connect(url).await?;
    let pool = db.reader().get_postgres_connection_pool().clone();
    let mut connection = pool.acquire().await.map_err(Error::internal)?;
    let present = table_names(&mut connection)
        .await
        .map_err(Error::internal)?;
    if !present.is_empty() {
        return Err(refused(format!(
            "the database has {} tables already; restore into an empty one",
            present.len()
        )));
    }
    Migrator::up(db.writer(), Some(steps))
        .await
        .map_err(Error::internal)?;
    let mut tx = connection.begin().await.map_err(Error::internal)?;
    load_all(&mut tx, dir, snapshot).await?;
    tx.commit().await.map_err(Error::internal)?;
    run(&mut connection, "ANALYZE".to_owned())
        .await
        .map_err(Error::internal)?;
    drop(connection);
    db.close().await.map_err(Error::internal)
}

/// Fills every table with triggers and foreign keys out of the way; the keys
/// are checked when they come back.
async fn load_all(tx: &mut PgConnection, dir: &Path, snapshot: &Snapshot) -> Result<()> {
    let made = table_names(tx).await.map_err(Error::internal)?;
    let wanted: Vec<&str> = snapshot.tables.iter().map(|t| t.name.as_str()).collect();
    if made != wanted {
        return Err(refused(
            "the tables in the backup are not those of its version",
        ));
    }
    let keys = foreign_keys(tx).await.map_err(Error::internal)?;
    for key in &keys {
        let sql = format!("ALTER TABLE {} DROP CONSTRAINT {}", key.table, key.name);
        run(tx, sql).await.map_err(Error::internal)?;
    }
    for table in &snapshot.tables {
        let name = quoted(&table.name);
        let empty = format!("ALTER TABLE {name} DISABLE TRIGGER USER; TRUNCATE {name}");
        run(tx, empty).await.map_err(Error::internal)?;
        let rows = load_table(tx, &path_of(dir, &table.name), table).await?;
        if rows != table.rows {
            return Err(refused(format!(
                "table {} has {rows} rows, the manifest says {}",
                table.name, table.rows
            )));
        }
        run(tx, format!("ALTER TABLE {name} ENABLE TRIGGER USER"))
            .await
            .map_err(Error::internal)?;
    }
    for key in &keys {
        let sql = format!(
            "ALTER TABLE {} ADD CONSTRAINT {} {}",
            key.table, key.name, key.definition
        );
        run(tx, sql).await.map_err(Error::internal)?;
    }
    let path = dir.join(SEQUENCES);
    let text = std::fs::read(&path).map_err(io(&path))?;
    let sequences: Vec<(String, i64)> = serde_json::from_slice(&text).map_err(Error::internal)?;
    for (name, value) in sequences {
        sqlx::query("SELECT setval(to_regclass($1), $2)")
            .bind(quoted(&name))
            .bind(value)
            .execute(&mut *tx)
            .await
            .map_err(Error::internal)?;
    }
    Ok(())
}

async fn load_table(tx: &mut PgConnection, path: &Path, table: &Table) -> Result<u64> {
    let mut file = File::open(path).map_err(io(path))?;
    let sql = format!("{} FROM STDIN", copied(&table.name, &table.columns));
    let mut copy = tx.copy_in_raw(&sql).await.map_err(Error::internal)?;
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(io(path))?;
        let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else {
            break;
        };
        copy.send(chunk).await.map_err(Error::internal)?;
    }
    copy.finish().await.map_err(Error::internal)
}

struct ForeignKey {
    table: String,
    name: String,
    definition: String,
}

async fn foreign_keys(tx: &mut PgConnection) -> Sqlx<Vec<ForeignKey>> {
    let sql = "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
               FROM pg_constraint
               WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
               ORDER BY 1, 2";
    let rows = sqlx::query(sql).fetch_all(tx).await?;
    rows.iter()
        .map(|row| {
            Ok(ForeignKey {
                table: row.try_get(0)?,
                name: row.try_get(1)?,
                definition: row.try_get(2)?,
            })
        })
        .collect()
}
