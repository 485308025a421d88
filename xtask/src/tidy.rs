//! House rules that the compiler cannot see. Each finding is `file:line: message`.

use std::path::Path;
use std::process::Command;

const MAX_LINES: usize = 600;

/// What each crate must not depend on.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "kernel",
        &[
            "tokio",
            "axum",
            "sea-orm",
            "steward-domain",
            "steward-db",
            "steward-platform",
            "steward-identity",
            "steward-desk",
            "steward-signals",
        ],
    ),
    (
        "domain",
        &[
            "tokio",
            "axum",
            "sea-orm",
            "steward-db",
            "steward-platform",
            "steward-identity",
            "steward-desk",
            "steward-signals",
        ],
    ),
    (
        "db",
        &[
            "axum",
            "steward-domain",
            "steward-platform",
            "steward-identity",
            "steward-desk",
            "steward-signals",
        ],
    ),
    (
        "platform",
        &[
            "steward-domain",
            "steward-identity",
            "steward-desk",
            "steward-signals",
        ],
    ),
    ("identity", &["steward-desk", "steward-signals"]),
    ("desk", &["steward-signals"]),
    ("signals", &["steward-desk"]),
];

/// Checks every file git knows below `root` (tracked, or new and not ignored).
pub fn run(root: &Path) -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output();
    let names = match listed {
        Ok(out) if out.status.success() => String::from_utf8_lossy(&out.stdout).into_owned(),
        _ => return vec!["git ls-files failed: tidy needs a git checkout".to_owned()],
    };
    names
        .lines()
        .filter_map(|name| Some((name, std::fs::read_to_string(root.join(name)).ok()?)))
        .flat_map(|(name, text)| check(name, &text))
        .collect()
}

/// Checks one file, named by its path from the root.
pub fn check(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let file = path.rsplit('/').next().unwrap_or(path);
    let krate = path
        .strip_prefix("crates/")
        .and_then(|rest| rest.split('/').next())
        .unwrap_or("");
    let rust = !krate.is_empty() && path.contains("/src/") && path.ends_with(".rs");
    let has_folder = |name: &str| path.contains(&format!("/{name}/"));

    let may_query = file == "store.rs"
        || has_folder("store")
        || matches!(krate, "bench" | "db" | "testkit")
        || path.starts_with("crates/platform/src/jobs")
        || has_folder("migrations");
    let no_axum = matches!(file, "service.rs" | "store.rs" | "rules.rs")
        || has_folder("service")
        || has_folder("store")
        || matches!(krate, "kernel" | "domain" | "db");
    let may_write = file.starts_with("service")
        || file == "jobs.rs"
        || has_folder("service")
        || matches!(krate, "db" | "platform" | "server" | "testkit");
    let outside = concat!("..", "/shared");
    let ui = path.starts_with("web/src/ui/");
    let manifest = path == format!("crates/{krate}/Cargo.toml");
    let (mut in_tests, mut in_deps) = (file == "tests.rs", false);

    for (index, line) in text.lines().enumerate() {
        let mut say = |message: &str| found.push(format!("{path}:{}: {message}", index + 1));
        if line.contains(outside) {
            say("names a folder outside the repository");
        }
        if rust {
            in_tests |= line.trim() == "#[cfg(test)]";
            let comment = line.trim_start().starts_with("//");
            if !comment && !in_tests {
                if !may_query && is_query(line) {
                    say("queries belong in store.rs");
                }
                if no_axum && line.contains("axum") {
                    say("axum stops at api.rs");
                }
                if !may_write && line.contains(".write(") {
                    say("transactions open only in service.rs and jobs.rs");
                }
            }
            if index == MAX_LINES {
                say("longer than 600 lines; make it a folder of the same name");
            }
        }
        if manifest {
            if line.starts_with('[') {
                in_deps = line.starts_with("[dependencies");
            } else if in_deps {
                let name = line.split(['.', '=', ' ']).next().unwrap_or("");
                if FORBIDDEN
                    .iter()
                    .any(|(of, names)| *of == krate && names.contains(&name))
                {
                    say(&format!("the crate {krate} must not depend on {name}"));
                }
            }
        }
        let imports = line.contains("from ") || line.contains("import");
        if ui && imports && line.contains("features/") {
            say("ui knows no feature; move the shared part to lib or ui");
        }
    }
    found
}

fn is_query(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "Statement::from",
        "query_all_raw",
        "query_one_raw",
        "execute_raw",
    ];
    let Some(quoted) = line.find('"').and_then(|at| line.get(at..)) else {
        return WORDS.iter().any(|word| line.contains(word));
    };
    WORDS.iter().any(|word| line.contains(word))
        || quoted.contains("SELECT ")
        || quoted.contains("INSERT INTO ")
        || quoted
            .split_once("UPDATE ")
            .is_some_and(|(_, rest)| rest.contains(" SET"))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_query_outside_a_store_is_named_with_its_line() {
        let text = "fn a() {}\nlet q = \"SELECT id FROM users\";\n";
        assert_eq!(
            check("crates/desk/src/tickets/api.rs", text),
            ["crates/desk/src/tickets/api.rs:2: queries belong in store.rs"]
        );
        assert!(check("crates/desk/src/tickets/store.rs", text).is_empty());
        assert!(check("crates/desk/src/tickets/store/list.rs", text).is_empty());
    }

    #[test]
    fn axum_stops_at_the_api() {
        assert_eq!(
            check("crates/desk/src/tickets/service/work.rs", "use axum::Json;").len(),
            1
        );
        assert!(check("crates/desk/src/tickets/api.rs", "use axum::Json;").is_empty());
    }

    #[test]
    fn transactions_open_in_services_only() {
        assert_eq!(
            check("crates/desk/src/tickets/api.rs", "db.write(\"x\")").len(),
            1
        );
        assert!(check("crates/desk/src/tickets/service.rs", "db.write(\"x\")").is_empty());
    }

    #[test]
    fn arrows_between_crates_run_down_only() {
        let text = "[dependencies]\nsteward-desk.workspace = true\n";
        assert_eq!(check("crates/signals/Cargo.toml", text).len(), 1);
        assert!(check("crates/server/Cargo.toml", text).is_empty());
        assert_eq!(
            check(
                "crates/domain/Cargo.toml",
                "[dependencies]\ntokio = \"1\"\n"
            )
            .len(),
            1
        );
    }

    #[test]
    fn long_files_outside_mentions_and_features_in_ui_are_found() {
        assert_eq!(check("crates/desk/src/a.rs", &"\n".repeat(601)).len(), 1);
        assert!(check("crates/desk/src/a.rs", &"\n".repeat(600)).is_empty());
        assert_eq!(check("README.md", concat!("see ..", "/shared/x")).len(), 1);
        assert_eq!(
            check(
                "web/src/ui/a.tsx",
                "import { x } from '../features/tickets'"
            )
            .len(),
            1
        );
    }
}
