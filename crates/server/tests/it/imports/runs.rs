//! Runs: bad lines, dry runs, organizations, the command, a real log.

use super::log::{Refused, file, import, import_as, lines, with};
use super::{everything, told};
use crate::support::{join, organization};
use std::collections::BTreeMap;
use steward_db::{Executor, FromQueryResult, values};
use steward_domain::imports::mapping::SERVICENOW;

#[tokio::test]
async fn one_bad_line_loses_only_itself() {
    let good = lines();
    let mut bytes = Vec::new();
    let mut expected: Refused = Vec::new();
    let bad: [(&[u8], &str); 8] = [
        (
            with(&good[0], &[("sys_updated_at", "31-02-2021 08:00")])
                .leak()
                .as_bytes(),
            "sys_updated_at: '31-02-2021 08:00' is no time of the form %d-%m-%Y %H:%M",
        ),
        (
            with(&good[0], &[("number", "?")]).leak().as_bytes(),
            "number: missing",
        ),
        (
            with(&good[0], &[("incident_state", "Lost")])
                .leak()
                .as_bytes(),
            "incident_state: 'Lost' is no known state",
        ),
        (b"INC9,New", "2 columns where the first line names 36"),
        (b"INC9,\xff\xfe", "not valid UTF-8"),
        (b"\"INC9,New,TRUE", "a quote is opened and not closed"),
        (
            b"\"INC9\" and more,New",
            "there is text after a closing quote",
        ),
        (b"INC9,N\0w", "there is a NUL character"),
    ];
    let clean = file(&good);
    let mut number = 0;
    for (n, line) in clean.split_inclusive(|b| *b == b'\n').enumerate() {
        bytes.extend_from_slice(line);
        number += 1;
        if let Some((text, reason)) = bad.get(n) {
            bytes.extend_from_slice(text);
            bytes.extend_from_slice(b"\r\n");
            number += 1;
            expected.push((number, (*reason).to_owned()));
        }
    }
    for t in &steward_testkit::apps().await {
        let clean_org = organization(t, "Clean").await;
        import(t, "Clean", &clean).await;
        let org = organization(t, "Acme").await;
        let (summary, refused) = import(t, "Acme", &bytes).await;
        assert_eq!(refused, expected, "{}", t.engine);
        assert_eq!(
            (
                summary.lines_read,
                summary.lines_imported,
                summary.lines_refused
            ),
            (21, 13, 8)
        );
        assert_eq!(
            told(&join(t, org, "ada", "agent").await).await,
            told(&join(t, clean_org, "bob", "agent").await).await
        );
    }
}

#[tokio::test]
async fn a_dry_run_says_what_the_import_then_does_and_changes_nothing() {
    for t in &steward_testkit::apps().await {
        organization(t, "Acme").await;
        let mut doubled = lines();
        doubled.extend(lines());
        for (name, lines) in [
            ("Acme", &lines()[..5]),
            ("Acme", &doubled),
            ("New one", &doubled),
        ] {
            let before = everything(t).await;
            let dry = import_as(t, Some(name), SERVICENOW, &file(lines), true)
                .await
                .expect("counted");
            assert_eq!(everything(t).await, before, "{name} on {}", t.engine);
            let real = import(t, name, &file(lines)).await;
            assert_eq!(dry, real, "{name} on {}", t.engine);
        }
        assert_eq!(
            t.rows("organizations").await,
            2,
            "the named organization was made"
        );
    }
}

#[tokio::test]
async fn the_organization_is_the_only_one_or_is_named() {
    for t in &steward_testkit::apps().await {
        let log = file(&lines());
        let run = |name| import_as(t, name, SERVICENOW, &log, false);
        let none = run(None).await.expect_err("there is none");
        assert!(none.contains("--organization"), "{none}");
        organization(t, "Acme").await;
        let (summary, _) = run(None).await.expect("the only one");
        assert_eq!(summary.organization, "Acme");
        organization(t, "Other").await;
        let several = run(None).await.expect_err("which one?");
        assert!(several.contains("Acme, Other"), "{several}");
        let not_a_log = import_as(t, Some("Third"), SERVICENOW, b"a,b\n1,2\n", false).await;
        let not_a_log = not_a_log.expect_err("another file");
        assert!(not_a_log.contains("sys_updated_at"), "{not_a_log}");
        let empty = import_as(t, Some("Third"), SERVICENOW, b"", false).await;
        assert!(empty.expect_err("nothing").contains("empty"));
        assert_eq!(
            t.rows("organizations").await,
            2,
            "a wrong file makes no organization"
        );
    }
}

