//! Automation of the repository: `cargo run -p xtask -- tidy`.

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
        _ => {
            eprintln!("usage: cargo run -p xtask -- tidy");
            ExitCode::from(2)
        }
    }
}
