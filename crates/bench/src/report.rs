//! Figures, as JSON and as Markdown.

use crate::Failure;
use crate::process;
use crate::tool::Reached;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use steward_db::Engine;

/// What one operation cost.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Line {
    /// The operation.
    pub(crate) name: String,
    /// Most CPU that it may cost, in milliseconds.
    pub(crate) bar: Option<f64>,
    /// Requests that were measured.
    pub(crate) requests: usize,
    /// Of them no success.
    pub(crate) failures: usize,
    /// Requests in a second.
    pub(crate) rate: f64,
    /// Milliseconds, the middle.
    pub p50: f64,
    /// Milliseconds, of 99 in 100.
    pub p99: f64,
    /// CPU of the server for one request, in milliseconds.
    pub(crate) cpu_server: f64,
    /// CPU of PostgreSQL for one request, in milliseconds; SQLite runs in the server.
    pub(crate) cpu_database: f64,
    /// Statements of the tool's turn.
    pub(crate) statements: usize,
    /// The database's own tool.
    pub(crate) tool: Option<Reached>,
}

impl Line {
    fn cpu(&self) -> f64 {
        self.cpu_server + self.cpu_database
    }
}

/// Figures of one database.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Figures {
    /// Which database.
    pub(crate) engine: Engine,
    /// Tickets in it.
    pub(crate) tickets: u64,
    /// From start to ready, in milliseconds.
    pub(crate) ready_ms: f64,
    /// Resident memory after the start, MiB.
    pub(crate) memory_idle: f64,
    /// Under the mixed load, MiB.
    pub(crate) memory_mixed: f64,
    /// The most of the whole run, MiB.
    pub(crate) memory_most: f64,
    /// Mixed load at 200 requests a second: the middle, ms.
    pub mixed_p50: f64,
    /// Of 99 in 100, ms.
    pub mixed_p99: f64,
    /// Answers of the mixed load that were no success.
    pub(crate) mixed_failures: usize,
    /// Load of the machine at the end.
    pub(crate) load_average: f64,
    /// One line per operation.
    pub(crate) lines: Vec<Line>,
}

impl Figures {
    /// Before anything was measured.
    pub(crate) fn new(engine: Engine, tickets: u64, ready_ms: f64, memory_idle: f64) -> Self {
        Self {
            engine,
            tickets,
            ready_ms,
            memory_idle,
            memory_mixed: 0.0,
            memory_most: 0.0,
            mixed_p50: 0.0,
            mixed_p99: 0.0,
            mixed_failures: 0,
            load_average: process::load_average(),
            lines: Vec::new(),
        }
    }
}

/// Prints each file as a table, and the growth between the first and the last
/// of an engine.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn print(files: &[PathBuf]) -> Result<(), Failure> {
    let mut all: Vec<Figures> = Vec::new();
    for file in files {
        let figures: Figures = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        let small = all
            .iter()
            .find(|known| known.engine == figures.engine && known.tickets < figures.tickets);
        table(&figures, small);
        all.push(figures);
    }
    Ok(())
}

fn table(figures: &Figures, small: Option<&Figures>) {
    println!("\n### {:?}, {} tickets\n", figures.engine, figures.tickets);
    println!(
        "| operation | CPU ms (server + database) | bar | {} requests/s | p50 ms | p99 ms | own tool/s | ratio | own tool CPU ms |",
        if small.is_some() {
            "growth of CPU |"
        } else {
            ""
        }
    );
    let columns = if small.is_some() { 9 } else { 8 };
    println!("| --- |{}", " ---: |".repeat(columns));
    for line in &figures.lines {
        let bar = line.bar.map_or_else(String::new, |bar| format!("≤ {bar}"));
        let before = small.and_then(|s| s.lines.iter().find(|l| l.name == line.name));
        let growth = match (small, before) {
            (None, _) => String::new(),
            (Some(_), None) => " – |".to_owned(),
            (Some(_), Some(before)) => format!(" × {:.2} |", line.cpu() / before.cpu()),
        };
        let tool = line.tool.map_or_else(
            || "– | – | –".to_owned(),
            |t| {
                format!(
                    "{:.0} | {:.2} | {:.2}",
                    t.rate,
                    line.rate / t.rate,
                    t.cpu_ms
                )
            },
        );
        let failed = match line.failures {
            0 => String::new(),
            n => format!(" ({n} failed)"),
        };
        println!(
            "| {}{failed} | {:.2} ({:.2} + {:.2}) | {bar} |{growth} {:.0} | {:.1} | {:.1} | {tool} |",
            line.name,
            line.cpu(),
            line.cpu_server,
            line.cpu_database,
            line.rate,
            line.p50,
            line.p99,
        );
    }
    println!(
        "\nMixed load at 200 requests/s: p50 {:.1} ms, p99 {:.1} ms, {} failures. Ready after {:.0} ms. \
         Resident: {:.0} MiB after the start, {:.0} MiB under the mixed load, {:.0} MiB at most. \
         Load of the machine at the end: {:.1}.",
        figures.mixed_p50,
        figures.mixed_p99,
        figures.mixed_failures,
        figures.ready_ms,
        figures.memory_idle,
        figures.memory_mixed,
        figures.memory_most,
        figures.load_average,
    );
}
