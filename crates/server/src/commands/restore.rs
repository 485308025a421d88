//! `steward restore DIR`: a deployment from a backup.

use super::backup::{DATA, DATABASE, FORMAT, MANIFEST, Manifest, Report};
use super::{Failure, backup, folder};
use std::collections::BTreeSet;
use std::path::Path;
use steward_db::Db;
use steward_platform::config::Config;

/// Fills an empty database and data directory from the backup in `dir`, then
/// brings the schema up to this version.
///
/// # Errors
/// When the backup is incomplete or changed, or something is there already.
pub async fn run(config: &Config, dir: &Path) -> Result<Report, Failure> {
    let manifest = read(dir)?;
    check(dir, &manifest)?;
    let present = backup::data_files(config)?;
    let is_own_key = |path: &Path| path == config.data_dir.join("secret.key");
    if let Some(path) = present.iter().find(|path| !is_own_key(path)) {
        return Err(format!(
            "the data directory holds {} already; restore into an empty one",
            path.display()
        )
        .into());
    }
    let database = dir.join(DATABASE);
    steward_db::backup::restore(&config.database_url, &database, &manifest.database).await?;
    let data = dir.join(DATA);
    if data.exists() {
        for path in &present {
            std::fs::remove_file(path)?;
        }
        for file in folder::files(&data)? {
            folder::copy(&file, &config.data_dir.join(file.strip_prefix(&data)?))?;
        }
    }
    let db = Db::connect(&config.database_url).await?;
    db.migrate().await?;
    db.close().await?;
    Ok(Report::of(&manifest))
}

fn read(dir: &Path) -> Result<Manifest, Failure> {
    let path = dir.join(MANIFEST);
    let text = std::fs::read(&path).map_err(|error| {
        format!(
            "{} is no complete backup: {MANIFEST}: {error}",
            dir.display()
        )
    })?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| format!("{} cannot be understood: {error}", path.display()))?;
    if manifest.format != FORMAT {
        return Err(format!(
            "the backup has format {}, this version knows {FORMAT}",
            manifest.format
        )
        .into());
    }
    Ok(manifest)
}

/// Compares every file with the manifest before anything is touched.
fn check(dir: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let mut listed = BTreeSet::new();
    for entry in &manifest.files {
        let path = dir.join(&entry.path);
        let found = folder::describe(dir, &path)
            .map_err(|error| format!("{} is missing in the backup: {error}", entry.path))?;
        if &found != entry {
            return Err(format!("{} is not as it was backed up", entry.path).into());
        }
        listed.insert(path);
    }
    listed.insert(dir.join(MANIFEST));
    match folder::files(dir)?
        .iter()
        .find(|path| !listed.contains(*path))
    {
        Some(path) => Err(format!("{} does not belong to the backup", path.display()).into()),
        None => Ok(()),
    }
}
