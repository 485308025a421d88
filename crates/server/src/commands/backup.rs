//! `steward backup DIR`: a copy of a live deployment.

use super::Failure;
use super::folder::{self, Entry};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use steward_db::{Db, backup};
use steward_kernel::Instant;
use steward_platform::config::Config;

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const DATABASE: &str = "database";
pub(super) const DATA: &str = "data";
/// Version of the layout of a backup.
pub(super) const FORMAT: u32 = 1;

/// What a backup holds; written last, so a folder without it is no backup.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    pub(super) steward_version: String,
    pub(super) created_at: Instant,
    pub(super) database: backup::Snapshot,
    pub(super) files: Vec<Entry>,
}

/// What was done.
#[derive(Debug)]
pub struct Report {
    /// Rows of the database.
    pub rows: u64,
    /// Files, the database's own among them.
    pub files: usize,
    /// Bytes of all files.
    pub bytes: u64,
}

impl Report {
    pub(super) fn of(manifest: &Manifest) -> Self {
        Self {
            rows: manifest.database.tables.iter().map(|t| t.rows).sum(),
            files: manifest.files.len(),
            bytes: manifest.files.iter().map(|f| f.size).sum(),
        }
    }
}

/// Copies database and data directory into the new or empty folder `dir`.
///
/// The database first: files are written before the rows that name them, so
/// every row of the copy finds its file.
///
/// # Errors
/// When the folder is not empty or something cannot be read or written.
pub async fn run(config: &Config, dir: &Path, now: Instant) -> Result<Report, Failure> {
    let database = sqlite_path(config);
    if database.as_ref().is_some_and(|path| !path.exists()) {
        return Err(format!("there is no database at {}", config.database_url).into());
    }
    folder::make_private(dir)?;
    let into = dir.join(DATABASE);
    std::fs::create_dir(&into)?;
    let db = Db::connect(&config.database_url).await?;
    let snapshot = backup::dump(&db, &into).await?;
    db.close().await?;
    for file in data_files(config)? {
        let relative = file.strip_prefix(&config.data_dir)?;
        folder::copy(&file, &dir.join(DATA).join(relative))?;
    }
    let mut files = Vec::new();
    for path in folder::files(dir)? {
        files.push(folder::describe(dir, &path)?);
    }
    let manifest = Manifest {
        format: FORMAT,
        steward_version: env!("CARGO_PKG_VERSION").to_owned(),
        created_at: now,
        database: snapshot,
        files,
    };
    let text = serde_json::to_vec_pretty(&manifest)?;
    folder::write_private(&dir.join(MANIFEST), &text)?;
    Ok(Report::of(&manifest))
}

/// Path of the SQLite file; none on PostgreSQL.
pub(super) fn sqlite_path(config: &Config) -> Option<PathBuf> {
    config
        .database_url
        .strip_prefix("sqlite:")
        .map(PathBuf::from)
}

/// Files of the data directory, without the database that may lie in it.
pub(super) fn data_files(config: &Config) -> Result<Vec<PathBuf>, Failure> {
    let own = sqlite_path(config).and_then(|path| std::path::absolute(path).ok());
    let is_database = |path: &Path| {
        let name = |p: &Path| p.file_name().map(|n| n.to_string_lossy().into_owned());
        let of_database = own.as_deref().zip(std::path::absolute(path).ok());
        of_database.is_some_and(|(own, path)| {
            let own_name = name(own).unwrap_or_default();
            own.parent() == path.parent()
                && name(&path).is_some_and(|n| {
                    ["", "-wal", "-shm", "-journal"]
                        .iter()
                        .any(|end| n == format!("{own_name}{end}"))
                })
        })
    };
    let mut files = folder::files(&config.data_dir)?;
    files.retain(|path| !is_database(path));
    Ok(files)
}
