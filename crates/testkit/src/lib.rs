//! Databases for tests: one of its own for each, on both engines.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "only tests use this crate; a broken fixture should stop the test"
)]

use sea_orm::{ConnectionTrait, Database};
use std::sync::Arc;
use steward_db::Db;
use steward_platform::files::{FileSettings, FileStore};
use steward_platform::{App, config::Config, mail::Mailer};

/// An application on an empty, migrated database; gone when dropped.
#[derive(Debug)]
pub struct TestApp {
    /// The application.
    pub app: App,
    /// `sqlite` or `postgres`, for messages.
    pub engine: &'static str,
    _dir: tempfile::TempDir,
}

/// One application per engine. PostgreSQL is used when `STEWARD_TEST_POSTGRES`
/// names a cluster (the whole test command starts one).
///
/// # Panics
/// When a database cannot be made.
pub async fn apps() -> Vec<TestApp> {
    let mut apps = Vec::new();
    let dir = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", dir.path().join("steward.db").display());
    apps.push(open(url, "sqlite", dir).await);
    match std::env::var("STEWARD_TEST_POSTGRES") {
        Ok(base) => {
            let name = format!("steward_{}", uuid::Uuid::new_v4().simple());
            let admin = Database::connect(&base)
                .await
                .expect("the test cluster answers");
            admin
                .execute_unprepared(&format!("CREATE DATABASE {name}"))
                .await
                .expect("a database is made");
            admin.close().await.expect("closed");
            let (server, _) = base.rsplit_once('/').expect("an address with a database");
            let dir = tempfile::tempdir().expect("a temporary folder");
            apps.push(open(format!("{server}/{name}"), "postgres", dir).await);
        }
        Err(_) => eprintln!("STEWARD_TEST_POSTGRES is not set: PostgreSQL is left out of this run"),
    }
    apps
}

async fn open(database_url: String, engine: &'static str, dir: tempfile::TempDir) -> TestApp {
    let db = Db::connect(&database_url)
        .await
        .expect("the database opens");
    db.migrate().await.expect("the schema is made");
    let config = Config {
        database_url,
        data_dir: dir.path().to_path_buf(),
        listen: ([127, 0, 0, 1], 0).into(),
        public_url: "http://localhost".to_owned(),
        secret_key: "a secret key that only tests use".to_owned(),
        previous_secret_key: None,
        smtp_url: None,
        mail_from: "Steward <steward@example.com>".to_owned(),
        files: FileSettings::in_data_dir(dir.path()),
    };
    let mailer = Mailer::new(&config).expect("a folder for mail");
    let files = FileStore::open(&config.files).expect("the file store opens");
    TestApp {
        app: App {
            db,
            config: Arc::new(config),
            files,
            jobs: Arc::default(),
            mailer,
        },
        engine,
        _dir: dir,
    }
}
