//! A backup of a running deployment comes back as it was.

use crate::support::{join, organization};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use steward_platform::clock;
use steward_server::commands::{backup, restore};
use steward_testkit::{Place, TestApp, places};

/// Every table of both deployments as text, for comparison.
async fn contents(t: &TestApp) -> Vec<String> {
    let names = match t.engine {
        "sqlite" => {
            "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema
             WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name)"
        }
        _ => {
            "SELECT string_agg(relname::text, ',' ORDER BY relname::text) FROM pg_class
             WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        }
    };
    let names = t.text(names).await;
    let mut contents = Vec::new();
    for name in names.split(',').filter(|n| !n.starts_with("seaql")) {
        let sql = match t.engine {
            "sqlite" => {
                let columns = format!(
                    "SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ') FROM pragma_table_info('{name}')"
                );
                let columns = t.text(&columns).await;
                format!(
                    "SELECT coalesce(group_concat(line, char(10)), '')
                     FROM (SELECT {columns} AS line FROM \"{name}\" ORDER BY 1)"
                )
            }
            _ => format!(
                "SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') FROM \"{name}\" t"
            ),
        };
        contents.push(format!("{name}\n{}", t.text(&sql).await));
    }
    contents
}

/// A deployment with odd content, in the database and as files.
async fn deployment(t: &TestApp) -> Value {
    let org = organization(t, "Acme \\ \"Söhne\"\t").await;
    let agent = join(t, org, "priya", "agent").await;
    for title in [
        "tab\there",
        "back\\slash \\N",
        "line\nbreak",
        "emoji 🚒",
        "NULL",
    ] {
        let body = json!({"title": title, "description": "a\r\nb", "tags": ["x\\y"]});
        agent.post("/incidents", body).await.expect(201);
    }
    let files = t.app.config.data_dir.join("files/ab");
    std::fs::create_dir_all(&files).expect("a folder");
    std::fs::write(files.join("one"), vec![7_u8; 200_000]).expect("a file");
    std::fs::write(t.app.config.data_dir.join("secret.key"), "key").expect("a file");
    agent.get("/tickets").await.expect(200)
}

async fn pairs() -> Vec<(TestApp, Place)> {
    let mut pairs = Vec::new();
    for (from, to) in places().await.into_iter().zip(places().await) {
        pairs.push((from.open().await, to));
    }
    pairs
}

#[tokio::test]
async fn a_restored_deployment_equals_the_one_backed_up() {
    for (t, to) in pairs().await {
        deployment(&t).await;
        let parent = tempfile::tempdir().expect("a folder");
        let dir = parent.path().join("it's a backup");
        let made = backup::run(&t.app.config, &dir, clock::now())
            .await
            .expect("backed up");
        let back = restore::run(&to.config, &dir).await.expect("restored");
        assert_eq!(
            (made.rows, made.bytes),
            (back.rows, back.bytes),
            "{}",
            t.engine
        );
        assert!(made.rows > 20);
        let file = to.config.data_dir.join("files/ab/one");
        assert_eq!(std::fs::read(file).expect("restored").len(), 200_000);
        let key = std::fs::read_to_string(to.config.data_dir.join("secret.key"));
        assert_eq!(key.expect("restored"), "key");
        let restored = to.open().await;
        assert_eq!(
            contents(&restored).await,
            contents(&t).await,
            "{}",
            t.engine
        );
        // It works on: numbers go on, keys and triggers are in place.
        let org = organization(&restored, "Acme \\ \"Söhne\"\t").await;
        let agent = join(&restored, org, "omar", "agent").await;
        assert_eq!(agent.report("next").await["number"], "INC-000006");
        let orphan = "INSERT INTO user_roles (user_id, role_id, organization_id)
                      SELECT organization_id, id, organization_id FROM roles LIMIT 1";
        let refused = steward_db::Executor::execute(&restored.app.db, orphan, Vec::new()).await;
        refused.expect_err("foreign keys hold");
    }
}

