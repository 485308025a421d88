//! The process is killed while mails are written and sent: every event ends in
//! exactly one row for each who is told, and every row in exactly one mail.

use crate::crash::{Server, ask, make_admin, sign_in};
use crate::support::{PASSWORD, until};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use steward_db::time::to_db;
use steward_db::{Db, Executor, FromQueryResult, values};
use steward_platform::clock;
use steward_platform::config::Config;

const ROUNDS: usize = 3;
const REPORTS: usize = 8;

#[derive(Debug, FromQueryResult)]
struct Number {
    n: i64,
}

async fn number(db: &Db, sql: &str) -> i64 {
    let row = db.optional::<Number>(sql, values![]).await;
    row.expect("the query runs").expect("a row").n
}

/// Mails that wait for more are due now, and what the killed process had taken
/// comes due without waiting for the end of its lease.
async fn hurry(db: &Db) {
    for sql in [
        "UPDATE deliveries SET due_at = $1 WHERE state = 'waiting' AND due_at > $1",
        "UPDATE jobs SET run_at = $1 WHERE state = 'ready' AND run_at > $1",
    ] {
        let done = db.execute(sql, values![to_db(clock::now())]).await;
        done.expect("the statement runs");
    }
}

fn mails(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries
        .map(|entry| {
            entry
                .expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

async fn post(server: &Server, bearer: &str, path: &str, body: Value) -> Value {
    let line = format!("POST /api/v1{path}");
    let answer = ask(&server.address, &line, bearer, &body).await;
    let (status, answer) = answer.expect("an answer");
    assert_eq!(status, 201, "{answer}");
    answer
}

async fn rounds(config: &Config, engine: &str) {
    make_admin(config);
    let mut server = Server::start(config);
    let mut bearer = sign_in(&server.address).await;
    let lea = json!({"email": "lea@example.com", "first_name": "Lea", "last_name": "Fontaine",
        "password": PASSWORD, "roles": ["end_user"]});
    let lea = post(&server, &bearer, "/users", lea).await;
    let db = Db::connect(&config.database_url)
        .await
        .expect("the database opens");
    let folder = config.data_dir.join("mail");
    for n in 0..ROUNDS {
        let before = mails(&folder).len();
        for report in 0..REPORTS {
            let body =
                json!({"title": format!("round {n} report {report}"), "requester_id": lea["id"]});
            post(&server, &bearer, "/incidents", body).await;
        }
        let some = async || {
            hurry(&db).await;
            mails(&folder).len() > before + n
        };
        until("some mails are out", some).await;
        server.kill();
        server = Server::start(config);
        bearer = sign_in(&server.address).await;
    }
    let open = "SELECT count(*) AS n FROM deliveries WHERE state IN ('waiting', 'queued')";
    let told = "SELECT count(*) AS n FROM deliveries WHERE reason = 'reported_for_you'";
    let reports = i64::try_from(ROUNDS * REPORTS).expect("a number");
    let is_over = async || {
        hurry(&db).await;
        number(&db, told).await == reports && number(&db, open).await == 0
    };
    until("every mail has ended", is_over).await;
    // One row for each event and person, all of them sent.
    let doubled = "SELECT count(*) AS n FROM (SELECT event_id FROM deliveries
        GROUP BY event_id, user_id, channel HAVING count(*) <> 1) x";
    assert_eq!(number(&db, doubled).await, 0, "{engine}");
    let unsent = "SELECT count(*) AS n FROM deliveries WHERE state <> 'sent' OR mail_id IS NULL";
    assert_eq!(number(&db, unsent).await, 0, "{engine}");
    // What is in the inbox is in a mail, and the other way round.
    let lonely = "SELECT count(*) AS n FROM notifications i LEFT JOIN deliveries d
        ON d.event_id = i.event_id AND d.user_id = i.user_id WHERE d.id IS NULL";
    assert_eq!(number(&db, lonely).await, 0, "{engine}");
    // A mail that was sent twice is one file, because its Message-ID is the same.
    let written = "SELECT count(DISTINCT mail_id) AS n FROM deliveries";
    let written = usize::try_from(number(&db, written).await).expect("a number");
    let mails = mails(&folder);
    let of_tickets = mails.iter().filter(|name| {
        let text = std::fs::read_to_string(folder.join(name)).expect("a mail");
        text.contains("INC-")
    });
    assert_eq!(of_tickets.count(), written, "{engine}");
    println!("{engine}: {ROUNDS} kills, {reports} events told, {written} mails");
}

#[tokio::test]
async fn a_killed_server_tells_every_event_in_exactly_one_mail() {
    for place in steward_testkit::places().await {
        rounds(&place.config, place.engine).await;
    }
}
