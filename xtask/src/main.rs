//! Automation of the repository: `cargo run -p xtask -- tidy` checks the house
//! rules, `incident-log LINES` writes a log to measure imports with.

mod incident_log;
mod tidy;

use std::process::ExitCode;

fn main() -> ExitCode {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match std::env::args().nth(1).as_deref() {
        Some("tidy") => {
            let found = tidy::run(&root);
            for line in &found {
                eprintln!("{line}");
            }
            if found.is_empty() {
                println!("tidy: all house rules hold");
                ExitCode::SUCCESS
            } else {
                eprintln!("tidy: {} to fix", found.len());
                ExitCode::FAILURE
            }
        }
        Some("incident-log") => {
            let lines = std::env::args().nth(2).and_then(|n| n.parse().ok());
            let Some(lines) = lines else {
                eprintln!("usage: cargo run -p xtask -- incident-log LINES > FILE");
                return ExitCode::from(2);
            };
            match incident_log::write(&mut std::io::stdout().lock(), lines) {
                Ok(()) => ExitCode::SUCCESS,
                Err(cause) => {
                    eprintln!("the log cannot be written: {cause}");
                    ExitCode::FAILURE
                }
            }
        }
        _ => {
            eprintln!("usage: cargo run -p xtask -- tidy | incident-log LINES");
            ExitCode::from(2)
        }
    }
}
