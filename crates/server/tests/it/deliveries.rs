//! Mail about tickets: who gets which, when, and how it ends.

use crate::support::{Client, join, mails, organization, work};
use jiff::SignedDuration;
use serde_json::{Value, json};
use steward_db::{Executor, time::to_db, values};
use steward_kernel::Instant;
use steward_platform::mail::Mailer;
use steward_platform::{App, clock, jobs};
use steward_signals::deliveries::send_due;
use steward_testkit::TestApp;

fn after(minutes: i64) -> Instant {
    clock::now()
        .checked_add(SignedDuration::from_mins(minutes))
        .expect("an instant")
}

/// Tells what happened and, as if `minutes` had passed, writes and sends the mail.
pub(crate) async fn pass(t: &TestApp, minutes: i64) {
    work(t).await;
    send_due(&t.app, after(minutes)).await.expect("written");
    hurry(t).await;
    work(t).await;
    send_due(&t.app, after(minutes)).await.expect("settled");
}

/// Makes the mail that was written in the time to come due now.
pub(crate) async fn hurry(t: &TestApp) {
    let tx = t.app.db.write("test").await.expect("open");
    let sql = "UPDATE jobs SET run_at = $1 WHERE kind = 'mail.send' AND state = 'ready'";
    tx.execute(sql, values![to_db(clock::now())])
        .await
        .expect("hurried");
    tx.commit().await.expect("kept");
}

pub(crate) async fn say(who: &Client<'_>, body: &str, visibility: &str) {
    let said = json!({"body": body, "visibility": visibility});
    who.post("/tickets/INC-1/comments", said).await.expect(201);
}