#[tokio::test]
async fn a_backup_under_load_is_one_consistent_instant() {
    for (t, to) in pairs().await {
        let org = organization(&t, "Acme").await;
        let agent = join(&t, org, "priya", "agent").await;
        let parent = tempfile::tempdir().expect("a folder");
        let dir = parent.path().join("backup");
        let done = std::cell::Cell::new(false);
        let load = async {
            while !done.get() {
                agent.report("under load").await;
            }
        };
        let take = async {
            // Wait until the load has begun.
            while t.number("SELECT count(*) FROM tickets").await < 5 {}
            backup::run(&t.app.config, &dir, clock::now())
                .await
                .expect("backed up");
            let after = t.number("SELECT count(*) FROM tickets").await;
            while t.number("SELECT count(*) FROM tickets").await < after + 2 {}
            done.set(true);
        };
        futures::future::join(load, take).await;
        restore::run(&to.config, &dir).await.expect("restored");
        let restored = to.open().await;
        let tickets = restored.number("SELECT count(*) FROM tickets").await;
        let live = t.number("SELECT count(*) FROM tickets").await;
        assert!((5..live).contains(&tickets), "{tickets} of {live}");
        for check in [
            "SELECT count(*) FROM events WHERE name = 'ticket.created'",
            "SELECT last_number FROM number_sequences",
            "SELECT count(DISTINCT number) FROM tickets",
            "SELECT count(*) FROM activities",
        ] {
            assert_eq!(
                restored.number(check).await,
                tickets,
                "{check} on {}",
                t.engine
            );
        }
    }
}

fn spoil(path: &Path) {
    let mut bytes = std::fs::read(path).expect("a file");
    bytes.push(b'x');
    std::fs::write(path, bytes).expect("spoiled");
}

fn largest_file(dir: PathBuf) -> PathBuf {
    let files = std::fs::read_dir(dir).expect("a folder");
    let files = files.map(|f| f.expect("a file").path());
    files
        .max_by_key(|p| std::fs::metadata(p).expect("a file").len())
        .expect("a file")
}

#[tokio::test]
async fn what_is_not_empty_incomplete_or_changed_is_refused_and_nothing_happens() {
    for (t, to) in pairs().await {
        deployment(&t).await;
        let parent = tempfile::tempdir().expect("a folder");
        let dir = parent.path().join("backup");
        backup::run(&t.app.config, &dir, clock::now())
            .await
            .expect("backed up");
        let refusal = |config: steward_platform::config::Config| {
            let dir = dir.clone();
            async move {
                let refused = restore::run(&config, &dir).await;
                refused.expect_err("refused").to_string()
            }
        };
        let again = backup::run(&t.app.config, &dir, clock::now()).await;
        assert!(
            again
                .expect_err("refused")
                .to_string()
                .contains("not empty")
        );
        let text = refusal(t.app.config.as_ref().clone()).await;
        assert!(text.contains("already"), "{text}");
        let mut config = t.app.config.as_ref().clone();
        config.data_dir = parent.path().join("empty");
        std::fs::create_dir(&config.data_dir).expect("a folder");
        let text = refusal(config).await;
        assert!(
            text.contains("already"),
            "the database is not empty: {text}"
        );

        let database = largest_file(dir.join("database"));
        let original = std::fs::read(&database).expect("a file");
        spoil(&database);
        let text = refusal(to.config.clone()).await;
        assert!(text.contains("not as it was"), "{text}");
        std::fs::write(&database, original).expect("repaired");
        std::fs::write(dir.join("data/more"), "x").expect("a file");
        let text = refusal(to.config.clone()).await;
        assert!(text.contains("does not belong"), "{text}");
        std::fs::remove_file(dir.join("data/more")).expect("repaired");
        let manifest = dir.join("manifest.json");
        std::fs::rename(&manifest, parent.path().join("away")).expect("moved");
        let text = refusal(to.config.clone()).await;
        assert!(text.contains("no complete backup"), "{text}");
        std::fs::rename(parent.path().join("away"), &manifest).expect("repaired");
        restore::run(&to.config, &dir)
            .await
            .expect("nothing was left behind");
    }
}
