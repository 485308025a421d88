//! The same statements through the database's own tool: pgbench for
//! PostgreSQL, Python's `sqlite3` for SQLite.
//!
//! The statements are recorded from the request itself, so they are those of
//! this version of the product. Of requests that write, the tool takes the
//! same rows: every statement that writes, in one transaction.

use crate::Failure;
use crate::client::Call;
use crate::place::Place;
use crate::process;
use axum::body::Body;
use axum::http::{Request, header};
use sea_orm::Value;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use steward_db::{Engine, Statement};
use steward_platform::App;
use tower::ServiceExt;
use uuid::Uuid;

/// What a tool reached.
#[derive(Debug, Clone, Copy, Serialize, serde::Deserialize)]
pub(crate) struct Reached {
    /// Turns in a second.
    pub(crate) rate: f64,
    /// CPU of a turn in milliseconds: the database's, and of SQLite the tool's own.
    pub(crate) cpu_ms: f64,
}

/// A value of a statement.
#[derive(Debug)]
enum Param {
    /// The n-th id that the request drew.
    New(usize),
    /// `id` or `number` of the turn's ticket, `fresh` for a number that nothing has.
    Ticket(&'static str),
    /// An id that is always the same.
    Id(Uuid),
    /// The same each time: as JSON, and as SQL of PostgreSQL.
    Value(Json, String),
}

#[derive(Debug, Serialize)]
struct Step {
    sql: String,
    params: Vec<Json>,
    #[serde(skip)]
    typed: Vec<Param>,
}

/// A recorded request.
#[derive(Debug, Serialize)]
pub(crate) struct Program {
    tickets: u64,
    new_ids: usize,
    needs_ticket: bool,
    writes: bool,
    find: BTreeMap<&'static str, String>,
    statements: Vec<Step>,
}

/// What the recorded request was about.
#[derive(Debug)]
pub(crate) struct Subject {
    /// Number of the ticket in its path, if there is one.
    pub(crate) number: Option<String>,
    /// Tickets of the organization.
    pub(crate) tickets: u64,
    /// Whether it writes.
    pub(crate) writes: bool,
}

/// Runs the request in this process and keeps its statements.
pub(crate) async fn record(
    app: &App,
    token: &str,
    call: &Call,
    subject: Subject,
) -> Result<Program, Failure> {
    let before = steward_platform::clock::new_id();
    let request = Request::builder()
        .method(call.method)
        .uri(&call.path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(call.body.clone()))?;
    let router = steward_server::router(app.clone());
    let (answer, statements) = steward_db::record::statements(router.oneshot(request)).await;
    let answer = answer?;
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await?;
    if !status.is_success() {
        let text = String::from_utf8_lossy(&body).into_owned();
        return Err(format!("{}: {status} {text}", call.path).into());
    }
    let body: Json = serde_json::from_slice(&body)?;
    let is_created = subject.writes && subject.number.is_none();
    let id = body["id"].as_str().and_then(|id| id.parse().ok());
    let mut reading = Reading {
        before,
        ids: Vec::new(),
        ticket: id.filter(|_| !is_created),
        number: body["number"].as_str().map(str::to_owned),
        word: if is_created { "fresh" } else { "number" },
        needs_ticket: false,
    };
    let is_read = |sql: &str| sql.starts_with("SELECT") || sql.starts_with("WITH me");
    let wanted = statements
        .iter()
        .filter(|statement| !subject.writes || !is_read(statement.sql.trim_start()));
    let steps = wanted.map(|statement| reading.step(statement)).collect();
    Ok(Program {
        tickets: subject.tickets,
        new_ids: reading.ids.len(),
        needs_ticket: reading.needs_ticket,
        writes: subject.writes,
        find: BTreeMap::from([
            (
                "sqlite",
                "SELECT id FROM tickets WHERE number = ?".to_owned(),
            ),
            (
                "postgres",
                "SELECT id AS tid FROM tickets WHERE number =".to_owned(),
            ),
        ]),
        statements: steps,
    })
}

struct Reading {
    /// Ids drawn by the request are greater.
    before: Uuid,
    ids: Vec<Uuid>,
    ticket: Option<Uuid>,
    number: Option<String>,
    word: &'static str,
    needs_ticket: bool,
}

impl Reading {
    fn step(&mut self, statement: &Statement) -> Step {
        // The turn's ticket has another version than the recorded one; jobs
        // must not be taken by a running server.
        let sql = statement.sql.replace(" AND version = $2", " AND $2 = $2");
        let is_job = sql.contains("INTO jobs");
        let values = statement.values.iter().flat_map(|values| &values.0);
        let typed: Vec<Param> = values.map(|value| self.param(value, is_job)).collect();
        let params = typed
            .iter()
            .map(|param| match param {
                Param::New(at) => json!({"new": at}),
                Param::Ticket(what) => json!({"ticket": what}),
                Param::Id(id) => json!({"uuid": id.simple().to_string()}),
                Param::Value(value, _) => json!({"value": value}),
            })
            .collect();
        Step { sql, params, typed }
    }

