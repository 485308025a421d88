//! One measurement of one database, from start to figures.

use crate::client::{Call, Client};
use crate::load::Target;
use crate::operations::{Draw, Facts, OPERATIONS, Operation};
use crate::place::Place;
use crate::process::{self, Server};
use crate::report::{Figures, Line};
use crate::tool::{self, Subject};
use crate::{Failure, open, told};
use serde_json::json;
use std::path::PathBuf;
use std::time::Duration;
use steward_db::{Engine, Executor, FromQueryResult, time::to_db, values};
use steward_platform::{App, clock};

/// Signs access tokens of the measured server; nothing else knows it.
pub(crate) const SECRET: &str = "a secret that only measurements use";
/// Jobs that follow a write.
const FOLLOWING: &str = "SELECT CAST(count(*) AS bigint) AS n FROM jobs
    WHERE state = 'ready' AND run_at < '2099-01-01' AND kind IN ('events.react', 'notifications.notify')";

/// Turns of each connection before an operation is measured. PostgreSQL plans a statement
/// anew the first five times on each connection, and the server has sixteen.
const WARM: usize = 100;

/// Longer than a measurement takes.
const SOON: Duration = Duration::from_secs(6 * 3600);

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The filled database. Writes stay in it: measure a copy.
    #[arg(long)]
    database: String,
    /// The server's binary.
    #[arg(long)]
    steward: PathBuf,
    /// Seconds of each load.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Connections.
    #[arg(long, default_value_t = 4)]
    workers: usize,
    /// Only operations with this in their names.
    #[arg(long, default_value = "")]
    only: String,
    /// Leaves the database's own tool out.
    #[arg(long)]
    without_tool: bool,
    /// Where the figures go, as JSON.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Debug, FromQueryResult)]
struct Number {
    n: i64,
}

async fn number(app: &App, sql: &str) -> Result<i64, Failure> {
    let row: Option<Number> = app.db.optional(sql, values![]).await.map_err(told)?;
    Ok(row.ok_or("no row")?.n)
}

/// Measures and writes the figures.
///
/// # Errors
/// When the server does not start, or a request fails.
pub(crate) async fn run(options: &Options) -> Result<(), Failure> {
    std::fs::create_dir_all(std::env::temp_dir().join("steward-bench"))?;
    let app = open(&options.database).await?;
    let place = place(&app, options).await?;
    put_off(&app).await?;
    let server = Server::start(&options.steward, &options.database, SECRET).await?;
    let token = sign_in(server.port).await?;
    let idle = server.memory().0;
    let mut client = Client::connect(server.port, &token).await?;
    let facts = Facts::ask(&mut client).await?;
    let target = Target {
        port: server.port,
        token: &token,
        facts: &facts,
        workers: options.workers,
    };
    let mut figures = Figures::new(place.engine, facts.tickets, server.ready_ms, idle);
    let named = |o: &&Operation| o.name.contains(&options.only);
    let measured: Vec<&Operation> = OPERATIONS.iter().filter(named).collect();
    for operation in measured.iter().filter(|o| !o.writes) {
        let line = measure(&app, &place, &server, &target, operation, options).await?;
        figures.lines.push(line);
    }
    if options.only.is_empty() {
        mixed(&server, &target, &mut figures).await?;
    }
    for operation in measured.iter().filter(|o| o.writes) {
        let line = measure(&app, &place, &server, &target, operation, options).await?;
        figures.lines.push(line);
    }
    figures.memory_most = server.memory().1;
    figures.load_average = process::load_average();
    std::fs::write(&options.out, serde_json::to_string_pretty(&figures)?)?;
    crate::report::print(std::slice::from_ref(&options.out))
}

/// Puts reminders and thresholds off that would come due: what the server does
/// about them would be measured with the requests.
async fn put_off(app: &App) -> Result<(), Failure> {
    let now = clock::now();
    let soon = to_db(now.checked_add(SOON)?);
    let later = to_db(now.checked_add(SOON.checked_mul(100).unwrap_or(SOON))?);
    for (table, column) in [
        ("sla_reminders", "remind_at"),
        ("sla_clocks", "next_threshold_at"),
    ] {
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE {column} <= $2");
        let written = app.db.execute(&sql, values![later, soon]).await;
        written.map_err(told)?;
    }
    Ok(())
}

async fn place(app: &App, options: &Options) -> Result<Place, Failure> {
    let engine = app.db.engine();
    let postmaster = match engine {
        Engine::Sqlite => 0,
        Engine::Postgres => {
            let backend = number(app, "SELECT CAST(pg_backend_pid() AS bigint) AS n").await?;
            process::parent(u32::try_from(backend)?).ok_or("PostgreSQL runs on another machine")?
        }
    };
    Ok(Place {
        database: options.database.clone(),
        engine,
        postmaster,
        workers: options.workers,
    })
}

