//! Databases for tests: one of its own for each, on both engines.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "only tests use this crate; a broken fixture should stop the test"
)]

mod leftovers;
mod plans;
mod template;

pub use plans::Plan;

use sea_orm::{ConnectionTrait, Database, DbErr, FromQueryResult, QueryResult, TryGetable};
use steward_db::{Db, Executor};
use steward_platform::files::FileSettings;
use steward_platform::http::settings::HttpSettings;
use steward_platform::jobs::Registry;
use steward_platform::{App, config::Config};

/// An application on an empty, migrated database; gone when dropped.
#[derive(Debug)]
pub struct TestApp {
    /// The application.
    pub app: App,
    /// `sqlite` or `postgres`, for messages.
    pub engine: &'static str,
    _dir: tempfile::TempDir,
}

/// The first column of a row.
struct First<T>(T);

impl<T: TryGetable> FromQueryResult for First<T> {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        row.try_get_by_index(0).map(Self)
    }
}

impl TestApp {
    /// The single number that a query selects.
    ///
    /// # Panics
    /// When the query fails or selects nothing.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = self.app.db.optional::<First<i64>>(sql, Vec::new()).await;
        row.expect("the query runs").expect("a row").0
    }

    /// How many rows a table has.
    ///
    /// # Panics
    /// When there is no such table.
    pub async fn rows(&self, table: &str) -> i64 {
        self.number(&format!("SELECT count(*) FROM {table}")).await
    }

    /// The single text that a query selects.
    ///
    /// # Panics
    /// When the query fails or selects nothing.
    pub async fn text(&self, sql: &str) -> String {
        let row = self.app.db.optional::<First<String>>(sql, Vec::new()).await;
        row.expect("the query runs").expect("a row").0
    }

    /// The texts that a query selects.
    ///
    /// # Panics
    /// When the query fails.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = self.app.db.all::<First<String>>(sql, Vec::new()).await;
        let rows = rows.expect("the query runs");
        rows.into_iter().map(|row| row.0).collect()
    }

    /// Runs a statement.
    ///
    /// # Panics
    /// When it fails.
    pub async fn run(&self, sql: &str) {
        let done = self.app.db.execute(sql, Vec::new()).await;
        done.expect("the statement runs");
    }
}

/// One application per engine. PostgreSQL is used when `STEWARD_TEST_POSTGRES`
/// names a cluster (the whole test command starts one).
///
/// # Panics
/// When a database cannot be made.
pub async fn apps() -> Vec<TestApp> {
    apps_with(|_| {}).await
}

/// As [`apps`], with settings of the test's own.
///
/// # Panics
/// When a database cannot be made.
pub async fn apps_with(change: impl Fn(&mut Config)) -> Vec<TestApp> {
    let mut apps = Vec::new();
    for mut place in made(true).await {
        change(&mut place.config);
        apps.push(place.open().await);
    }
    apps
}

/// Settings of a deployment.
#[derive(Debug)]
pub struct Place {
    /// The settings.
    pub config: Config,
    /// `sqlite` or `postgres`, for messages.
    pub engine: &'static str,
    has_schema: bool,
    dir: tempfile::TempDir,
}

impl Place {
    /// An application there, with the schema made.
    ///
    /// # Panics
    /// When the database cannot be opened.
    pub async fn open(self) -> TestApp {
        let db = Db::connect(&self.config.database_url)
            .await
            .expect("the database opens");
        if !self.has_schema {
            db.migrate().await.expect("the schema is made");
        }
        TestApp {
            app: App::new(db, self.config, Registry::default()).expect("the file store opens"),
            engine: self.engine,
            _dir: self.dir,
        }
    }
}

/// One place per engine, its database empty and without the schema.
///
/// # Panics
/// When a database cannot be made.
pub async fn places() -> Vec<Place> {
    made(false).await
}

async fn made(has_schema: bool) -> Vec<Place> {
    let mut places = Vec::new();
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join("steward.db");
    if has_schema {
        template::sqlite(&file).await;
    }
    let url = format!("sqlite:{}", file.display());
    places.push(place(url, "sqlite", has_schema, dir));
    match std::env::var("STEWARD_TEST_POSTGRES") {
        Ok(base) => {
            let name = leftovers::name();
            let (server, _) = base.rsplit_once('/').expect("an address with a database");
            let admin = Database::connect(&base)
                .await
                .expect("the test cluster answers");
            leftovers::drop_some(&admin, server).await;
            if has_schema {
                template::postgres(&admin, server, &name).await;
            } else {
                let create = format!("CREATE DATABASE {name}");
                let made = admin.execute_unprepared(&create).await;
                made.expect("a database is made");
            }
            admin.close().await.expect("closed");
            let dir = tempfile::tempdir().expect("a temporary folder");
            let url = format!("{server}/{name}");
            places.push(place(url, "postgres", has_schema, dir));
        }
        Err(_) => eprintln!("STEWARD_TEST_POSTGRES is not set: PostgreSQL is left out of this run"),
    }
    places
}

fn place(
    database_url: String,
    engine: &'static str,
    has_schema: bool,
    dir: tempfile::TempDir,
) -> Place {
    let config = Config {
        database_url,
        data_dir: dir.path().to_path_buf(),
        listen: ([127, 0, 0, 1], 0).into(),
        public_url: "http://localhost".to_owned(),
        secret_key: "a secret key that only tests use".to_owned(),
        previous_secret_key: None,
        smtp_url: None,
        mail_from: "Steward <steward@example.com>".to_owned(),
        mail_return_path: None,
        files: FileSettings::in_data_dir(dir.path()),
        http: HttpSettings::default(),
        outgoing_networks: Vec::new(),
    };
    Place {
        config,
        engine,
        has_schema,
        dir,
    }
}