    fn param(&mut self, value: &Value, is_job: bool) -> Param {
        match value {
            Value::Uuid(Some(id)) if Some(*id) == self.ticket => {
                self.needs_ticket = true;
                Param::Ticket("id")
            }
            Value::Uuid(Some(id)) if *id > self.before && id.get_version_num() == 7 => {
                let known = self.ids.iter().position(|known| known == id);
                Param::New(known.unwrap_or_else(|| {
                    self.ids.push(*id);
                    self.ids.len() - 1
                }))
            }
            Value::String(Some(text)) if self.number.as_ref() == Some(text) => {
                Param::Ticket(self.word)
            }
            other => constant(other, is_job),
        }
    }
}

fn constant(value: &Value, is_job: bool) -> Param {
    let text = |json: &str, type_: &str| {
        let quoted = json.replace('\\', "\\\\").replace('\'', "''");
        let quoted = quoted.replace(':', "\\x3A");
        Param::Value(Json::from(json), format!("E'{quoted}'::{type_}"))
    };
    let null = |type_: &str| Param::Value(Json::Null, format!("NULL::{type_}"));
    match value {
        Value::Uuid(Some(id)) => Param::Id(*id),
        Value::String(Some(s)) => text(s, "text"),
        Value::Json(Some(json)) => text(&json.to_string(), "jsonb"),
        Value::ChronoDateTimeUtc(Some(at)) => {
            let at = at.to_rfc3339_opts(chrono::SecondsFormat::Micros, false);
            let never = "2100-01-01T00:00:00.000000+00:00";
            text(if is_job { never } else { &at }, "timestamptz")
        }
        Value::Bool(Some(b)) => Param::Value(Json::from(u8::from(*b)), b.to_string()),
        Value::Int(Some(n)) => Param::Value(Json::from(*n), n.to_string()),
        Value::BigInt(Some(n)) => Param::Value(Json::from(*n), format!("{n}::bigint")),
        Value::Uuid(None) => null("uuid"),
        Value::ChronoDateTimeUtc(None) => null("timestamptz"),
        Value::Json(None) => null("jsonb"),
        Value::Bool(None) => null("boolean"),
        Value::Int(None) => null("integer"),
        Value::BigInt(None) => null("bigint"),
        _ => null("text"),
    }
}

impl Program {
    /// Statements of a turn.
    pub(crate) fn len(&self) -> usize {
        self.statements.len()
    }

    /// Runs the tool for some seconds.
    pub(crate) fn run(&self, target: &Place, seconds: u64) -> Result<Reached, Failure> {
        match target.engine {
            Engine::Sqlite => self.sqlite(&target.database, seconds),
            Engine::Postgres => self.pgbench(target, seconds),
        }
    }

    fn sqlite(&self, database: &str, seconds: u64) -> Result<Reached, Failure> {
        let script = write("sqlite.py", include_str!("sqlite.py"))?;
        let program = write("program.json", &serde_json::to_string(self)?)?;
        let path = database.trim_start_matches("sqlite:");
        let output = Command::new("python3")
            .arg(script)
            .arg(path)
            .arg(program)
            .arg(seconds.to_string())
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    fn pgbench(&self, target: &Place, seconds: u64) -> Result<Reached, Failure> {
        let script = write("turn.sql", &self.script())?;
        let before = process::cluster_cpu(target.postmaster);
        let output = Command::new("pgbench")
            .args(["-n", "-M", "prepared", "-j", "1", "-c"])
            .arg(target.workers.to_string())
            .arg("-T")
            .arg(seconds.to_string())
            .arg("-f")
            .arg(script)
            .arg(&target.database)
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let after = |name: &str| {
            let (_, rest) = text.split_once(name)?;
            let digits = rest.trim_start().split([' ', '\n', '/']).next()?;
            digits.parse::<f64>().ok()
        };
        let failed = || String::from_utf8_lossy(&output.stderr).into_owned();
        let rate = after("tps =").ok_or_else(failed)?;
        let turns = after("actually processed:").ok_or_else(failed)?;
        let cpu = process::cluster_cpu(target.postmaster) - before;
        Ok(Reached {
            rate,
            cpu_ms: cpu * 1000.0 / turns.max(1.0),
        })
    }

    /// The turn as a script of pgbench.
    fn script(&self) -> String {
        let number = "'INC-' || lpad((:n)::text, greatest(6, length((:n)::text)), '0')";
        let mut text = format!(
            "\\set n random(1, {})\n\\set r random(1, 281474976710655)\n",
            self.tickets
        );
        if self.needs_ticket {
            let find = self.find.get("postgres").map_or("", String::as_str);
            text.push_str(&format!("{find} {number} \\gset\n"));
        }
        let sql = |param: &Param| match param {
            Param::New(at) => format!(
                "(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || '70008000'
                  || lpad(to_hex((:r)::bigint + {at}), 12, '0'))::uuid"
            ),
            Param::Ticket("id") => "(:tid)::uuid".to_owned(),
            Param::Ticket("fresh") => "'TMP-' || (:r)::text".to_owned(),
            Param::Ticket(_) => number.to_owned(),
            Param::Id(id) => format!("'{id}'::uuid"),
            Param::Value(_, sql) => sql.clone(),
        };
        if self.writes {
            text.push_str("BEGIN;\n");
        }
        for step in &self.statements {
            let mut line = step.sql.replace('\n', " ");
            for (at, param) in step.typed.iter().enumerate().rev() {
                line = line.replace(&format!("${}", at + 1), &format!("({})", sql(param)));
            }
            text.push_str(&line.replace('\n', " "));
            text.push_str(";\n");
        }
        if self.writes {
            text.push_str("COMMIT;\n");
        }
        text
    }
}

fn write(name: &str, text: &str) -> Result<PathBuf, Failure> {
    let path = std::env::temp_dir().join("steward-bench").join(name);
    std::fs::File::create(&path)?.write_all(text.as_bytes())?;
    Ok(path)
}