/// Takes the quoted-printable of a part back (RFC 2045, 6.7).
fn readable(mail: &str) -> String {
    let joined = mail.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_str();
    while let Some((before, after)) = rest.split_once('=') {
        bytes.extend_from_slice(before.as_bytes());
        let code = after.get(..2).filter(|code| {
            code.chars()
                .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        });
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(b'=');
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// To whom the mails went, by their names, with the texts.
pub(crate) fn letters(t: &TestApp) -> Vec<(String, String)> {
    let mut letters: Vec<(String, String)> = mails(t)
        .into_iter()
        .map(|mail| {
            let to = mail.lines().find_map(|l| l.strip_prefix("To: "));
            let to = to.expect("a recipient").split('@').next().expect("a name");
            (to.to_owned(), readable(&mail))
        })
        .collect();
    letters.sort();
    letters
}

async fn choose(who: &Client<'_>, choices: Value) -> Value {
    let path = "/notification-preferences";
    who.put(path, "*", choices).await.expect(200)
}

async fn states(t: &TestApp) -> Vec<String> {
    t.texts("SELECT state || coalesce(' ' || note, '') FROM deliveries ORDER BY created_at, id")
        .await
}

#[tokio::test]
async fn a_day_of_a_ticket_is_told_once_to_each_and_never_to_who_did_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let second = join(t, org, "omar", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        lea.report("VPN drops").await;
        let assign = json!({"assignee_id": agent.id});
        second
            .post("/tickets/INC-1/assign", assign)
            .await
            .expect(200);
        say(&lea, "the first words", "public").await;
        say(&lea, "the second words", "public").await;
        say(&second, "an internal word", "internal").await;
        pass(t, 1).await;
        assert_eq!(letters(t), [], "it waits for more: {}", t.engine);
        pass(t, 3).await;
        let sent = letters(t);
        let to: Vec<&str> = sent.iter().map(|(to, _)| to.as_str()).collect();
        assert_eq!(to, ["priya"], "{}", t.engine);
        let mail = &sent[0].1;
        for part in [
            "Subject: [INC-000001] VPN drops",
            "omar Test assigned it to you.",
            "> the first words",
            "> the second words",
            "> an internal word",
            "http://localhost/agent/incidents/INC-000001",
            "References: <thread-",
        ] {
            assert!(mail.contains(part), "{part} in {mail}");
        }
        say(&agent, "an answer", "public").await;
        pass(t, 3).await;
        pass(t, 9).await;
        let sent = letters(t);
        let to: Vec<&str> = sent.iter().map(|(to, _)| to.as_str()).collect();
        let to: Vec<&&str> = to.iter().filter(|to| **to != "omar").collect();
        assert_eq!(to, [&"lea", &"priya"], "{}", t.engine);
        assert!(sent[0].1.contains("/portal/requests/INC-000001"));
        assert!(!sent[0].1.contains("internal word"));
        let states = states(t).await;
        assert!(states.iter().all(|state| state == "sent"), "{states:?}");
        // Every event of every person is told by exactly one row, and each was in the inbox too.
        let open = "SELECT count(*) FROM notifications n LEFT JOIN deliveries d
            ON d.event_id = n.event_id AND d.user_id = n.user_id WHERE d.id IS NULL";
        assert_eq!(t.number(open).await, 0, "{}", t.engine);
        // Looking again changes nothing.
        let before = states.len();
        pass(t, 20).await;
        assert_eq!(self::states(t).await.len(), before);
    }
}

#[tokio::test]
async fn people_choose_what_they_are_told_and_when() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let start = agent.get("/notification-preferences").await.expect(200);
        assert_eq!(start["version"], 0);
        assert_eq!(
            (&start["email"]["assigned"], &start["email"]["closed"]),
            (&json!("soon"), &json!("off"))
        );
        // Half a day away, whenever the test runs.
        let never = json!({"email": {"assigned": "off", "commented": "daily"}, "in_app": {"assigned": false},
            "daily_at": after(12 * 60).strftime("%H:%M").to_string()});
        let kept = choose(&agent, never).await;
        assert_eq!(
            (&kept["version"], &kept["email"]["commented"]),
            (&json!(1), &json!("daily"))
        );
        for wrong in [
            json!({"email": {"assigned": "often"}}),
            json!({"email": {"noticed": "soon"}}),
            json!({"daily_at": "25:00"}),
            json!({"quiet_hours": {"from": "08:00", "until": "08:00"}}),
            json!({"pigeon": {}}),
        ] {
            agent
                .put("/notification-preferences", "*", wrong)
                .await
                .expect_code(422, "VALIDATION_ERROR");
        }
        agent
            .put("/notification-preferences", "\"7\"", json!({}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");

        let ticket = lea.report("VPN drops").await;
        let id = ticket["id"].as_str().expect("an id");
        lea.post("/tickets/INC-1/assign", json!({"assignee_id": agent.id}))
            .await;
        let admin = join(t, org, "ines", "admin").await;
        admin
            .post("/tickets/INC-1/assign", json!({"assignee_id": agent.id}))
            .await
            .expect(200);
        say(&lea, "one", "public").await;
        say(&lea, "two", "public").await;
        pass(t, 30).await;
        assert_eq!(letters(t), [], "{}", t.engine);
        let inbox = agent.get("/notifications").await.expect(200);
        let reasons: Vec<&Value> = inbox["data"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|n| &n["reason"])
            .collect();
        assert_eq!(reasons, ["commented", "commented"], "{}", t.engine);
        pass(t, 25 * 60).await;
        let sent = letters(t);
        assert_eq!(sent.len(), 1, "one digest: {}", t.engine);
        assert!(sent[0].1.contains("> one") && sent[0].1.contains("> two"));

        let path = format!("/notification-preferences/muted-tickets/{id}");
        agent.put(&path, "*", json!({})).await;
        let list = agent
            .get("/notification-preferences/muted-tickets")
            .await
            .expect(200);
        assert_eq!(list["data"][0]["number"], "INC-000001");
        say(&lea, "unheard", "public").await;
        pass(t, 25 * 60).await;
        assert_eq!(letters(t).len(), 1, "muted: {}", t.engine);
        agent.delete(&path).await;
        say(&lea, "heard", "public").await;
        pass(t, 25 * 60).await;
        assert_eq!(letters(t).len(), 2, "{}", t.engine);
    }
}

#[tokio::test]
async fn who_lost_the_right_meanwhile_is_not_written_to_and_the_log_says_why() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let gone = join(t, org, "jonas", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        lea.report("VPN drops").await;
        for who in [&agent, &gone] {
            let assign = json!({"assignee_id": who.id});
            admin
                .post("/tickets/INC-1/assign", assign)
                .await
                .expect(200);
        }
        work(t).await;
        let path = format!("/users/{}", agent.id);
        admin
            .patch(&path, "*", json!({"roles": ["end_user"]}))
            .await
            .expect(200);
        let path = format!("/users/{}/deactivate", gone.id);
        admin.post(&path, json!({})).await;
        pass(t, 3).await;
        assert_eq!(letters(t), [], "{}", t.engine);
        let mut found = states(t).await;
        found.sort();
        assert_eq!(
            found,
            ["skipped inactive", "skipped not_visible"],
            "{}",
            t.engine
        );
        let log = admin.get("/deliveries?state=skipped").await.expect(200);
        assert_eq!(log["data"].as_array().expect("rows").len(), 2);
        lea.get("/deliveries")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let id = log["data"][0]["id"].as_str().expect("an id");
        let retry = format!("/deliveries/{id}/retry");
        admin
            .post(&retry, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
    }
}

#[tokio::test]
async fn what_the_mail_server_refuses_is_tried_again_given_up_and_can_be_sent_again() {
    let closed = |config: &mut steward_platform::config::Config| {
        config.smtp_url = Some("smtp://127.0.0.1:9".to_owned());
    };
    for t in &steward_testkit::apps_with(closed).await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        admin.report("VPN drops").await;
        let assign = json!({"assignee_id": agent.id});
        admin
            .post("/tickets/INC-1/assign", assign)
            .await
            .expect(200);
        pass(t, 3).await;
        assert_eq!(states(t).await, ["queued"], "{}", t.engine);
        t.run("UPDATE jobs SET attempts = 9 WHERE kind = 'mail.send'")
            .await;
        pass(t, 3).await;
        assert_eq!(states(t).await, ["failed"], "{}", t.engine);
        let log = admin.get("/deliveries?state=failed").await.expect(200);
        let row = &log["data"][0];
        assert!(
            row["answer"]
                .as_str()
                .is_some_and(|answer| !answer.is_empty()),
            "{row}"
        );
        let path = format!("/deliveries/{}/retry", row["id"].as_str().expect("an id"));
        let again = admin.post(&path, json!({})).await.expect(200);
        assert_eq!(again["state"], "queued", "{}", t.engine);
        let mended = App {
            mailer: Mailer::Files(t.app.config.data_dir.join("mail")),
            jobs: std::sync::Arc::new(steward_server::jobs()),
            ..t.app.clone()
        };
        hurry(t).await;
        jobs::drain(&mended).await.expect("worked");
        send_due(&mended, after(3)).await.expect("settled");
        assert_eq!(states(t).await, ["sent"], "{}", t.engine);
        assert_eq!(letters(t).len(), 1);
    }
}