async fn sign_in(port: u16) -> Result<String, Failure> {
    let mut client = Client::connect(port, "").await?;
    let login = json!({"email": "agent@example.com", "password": steward_server::demo::PASSWORD});
    let answer = client
        .json(&Call::post("/api/v1/auth/login", &login))
        .await?;
    let token = answer["access"]
        .as_str()
        .ok_or("the sign-in gives no token")?;
    Ok(token.to_owned())
}

async fn measure(
    app: &App,
    place: &Place,
    server: &Server,
    target: &Target<'_>,
    operation: &Operation,
    options: &Options,
) -> Result<Line, Failure> {
    eprintln!("{}", operation.name);
    let time = Duration::from_secs(options.seconds);
    target.closed(operation, time / 4, WARM).await?;
    settle(app).await?;
    let (cpu_before, db_before) = (server.cpu(), process::cluster_cpu(place.postmaster));
    let mut outcome = target.closed(operation, time, 1).await?;
    let rate = outcome.count() / outcome.seconds;
    settle(app).await?;
    let requests = outcome.count().max(1.0);
    let cpu = (server.cpu() - cpu_before) * 1000.0 / requests;
    let db = if place.postmaster == 0 {
        0.0
    } else {
        (process::cluster_cpu(place.postmaster) - db_before) * 1000.0 / requests
    };
    let mut line = Line {
        name: operation.name.to_owned(),
        bar: operation.bar,
        requests: outcome.latencies.len(),
        failures: outcome.failures,
        rate,
        p50: outcome.percentile(0.5),
        p99: outcome.percentile(0.99),
        cpu_server: cpu,
        cpu_database: db,
        statements: 0,
        tool: None,
    };
    if !options.without_tool {
        compare(app, place, target, operation, options, &mut line).await?;
    }
    Ok(line)
}

/// The same statements through the database's own tool.
async fn compare(
    app: &App,
    place: &Place,
    target: &Target<'_>,
    operation: &Operation,
    options: &Options,
    line: &mut Line,
) -> Result<(), Failure> {
    let mut draw = Draw::new(target.workers, target.workers + 1);
    let calls = operation.calls(target.facts, &mut draw);
    let mut reached = Vec::new();
    let mut statements = 0;
    for call in &calls {
        let subject = Subject {
            number: call
                .path
                .split('/')
                .find(|part| part.starts_with("INC-"))
                .map(str::to_owned),
            tickets: target.facts.tickets,
            writes: operation.writes,
        };
        let program = tool::record(app, target.token, call, subject).await?;
        statements += program.len();
        reached.push(program);
    }
    settle(app).await?;
    let mut seconds = 0.0;
    let mut cpu_ms = 0.0;
    for program in &reached {
        let one = program.run(place, options.seconds)?;
        seconds += 1.0 / one.rate;
        cpu_ms += one.cpu_ms;
    }
    if operation.writes {
        let sql = "DELETE FROM jobs WHERE run_at > '2099-01-01'";
        app.db.execute(sql, values![]).await.map_err(told)?;
    }
    let turns = f64::from(u32::try_from(calls.len())?);
    line.statements = statements / calls.len().max(1);
    line.tool = Some(tool::Reached {
        rate: turns / seconds,
        cpu_ms: cpu_ms / turns,
    });
    Ok(())
}

/// Waits until the jobs that writes brought along are done. The mails that they
/// would bring two minutes later are dropped: they would fall into the
/// measurement of something else.
async fn settle(app: &App) -> Result<(), Failure> {
    for _ in 0..600 {
        if number(app, FOLLOWING).await? == 0 {
            let sql = "DELETE FROM deliveries WHERE state = 'waiting'";
            app.db.execute(sql, values![]).await.map_err(told)?;
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err("background work does not come to an end".into())
}

/// The mixed load of a working day, at 200 requests a second.
async fn mixed(server: &Server, target: &Target<'_>, figures: &mut Figures) -> Result<(), Failure> {
    eprintln!("mixed load");
    let wide = Target {
        workers: 32,
        ..*target
    };
    wide.open(200, Duration::from_secs(5)).await?;
    let mut outcome = wide.open(200, Duration::from_secs(20)).await?;
    figures.mixed_failures = outcome.failures;
    figures.mixed_p50 = outcome.percentile(0.5);
    figures.mixed_p99 = outcome.percentile(0.99);
    figures.memory_mixed = server.memory().0;
    Ok(())
}
