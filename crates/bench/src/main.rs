//! Measures: fills a database, loads a server that runs on it, and compares
//! with the database's own bench tool. See `docs/performance.md`.
#![allow(
    clippy::indexing_slicing,
    reason = "indexing an answer's JSON gives null where a field is missing"
)]

mod client;
mod load;
mod operations;
mod place;
mod process;
mod report;
mod run;
mod seed;
mod tool;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use steward_db::Db;
use steward_platform::App;
use steward_platform::config::Config;

/// What can go wrong while measuring.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Fills databases and measures Steward on them.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fills an empty database with tickets.
    Seed {
        /// `sqlite:PATH` or `postgres://USER@HOST/NAME`.
        #[arg(long)]
        database: String,
        /// How many, in steps of 400.
        #[arg(long, default_value_t = 10_000)]
        tickets: i64,
        /// Lets every clock run: two for each ticket.
        #[arg(long)]
        running_clocks: bool,
    },
    /// Measures a server on a filled database; writes figures as JSON.
    Run(run::Options),
    /// Prints figures as Markdown; of two files of one engine also the growth.
    Report {
        /// Files that `run` wrote.
        files: Vec<PathBuf>,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Seed {
            database,
            tickets,
            running_clocks,
        } => fill(&database, tickets, running_clocks).await,
        Command::Run(options) => run::run(&options).await,
        Command::Report { files } => report::print(&files),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("steward-bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn fill(database: &str, tickets: i64, all_run: bool) -> Result<(), Failure> {
    let started = std::time::Instant::now();
    let app = open(database).await?;
    let seeded = seed::fill(&app, 400, tickets, all_run)
        .await
        .map_err(told)?;
    println!(
        "{} tickets of {} people, {} lines of timelines, {} comments in {:.0?}",
        seeded.tickets,
        seeded.people,
        seeded.activities,
        seeded.comments,
        started.elapsed()
    );
    Ok(app.db.close().await?)
}

/// The application on a database, for work inside this process.
pub(crate) async fn open(database: &str) -> Result<App, Failure> {
    let folder = std::env::temp_dir().join("steward-bench");
    let text = folder.display().to_string();
    let config = Config::from_lookup(|name| match name {
        "STEWARD_DATABASE_URL" => Some(database.to_owned()),
        "STEWARD_DATA_DIR" => Some(text.clone()),
        "STEWARD_SECRET_KEY" => Some(run::SECRET.to_owned()),
        _ if name.starts_with("STEWARD_RATE_LIMIT") => Some("0".to_owned()),
        _ => None,
    })?;
    let db = Db::connect(database).await?;
    db.migrate().await?;
    Ok(App::new(db, config, steward_server::jobs())?)
}

/// An error with its inner cause, which the product keeps to itself.
pub(crate) fn told(error: steward_kernel::Error) -> Failure {
    format!("{}: {:?}", error.detail, error.source).into()
}