#[tokio::test]
async fn the_command_prints_refused_lines_and_a_summary() {
    let dir = std::env::temp_dir().join(format!("steward-import-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder");
    let log = dir.join("log.csv");
    let mut lines = lines();
    lines.insert(1, "nonsense".to_owned());
    std::fs::write(&log, file(&lines)).expect("written");
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_steward"))
            .args(["import", "servicenow", log.to_str().expect("UTF-8")])
            .args(arguments)
            .env("STEWARD_DATA_DIR", &dir)
            .env_remove("STEWARD_DATABASE_URL")
            .env("STEWARD_LOG", "off")
            .output()
            .expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (
            output.status.success(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let (ok, _, complaint) = run(&[]);
    assert!(!ok && complaint.contains("--organization"), "{complaint}");
    let (ok, _, _) = run(&["--organization", "Acme", "--dry-run"]);
    assert!(ok);
    let (ok, printed, bar) = run(&["--organization", "Acme"]);
    assert!(ok, "{bar}");
    assert_eq!(bar, "", "no bar where no one looks");
    assert_eq!(
        printed,
        "line 3 refused: 1 columns where the first line names 36\n\
         Imported into Acme:\n\
         read     14 lines\n\
         created  3 incidents, 6 people, 2 teams, 4 categories (history from 13 lines)\n\
         updated  0 incidents\n\
         skipped  0 lines that were imported before\n\
         refused  1 lines\n"
    );
    std::fs::remove_dir_all(&dir).expect("removed");
}

/// Counts of a real log, computed from the file by itself: the last line of
/// each incident says what it is now.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the variable is the test's own")]
async fn the_counts_of_a_real_log_are_those_of_the_file() {
    let Ok(path) = std::env::var("STEWARD_TEST_SERVICENOW_LOG") else {
        eprintln!("STEWARD_TEST_SERVICENOW_LOG is not set: no real log is read");
        return;
    };
    let bytes = std::fs::read(&path).expect("the log");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().expect("a first line").clone();
    let place = |name: &str| header.iter().position(|h| h == name).expect("a column");
    let mut last: BTreeMap<String, csv::StringRecord> = BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("a good line");
        last.insert(record[place("number")].to_owned(), record);
    }
    let by = |name: &str, word: fn(&str) -> &str| -> BTreeMap<String, i64> {
        let mut counts = BTreeMap::new();
        for record in last.values() {
            let text = Some(&record[place(name)]).filter(|t| *t != "?");
            *counts
                .entry(word(text.unwrap_or_default()).to_owned())
                .or_default() += 1;
        }
        counts
    };
    let expected = [
        (
            "t.status",
            by("incident_state", |s| match s {
                "New" => "new",
                "Active" => "in_progress",
                "Resolved" => "resolved",
                "Closed" => "closed",
                _ => "on_hold",
            }),
        ),
        (
            "t.priority",
            by("priority", |p| match p {
                "1 - Critical" => "critical",
                "2 - High" => "high",
                "3 - Moderate" => "medium",
                _ => "low",
            }),
        ),
        ("coalesce(m.name, '')", by("assignment_group", |g| g)),
        ("coalesce(t.category, '')", by("category", |c| c)),
    ];
    #[derive(FromQueryResult)]
    struct Group {
        name: String,
        n: i64,
    }
    for t in &steward_testkit::apps().await {
        let (summary, refused) = import(t, "Acme", &bytes).await;
        assert_eq!(refused, []);
        assert_eq!(
            summary.tickets_created,
            u64::try_from(last.len()).expect("small")
        );
        for (column, expected) in &expected {
            let sql = format!(
                "SELECT {column} AS name, count(*) AS n FROM tickets t LEFT JOIN teams m ON m.id = t.team_id GROUP BY 1"
            );
            let rows: Vec<Group> = t.app.db.all(&sql, values![]).await.expect("counted");
            let counts: BTreeMap<String, i64> = rows.into_iter().map(|g| (g.name, g.n)).collect();
            assert_eq!(&counts, expected, "{column} on {}", t.engine);
        }
    }
}
