//! The `steward` command.

use clap::{Parser, Subcommand};
use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;
use steward_identity::users::dto::UserInput;
use steward_identity::{organizations, users};
use steward_platform::{App, clock, config::Config, files::FileStore, mail::Mailer};

type Failure = Box<dyn std::error::Error>;

/// IT service management: one binary, SQLite or PostgreSQL.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Migrates the database, then serves the API.
    Serve {
        /// Fills an empty database with a demo organization and prints its sign-ins.
        #[arg(long)]
        demo: bool,
    },
    /// Brings the database up to this version.
    Migrate,
    /// Prints the OpenAPI document.
    Openapi,
    /// Administrators.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Makes an administrator, and the organization when it does not exist.
    Create {
        /// E-mail address of the administrator.
        #[arg(long)]
        email: String,
        /// Name of the organization.
        #[arg(long)]
        organization: String,
        /// Reads the password from standard input.
        #[arg(long)]
        password_stdin: bool,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("STEWARD_LOG").unwrap_or_else(|_| {
        tracing_subscriber::EnvFilter::new(
            "info,sqlx=warn,sea_orm_migration=warn,memory_serve=warn",
        )
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match run(Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("steward: {failure}");
            let mut source = failure.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Openapi => println!(
            "{}",
            serde_json::to_string_pretty(&steward_server::openapi::document())?
        ),
        Command::Migrate => drop(open().await?),
        Command::Serve { demo } => {
            let app = open().await?;
            if demo {
                fill_demo(&app).await?;
            }
            steward_server::serve(app).await?;
        }
        Command::Admin {
            command:
                AdminCommand::Create {
                    email,
                    organization,
                    password_stdin,
                },
        } => {
            let password = read_password(password_stdin)?;
            let app = open().await?;
            let now = clock::now();
            let organization = organizations::service::ensure(&app, &organization, now).await?;
            let input = UserInput {
                email,
                username: None,
                first_name: "Administrator".to_owned(),
                last_name: String::new(),
                password,
                roles: Some(vec!["admin".to_owned()]),
            };
            users::service::add(&app, organization, input, now).await?;
            println!("administrator created");
        }
    }
    Ok(())
}

async fn open() -> Result<App, Failure> {
    let config = Config::from_env()?;
    let db = steward_db::Db::connect(&config.database_url).await?;
    db.migrate().await?;
    let mailer = Mailer::new(&config)?;
    let app = App {
        files: FileStore::open(&config.files)?,
        db,
        mailer,
        config: Arc::new(config),
        jobs: Arc::new(steward_server::jobs()),
    };
    steward_identity::upgrade(&app, clock::now()).await?;
    Ok(app)
}

async fn fill_demo(app: &App) -> Result<(), Failure> {
    let made = steward_server::demo::fill(app, clock::now()).await?;
    for (email, role) in &made {
        println!("{email}  {}  ({role})", steward_server::demo::PASSWORD);
    }
    if made.is_empty() {
        println!("the database is not empty; no demo data was added");
    }
    Ok(())
}

fn read_password(from_stdin: bool) -> Result<String, Failure> {
    if from_stdin || !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    Ok(rpassword::prompt_password("Password: ")?)
}
