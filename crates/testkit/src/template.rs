//! A database with the schema in it, made once and copied for every test: the
//! migrations cost more than most tests do.
//!
//! The key is the test program itself as it was linked, because it holds the
//! migrations.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use steward_db::Db;

/// Serialises the making of a template among the processes of a test run.
const LOCK: i64 = 0x5743_5441;

/// The folder of the test program and a key that changes when it is linked again.
fn program() -> (PathBuf, String) {
    let path = std::env::current_exe().expect("the path of the test program");
    let made = path.metadata().and_then(|about| about.modified());
    let mut hasher = DefaultHasher::new();
    (&path, made.expect("its time")).hash(&mut hasher);
    let folder = path.parent().expect("it lies in a folder").to_path_buf();
    (folder, format!("{:016x}", hasher.finish()))
}

async fn migrated(url: &str) {
    let db = Db::connect(url).await.expect("the template opens");
    db.migrate().await.expect("the schema is made");
    db.close().await.expect("the template closes");
}

/// Makes the file of a SQLite database with the schema.
pub(crate) async fn sqlite(to: &Path) {
    let (folder, key) = program();
    let template = folder.join(format!("schema-{key}.db"));
    if !template.exists() {
        let fresh = folder.join(format!("schema-{}.new", uuid::Uuid::new_v4().simple()));
        migrated(&format!("sqlite:{}", fresh.display())).await;
        std::fs::rename(&fresh, &template).expect("the template is put in its place");
    }
    std::fs::copy(&template, to).expect("the template is copied");
}

/// Makes the PostgreSQL database `name` with the schema; `server` is the
/// cluster's address without a database.
pub(crate) async fn postgres(admin: &DatabaseConnection, server: &str, name: &str) {
    let template = format!("steward_schema_{}", program().1);
    let copy = format!("CREATE DATABASE {name} TEMPLATE {template}");
    if admin.execute_unprepared(&copy).await.is_ok() {
        return;
    }
    // A session of its own holds the lock; it goes with the session.
    let guard = Database::connect(format!("{server}/postgres"))
        .await
        .expect("the test cluster answers");
    let lock = format!("SELECT pg_advisory_lock({LOCK})");
    guard.execute_unprepared(&lock).await.expect("the lock");
    if admin.execute_unprepared(&copy).await.is_err() {
        let fresh = format!("steward_new_{}", uuid::Uuid::new_v4().simple());
        let create = format!("CREATE DATABASE {fresh}");
        admin
            .execute_unprepared(&create)
            .await
            .expect("a database is made");
        migrated(&format!("{server}/{fresh}")).await;
        let rename = format!("ALTER DATABASE {fresh} RENAME TO {template}");
        admin.execute_unprepared(&rename).await.expect("renamed");
        admin.execute_unprepared(&copy).await.expect("copied");
    }
    guard.close().await.expect("closed");
}
