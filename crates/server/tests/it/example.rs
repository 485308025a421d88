//! The example organization: added by an operator, and removed without a trace.

use crate::support::{
    Client, Reply, client, dispatch, join, mails, organization, send, until, work,
};
use axum::body::Body;
use axum::http::Request;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use steward_db::{Executor, FromQueryResult, values};
use steward_platform::clock;
use steward_signals::deliveries;
use steward_testkit::TestApp;
use uuid::Uuid;

const PATH: &str = "/organizations/example";

async fn operator(t: &TestApp) -> Client<'_> {
    let acme = organization(t, "Acme").await;
    let person = join(t, acme, "olga", "admin").await;
    t.run("UPDATE users SET is_operator = TRUE WHERE username = 'olga'")
        .await;
    person
}

async fn sign_in(t: &TestApp, email: &str, password: &str) -> Reply {
    let body = json!({"email": email, "password": password});
    send(t, "POST", "/api/v1/auth/login", &[], Some(body)).await
}

fn id_of(made: &Value) -> Uuid {
    let id = made["organization"]["id"].as_str().expect("an id");
    id.parse().expect("a UUID")
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

/// Rows of an organization by table, in every table that names tenants.
async fn rows(t: &TestApp, organization: Uuid) -> BTreeMap<String, i64> {
    let tables = match t.engine {
        "sqlite" => {
            "SELECT m.name FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c
             WHERE m.type = 'table' AND c.name = 'organization_id'"
        }
        _ => {
            "SELECT t.relname::text FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
             WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace AND a.attname = 'organization_id'"
        }
    };
    let mut rows = BTreeMap::new();
    for table in t.texts(tables).await {
        let sql = format!("SELECT count(*) AS n FROM {table} WHERE organization_id = $1");
        let row: Option<Count> = t
            .app
            .db
            .optional(&sql, values![organization])
            .await
            .expect("counted");
        let count = row.expect("a row").n;
        if count > 0 {
            rows.insert(table, count);
        }
    }
    rows
}

async fn number(t: &TestApp, sql: &str, organization: Uuid) -> i64 {
    let row: Option<Count> = t
        .app
        .db
        .optional(sql, values![organization])
        .await
        .expect("counted");
    row.expect("a row").n
}

async fn attach(who: &Client<'_>, ticket: &str) -> Uuid {
    let form = "--b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
        Content-Type: text/plain\r\n\r\nhello\r\n--b0und--\r\n";
    let request = Request::post(format!("/api/v1/tickets/{ticket}/attachments"))
        .header("authorization", &who.bearer)
        .header("content-type", "multipart/form-data; boundary=b0und")
        .body(Body::from(form))
        .expect("a request");
    let list = dispatch(who.t, request).await.expect(201);
    let id = list["data"][0]["id"].as_str().expect("an id");
    id.parse().expect("a UUID")
}

/// Lets the first incidents be written, and no more.
async fn some_of_the_story(t: &TestApp, id: Uuid) {
    let end = async {
        let begun = async || rows(t, id).await.contains_key("comments");
        until("the story begins", begun).await;
        t.run("UPDATE organizations SET is_being_filled = FALSE")
            .await;
    };
    tokio::join!(end, work(t));
}

#[tokio::test]
async fn only_an_operator_adds_sees_or_removes_it() {
    for t in &steward_testkit::apps().await {
        let operator = operator(t).await;
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        for reply in [
            admin.get(PATH).await,
            admin.post(PATH, json!({})).await,
            admin.delete(PATH).await,
        ] {
            reply.expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
        let none = operator.get(PATH).await.expect(200);
        assert_eq!(none["organization"], Value::Null);
        operator
            .delete(PATH)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(t.rows("organizations").await, 1, "{}", t.engine);
    }
}

#[tokio::test]
async fn it_is_filled_in_the_background_tells_its_password_once_and_sends_no_mail() {
    for t in &steward_testkit::apps().await {
        let operator = operator(t).await;
        let made = operator.post(PATH, json!({})).await.expect(201);
        let id = id_of(&made);
        assert_eq!(made["organization"]["is_example"], true);
        let password = made["password"].as_str().expect("a password");
        let people = made["sign_ins"].as_array().expect("people");
        assert_eq!(people.len(), 8);
        for person in people {
            let email = person["email"].as_str().expect("an address");
            sign_in(t, email, password).await.expect(200);
        }
        // Everyone else of it is no way in.
        assert_eq!(
            sign_in(t, "ada.lindgren@example.org", password)
                .await
                .status,
            401
        );
        let seen = operator.get(PATH).await.expect(200);
        assert_eq!(seen["is_being_filled"], true, "{}", t.engine);
        assert!(!seen.to_string().contains(password));
        let second = operator.post(PATH, json!({})).await;
        second.expect_code(409, "RESOURCE_CONFLICT");
        let session = sign_in(t, "admin@example.org", password).await.expect(200);
        let own = client(t, &session);
        own.get(PATH)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");

        work(t).await;
        let seen = operator.get(PATH).await.expect(200);
        assert_eq!(seen["is_being_filled"], false, "{}", t.engine);
        let tickets = own.get("/tickets").await.expect(200);
        assert_eq!(tickets["pagination"]["total"], 60);
        let records = rows(t, id).await;
        assert!(records["comments"] > 60, "{records:?}");
        let breaches =
            "SELECT count(*) AS n FROM events WHERE organization_id = $1 AND name LIKE 'sla.%'";
        assert!(number(t, breaches, id).await > 0);
        let news =
            format!("{breaches} AND at > (SELECT created_at FROM organizations WHERE id = $1)");
        assert_eq!(number(t, &news, id).await, 0, "{}", t.engine);

        let waiting =
            "SELECT count(*) AS n FROM deliveries WHERE organization_id = $1 AND channel = 'email'";
        let all = number(t, waiting, id).await;
        assert!(all > 0, "somebody would have been written to");
        let later = clock::now() + SignedDuration::from_hours(48);
        while deliveries::send_due(&t.app, later).await.expect("sent") > 0 {}
        work(t).await;
        let skipped = format!("{waiting} AND state = 'skipped'");
        assert_eq!(number(t, &skipped, id).await, all, "{}", t.engine);
        assert_eq!(mails(t), Vec::<String>::new());
    }
}

/// What there is of the story: titles, where each ticket stands, and how much happened to it.
async fn told(t: &TestApp) -> Vec<String> {
    let sql = "SELECT t.title || ': ' || t.status
          || ', ' || (SELECT count(*) FROM comments c WHERE c.ticket_id = t.id)
          || ', ' || (SELECT count(*) FROM activities a WHERE a.ticket_id = t.id)
        FROM tickets t JOIN organizations o ON o.id = t.organization_id AND o.is_example
        ORDER BY t.number";
    t.texts(sql).await
}

/// Makes what was put off because it failed due at once.
async fn again(t: &TestApp) {
    let earlier = "(SELECT min(created_at) FROM organizations)";
    t.run(&format!(
        "UPDATE jobs SET run_at = {earlier} WHERE kind = 'example.fill'"
    ))
    .await;
}

#[tokio::test]
async fn a_part_that_breaks_off_goes_on_where_it_was_and_tells_nothing_twice() {
    for t in &steward_testkit::apps().await {
        let operator = operator(t).await;
        operator.post(PATH, json!({})).await.expect(201);
        // Nobody of it may resolve or confirm: the first such step fails, and those before it stand.
        let grants =
            "SELECT CAST(permissions AS text) FROM roles r JOIN organizations o ON o.id = r.organization_id
            WHERE o.is_example AND r.name = 'agent'";
        let granted = t.text(grants).await;
        let set = async |grants: String| {
            let sql = format!(
                "UPDATE roles SET permissions = '{grants}' WHERE name = 'agent'
                 AND organization_id IN (SELECT id FROM organizations WHERE is_example)"
            );
            t.run(&sql).await;
        };
        set(granted.replace("ticket:resolve:all", "user:read:all")).await;
        work(t).await;
        let broken = told(t).await;
        assert!(!broken.is_empty() && broken.len() <= 5, "{broken:?}");
        let failed = "SELECT count(*) FROM jobs WHERE kind = 'example.fill' AND attempts > 0";
        assert_eq!(t.number(failed).await, 1, "{}", t.engine);
        // It fails again at the same place: nothing is added.
        again(t).await;
        work(t).await;
        assert_eq!(told(t).await, broken, "{}", t.engine);

        set(granted).await;
        again(t).await;
        work(t).await;
        let whole = told(t).await;
        assert_eq!(whole.len(), 60, "{}", t.engine);
        // As one that was told without a break.
        operator.delete(PATH).await;
        operator.post(PATH, json!({})).await.expect(201);
        work(t).await;
        assert_eq!(told(t).await, whole, "{}", t.engine);
    }
}

#[tokio::test]
async fn removed_it_leaves_no_row_and_no_file_and_touches_nothing_else() {
    for t in &steward_testkit::apps().await {
        let operator = operator(t).await;
        operator.report("A ticket of a real organization").await;
        work(t).await;
        let acme = organization(t, "Acme").await.0;
        let made = operator.post(PATH, json!({})).await.expect(201);
        let id = id_of(&made);
        let password = made["password"].as_str().expect("a password");
        some_of_the_story(t, id).await;
        let session = sign_in(t, "agent@example.org", password).await.expect(200);
        let agent = client(t, &session);
        let ticket = agent.report("With a file").await;
        let file = attach(&agent, ticket["number"].as_str().expect("a number")).await;
        assert!(t.app.files.read(file, None).await.is_ok());
        // Rows that point at each other in a circle.
        t.run("UPDATE users SET manager_id = id WHERE email = 'agent@example.org'")
            .await;
        let before = rows(t, acme).await;
        assert!(rows(t, id).await.len() > 15, "{:?}", rows(t, id).await);

        let gone = operator.delete(PATH).await;
        assert_eq!(gone.status.as_u16(), 204, "{} {}", t.engine, gone.body);
        assert_eq!(rows(t, id).await, BTreeMap::new(), "{}", t.engine);
        let left = "SELECT count(*) FROM organizations WHERE is_example";
        assert_eq!(t.number(left).await, 0);
        let orphans = "SELECT count(*) FROM refresh_tokens r LEFT JOIN sessions s ON s.id = r.session_id WHERE s.id IS NULL";
        assert_eq!(t.number(orphans).await, 0);
        assert!(t.app.files.read(file, None).await.is_err());
        let mut after = rows(t, acme).await;
        // The record of the removal, and what reacts to it.
        assert_eq!(
            after.insert("events".to_owned(), before["events"]),
            Some(before["events"] + 1)
        );
        after.remove("jobs");
        assert_eq!(after, before, "{}", t.engine);
        assert_eq!(agent.get("/tickets").await.status, 401);
        assert_eq!(sign_in(t, "agent@example.org", password).await.status, 401);
        operator
            .delete(PATH)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        // It can be added again.
        operator.post(PATH, json!({})).await.expect(201);
    }
}

#[tokio::test]
async fn removed_while_it_is_being_filled_it_does_not_come_back() {
    for t in &steward_testkit::apps().await {
        let operator = operator(t).await;
        let made = operator.post(PATH, json!({})).await.expect(201);
        let id = id_of(&made);
        let remove = async {
            let begun = async || rows(t, id).await.contains_key("comments");
            until("the story begins", begun).await;
            operator.delete(PATH).await
        };
        let (gone, ()) = tokio::join!(remove, work(t));
        assert_eq!(gone.status.as_u16(), 204, "{} {}", t.engine, gone.body);
        work(t).await;
        assert_eq!(rows(t, id).await, BTreeMap::new(), "{}", t.engine);
    }
}