#[tokio::test]
async fn the_log_is_narrowed_exported_and_read_by_those_who_work_on_the_ticket() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let first = lea.report("VPN drops").await;
        let second = lea.report("=HYPERLINK(1)").await;
        for number in ["INC-1", "INC-2"] {
            let path = format!("/tickets/{number}/assign");
            let assign = json!({"assignee_id": agent.id});
            admin.post(&path, assign).await.expect(200);
        }
        say(&admin, "hello", "public").await;
        pass(t, 3).await;
        let id = |ticket: &Value| ticket["id"].as_str().expect("an id").to_owned();
        let count = |log: Value| log["data"].as_array().expect("rows").len();
        for (query, rows) in [
            (String::new(), 4),
            (format!("?ticket_id={}", id(&first)), 3),
            (format!("?user_id={}", agent.id), 3),
            (
                format!("?user_id={}&ticket_id={}", agent.id, id(&second)),
                1,
            ),
            ("?channel=email&state=sent".to_owned(), 4),
            ("?state=failed".to_owned(), 0),
        ] {
            let log = admin.get(&format!("/deliveries{query}")).await.expect(200);
            assert_eq!(count(log), rows, "{query} {}", t.engine);
        }
        let unknown = admin.get("/deliveries?channel=pigeon").await;
        assert!(unknown.status.is_client_error(), "{}", unknown.body);
        let of_ticket = format!("/deliveries?ticket_id={}", id(&first));
        let log = agent.get(&of_ticket).await.expect(200);
        let address = log["data"][0]["address"].as_str();
        assert!(address.is_some_and(|to| to.starts_with("lea@")), "{log}");
        assert_eq!(log["data"][0]["subject"], "[INC-000001] VPN drops");
        agent
            .get("/deliveries")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        lea.get(&of_ticket)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let other = organization(t, "Other").await;
        let stranger = join(t, other, "sam", "agent").await;
        stranger
            .get(&of_ticket)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let file = admin.get("/deliveries/export").await;
        let kind = file.headers["content-type"].to_str().expect("text");
        assert!(kind.starts_with("text/csv"), "{kind}");
        assert_eq!(file.text().lines().count(), 5, "{}", file.text());
        let narrow = format!("/deliveries/export?ticket_id={}&state=sent", id(&second));
        let file = admin.get(&narrow).await;
        assert_eq!(file.text().lines().count(), 2, "{}", file.text());
        agent
            .get("/deliveries/export")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn everything_given_up_is_sent_again_at_once() {
    let closed = |config: &mut steward_platform::config::Config| {
        config.smtp_url = Some("smtp://127.0.0.1:9".to_owned());
    };
    for t in &steward_testkit::apps_with(closed).await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        for number in ["INC-1", "INC-2"] {
            admin.report("VPN drops").await;
            let assign = json!({"assignee_id": agent.id});
            admin
                .post(&format!("/tickets/{number}/assign"), assign)
                .await
                .expect(200);
        }
        pass(t, 3).await;
        t.run("UPDATE jobs SET attempts = 9 WHERE kind = 'mail.send'")
            .await;
        pass(t, 3).await;
        assert_eq!(states(t).await, ["failed", "failed"], "{}", t.engine);
        agent
            .post("/deliveries/retry", json!({}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let nobody = json!({"user_id": admin.id});
        let none = admin.post("/deliveries/retry", nobody).await.expect(200);
        assert_eq!(none["retried"], 0);
        let all = admin.post("/deliveries/retry", json!({})).await.expect(200);
        assert_eq!(all["retried"], 2, "{}", t.engine);
        assert_eq!(states(t).await, ["queued", "queued"], "{}", t.engine);
    }
}
