//! The `steward` command.

use clap::{Parser, Subcommand};
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use steward_identity::users::dto::UserInput;
use steward_identity::{organizations, users};
use steward_platform::{App, clock, config::Config};
use steward_server::commands::doctor::{self, Verdict};
use steward_server::commands::{Failure, backup, mail, restore, sla};
use steward_server::import::Import;

/// A list is thousands of short texts that are made and dropped: with this
/// allocator it costs about a tenth less CPU than with the system's, for some
/// forty megabytes more of memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    /// Looks at settings, database, storage and clock, and says what to do.
    Doctor,
    /// Copies database and files of a running deployment into a new folder.
    Backup {
        /// The folder; it must be new or empty.
        dir: PathBuf,
    },
    /// Fills an empty database and data directory from a backup.
    Restore {
        /// The folder that `backup` wrote.
        dir: PathBuf,
    },
    /// Brings tickets of another system in, with their history.
    Import {
        #[command(subcommand)]
        source: Import,
    },
    /// Service levels.
    Sla {
        #[command(subcommand)]
        command: SlaCommand,
    },
    /// Works out again what is derived, from the history of tickets.
    Rebuild {
        #[command(subcommand)]
        what: Rebuild,
    },
    /// Mail that comes in.
    Mail {
        #[command(subcommand)]
        command: MailCommand,
    },
    /// Administrators.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
}

#[derive(Subcommand)]
enum SlaCommand {
    /// Answers questions about business time: JSON lines in, JSON lines out.
    Calculate,
}

#[derive(Subcommand)]
enum Rebuild {
    /// The service-level clocks of all tickets.
    Sla {
        /// Only compares, changes nothing, and fails when anything differs.
        #[arg(long)]
        check: bool,
    },
}

#[derive(Subcommand)]
enum MailCommand {
    /// Takes one message (RFC 5322) on standard input, as a mail server hands it over.
    Receive {
        /// Address of the mailbox; else the one that the headers name, or the only one.
        #[arg(long)]
        mailbox: Option<String>,
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
        /// Lets the person manage all organizations; who makes the first one may anyway.
        #[arg(long)]
        operator: bool,
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
    let command = Cli::parse().command;
    let is_mail = matches!(command, Command::Mail { .. });
    match run(command).await {
        Ok(code) => code,
        // A mail server keeps the message and tries again.
        Err(failure) if is_mail => {
            complain(&failure);
            mail::Status::TryAgain.into()
        }
        Err(failure) => {
            complain(&failure);
            ExitCode::FAILURE
        }
    }
}

fn complain(failure: &Failure) {
    eprintln!("steward: {failure}");
    let mut source = failure.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
}

async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Openapi => print_document()?,
        Command::Migrate => drop(open().await?),
        Command::Doctor => doctor().await?,
        Command::Backup { dir } => {
            let report = backup::run(&Config::from_env()?, &dir, clock::now()).await?;
            println!("{}: {}", dir.display(), described(&report));
        }
        Command::Restore { dir } => {
            let report = restore::run(&Config::from_env()?, &dir).await?;
            println!("restored {}", described(&report));
        }
        Command::Import { source } => source.run(&open().await?).await?,
        Command::Sla {
            command: SlaCommand::Calculate,
        } => sla::calculate(std::io::stdin().lock(), std::io::stdout().lock())?,
        Command::Rebuild {
            what: Rebuild::Sla { check },
        } => sla::rebuild(&open().await?, check, clock::now()).await?,
        Command::Serve { demo } => {
            let app = open().await?;
            if demo {
                fill_demo(&app).await?;
            }
            tell_setup(&app).await?;
            steward_server::serve(app).await?;
        }
        Command::Mail {
            command: MailCommand::Receive { mailbox },
        } => return receive(mailbox.as_deref()).await,
        Command::Admin { command } => create_admin(command).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn receive(mailbox: Option<&str>) -> Result<ExitCode, Failure> {
    let config = Config::from_env()?;
    // The server brings the schema up to date; this runs once for each message.
    let db = steward_db::Db::connect(&config.database_url).await?;
    let app = App::new(db, config, steward_server::jobs())?;
    let (status, text) =
        mail::receive(&app, mailbox, std::io::stdin().lock(), clock::now()).await?;
    eprintln!("steward: {text}");
    Ok(status.into())
}

async fn create_admin(command: AdminCommand) -> Result<(), Failure> {
    let AdminCommand::Create {
        email,
        organization,
        password_stdin,
        operator,
    } = command;
    let password = read_password(password_stdin)?;
    let app = open().await?;
    let now = clock::now();
    let is_first = organizations::service::is_empty(&app).await?;
    let organization = organizations::service::ensure(&app, &organization, now).await?;
    let input = UserInput {
        email,
        username: None,
        first_name: "Administrator".to_owned(),
        last_name: String::new(),
        password,
        roles: Some(vec!["admin".to_owned()]),
    };
    let id = users::service::add(&app, organization, input, now).await?;
    if operator || is_first {
        users::service::appoint_operator(&app, id).await?;
    }
    println!("administrator created");
    Ok(())
}

/// Says how to make the first organization, as long as there is none.
async fn tell_setup(app: &App) -> Result<(), Failure> {
    if organizations::service::is_empty(app).await? {
        let code = organizations::service::setup_code(&app.config);
        let url = app.config.public_url.trim_end_matches('/');
        println!("There is no organization yet. Make it here: {url}/setup#code={code}");
    }
    Ok(())
}

/// A reader that stops early (`| head`) is no failure.
fn print_document() -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(&steward_server::openapi::document())?;
    match writeln!(std::io::stdout(), "{text}") {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => Err(cause.into()),
        _ => Ok(()),
    }
}

async fn doctor() -> Result<(), Failure> {
    let findings = doctor::run(Config::from_env()).await;
    for finding in &findings {
        println!("{finding}");
    }
    match findings
        .iter()
        .filter(|f| f.verdict == Verdict::Fail)
        .count()
    {
        0 => Ok(()),
        failed => Err(format!("{failed} of {} checks failed", findings.len()).into()),
    }
}

fn described(report: &backup::Report) -> String {
    format!(
        "{} rows, {} files, {} bytes",
        report.rows, report.files, report.bytes
    )
}

async fn open() -> Result<App, Failure> {
    let config = Config::from_env()?;
    let db = steward_db::Db::connect(&config.database_url).await?;
    db.migrate().await?;
    steward_platform::events::settle(&db).await?;
    let app = App::new(db, config, steward_server::jobs())?;
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
