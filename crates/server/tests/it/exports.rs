//! Lists as CSV files.

use crate::support::{Client, join, organization};
use serde_json::json;
use steward_db::{Executor, values};
use steward_platform::clock;
use steward_testkit::TestApp;

/// Rows of a file, the header first.
async fn rows(who: &Client<'_>, path: &str) -> Vec<Vec<String>> {
    let reply = who.get(path).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(
        reply.headers["content-type"],
        "text/csv; charset=utf-8; header=present"
    );
    let disposition = reply.headers["content-disposition"].to_str().expect("text");
    assert!(disposition.starts_with("attachment"), "{disposition}");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(&reply.bytes[..]);
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|n| n == name).expect("a column");
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

/// Copies the only ticket.
async fn multiply(t: &TestApp, copies: usize) {
    let copy = "INSERT INTO tickets (id, organization_id, kind, number, title, description, status, priority, impact,
          urgency, requester_id, tags, source, reopened_count, version, created_at, updated_at)
        SELECT $1, organization_id, kind, $2, title, description, status, priority, impact, urgency, requester_id,
          tags, source, reopened_count, version, created_at, updated_at FROM tickets WHERE number = 'INC-000001'";
    let tx = t.app.db.write("test").await.expect("open");
    for n in 0..copies {
        let values = values![clock::new_id(), format!("INC-9{n:05}")];
        tx.execute(copy, values).await.expect("copied");
    }
    tx.commit().await.expect("kept");
}

#[tokio::test]
async fn the_file_holds_what_the_list_shows_in_its_order() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let stranger = join(t, other, "eve", "admin").await;
        lea.report("=HYPERLINK(\"http://evil.example\")").await;
        agent.report("Printer, on \"fire\"").await;
        let all = rows(&agent, "/tickets/export?sort=number").await;
        assert_eq!(
            column(&all, "number"),
            ["INC-000001", "INC-000002"],
            "{}",
            t.engine
        );
        assert_eq!(
            column(&all, "title"),
            [
                "'=HYPERLINK(\"http://evil.example\")",
                "Printer, on \"fire\""
            ]
        );
        assert_eq!(column(&all, "requester"), ["lea Test", "priya Test"]);
        let found = rows(&agent, "/tickets/export?search=printer&status=open").await;
        assert_eq!(column(&found, "number"), ["INC-000002"]);
        assert_eq!(
            column(&rows(&lea, "/tickets/export").await, "number"),
            ["INC-000001"]
        );
        assert_eq!(
            rows(&stranger, "/tickets/export").await.len(),
            1,
            "the header"
        );
        for (query, status) in [("page=1", 400), ("colour=red", 400), ("status=x", 422)] {
            let reply = agent.get(&format!("/tickets/export?{query}")).await;
            assert_eq!(reply.status, status, "{query}: {}", reply.text());
        }
    }
}

#[tokio::test]
async fn a_long_list_is_written_piece_by_piece_without_gap_or_double() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent.report("VPN drops").await;
        multiply(t, 1200).await;
        for sort in ["created_at", "-created_at", "priority", "-number"] {
            let all = rows(&agent, &format!("/tickets/export?sort={sort}")).await;
            let mut numbers = column(&all, "number");
            assert_eq!(numbers.len(), 1201, "{sort} on {}", t.engine);
            numbers.sort();
            numbers.dedup();
            assert_eq!(numbers.len(), 1201, "{sort} on {}", t.engine);
        }
    }
}

#[tokio::test]
async fn people_are_exported_by_those_who_read_the_directory() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ada", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        join(t, other, "eve", "admin").await;
        let all = rows(&admin, "/users/export").await;
        assert_eq!(
            column(&all, "username"),
            ["ada", "lea", "priya"],
            "{}",
            t.engine
        );
        assert!(
            column(&all, "last_login_at")
                .iter()
                .all(|at| !at.is_empty())
        );
        let seen = rows(&agent, "/users/export?role=agent,admin").await;
        assert_eq!(column(&seen, "username"), ["ada", "priya"]);
        // How others use their accounts is not an agent's to know.
        assert_eq!(column(&seen, "last_login_at")[0], "");
        user.get("/users/export")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let wrong = admin.get("/users/export?page=1").await;
        assert_eq!(wrong.status, 400);
        let body = json!({"first_name": "+cmd"});
        admin
            .patch(&format!("/users/{}", user.id), "*", body)
            .await
            .expect(200);
        let all = rows(&admin, "/users/export").await;
        let names = column(&all, "first_name");
        assert!(names.contains(&"'+cmd".to_owned()), "{names:?}");
    }
}
