//! Channels beside mail: short messages to people, messages to a team's chat.

use crate::deliveries::{hurry, pass, say};
use crate::support::{Client, join, organization, work};
use serde_json::{Value, json};
use std::sync::Arc;
use steward_platform::clock;
use steward_platform::outgoing::{Fake, Outgoing, Request};
use steward_signals::channels::send_due;
use steward_testkit::TestApp;

/// Deployments whose requests to the outside are noted instead of sent.
pub(crate) async fn apps() -> Vec<(TestApp, Arc<Fake>)> {
    let apps = steward_testkit::apps().await.into_iter();
    apps.map(|mut t| {
        let fake = Arc::new(Fake::default());
        t.app.outgoing = Outgoing::Fake(Arc::clone(&fake));
        (t, fake)
    })
    .collect()
}

/// Tells what happened and sends the messages, as if what gathers had waited long enough.
pub(crate) async fn carry(t: &TestApp) {
    work(t).await;
    t.run(
        "UPDATE deliveries SET due_at = created_at WHERE channel <> 'email' AND state = 'waiting'",
    )
    .await;
    send_due(&t.app, clock::now()).await.expect("written");
    work(t).await;
}

pub(crate) async fn team(admin: &Client<'_>, name: &str) -> String {
    let team = json!({"name": name, "description": ""});
    let team = admin.post("/teams", team).await.expect(201);
    team["id"].as_str().expect("an id").to_owned()
}

pub(crate) async fn channel(admin: &Client<'_>, kind: &str, team: &str, topics: &[&str]) -> Value {
    let body = json!({"kind": kind, "name": format!("{kind} of the team"), "team_id": team, "topics": topics,
        "url": "https://hooks.example.com/services/T0/secretpath", "is_active": true});
    admin.post("/notification-channels", body).await.expect(201)
}

pub(crate) async fn give(who: &Client<'_>, ticket: &str, body: Value) {
    let path = format!("/tickets/{ticket}/assign");
    who.post(&path, body).await.expect(200);
}

pub(crate) fn texts(sent: &[Request]) -> Vec<String> {
    let text = |request: &Request| {
        let body: Value = serde_json::from_slice(&request.body).expect("JSON");
        body["text"].as_str().expect("a text").to_owned()
    };
    sent.iter().map(text).collect()
}

pub(crate) async fn states(t: &TestApp) -> Vec<String> {
    let sql = "SELECT reason || ' ' || state || coalesce(' ' || note, '') FROM deliveries
        WHERE channel <> 'email' ORDER BY created_at, id";
    t.texts(sql).await
}

#[tokio::test]
async fn a_team_hears_of_its_own_tickets_and_never_an_internal_word() {
    for (t, fake) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        let (ours, theirs) = (team(&admin, "Network").await, team(&admin, "Desktop").await);
        channel(&admin, "slack", &ours, &["arrived", "commented"]).await;
        channel(&admin, "teams", &theirs, &["resolved"]).await;
        lea.report("VPN drops").await;
        give(&admin, "INC-1", json!({"team_id": ours})).await;
        say(&lea, "a public word", "public").await;
        say(&admin, "an internal word", "internal").await;
        lea.report("Screen is dark").await;
        give(&admin, "INC-2", json!({"team_id": theirs})).await;
        carry(t).await;
        let sent = texts(&fake.sent());
        assert_eq!(sent.len(), 1, "{sent:?} {}", t.engine);
        assert!(
            sent[0].starts_with(
                "INC-000001 VPN drops: ines Test brought it to the team\n\
                 lea Test wrote: a public word\n<"
            ),
            "{}",
            sent[0]
        );
        assert!(!sent[0].contains("internal word"));
        assert!(sent[0].ends_with("/agent/incidents/INC-000001|INC-000001>"));
        assert_eq!(
            states(t).await,
            ["arrived sent", "commented sent"],
            "{}",
            t.engine
        );
        // Looking again, and a job that runs again, change nothing.
        t.run("UPDATE jobs SET state = 'ready', run_at = created_at WHERE kind = 'notifications.notify'").await;
        carry(t).await;
        assert_eq!(fake.sent().len(), 1, "{}", t.engine);
        // A ticket that left the team before the message was written is not told.
        say(&lea, "the last word", "public").await;
        work(t).await;
        t.run("UPDATE tickets SET team_id = NULL WHERE number = 'INC-000001'")
            .await;
        carry(t).await;
        assert_eq!(fake.sent().len(), 1, "{}", t.engine);
        let last = states(t).await.pop();
        assert_eq!(
            last.as_deref(),
            Some("commented skipped not_visible"),
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn short_messages_reach_those_who_chose_them_and_have_a_phone() {
    for (t, fake) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let path = "/notification-preferences";
        let gateway = json!({"kind": "sms", "name": "Gateway", "provider": "http", "from": "Steward",
            "url": "https://sms.example.com/send", "secret": "s3cret", "is_active": true});
        let made = admin
            .post("/notification-channels", gateway)
            .await
            .expect(201);
        assert_eq!(
            (&made["has_secret"], &made["host"]),
            (&json!(true), &json!("sms.example.com"))
        );
        let none = agent.get(path).await.expect(200);
        assert_eq!(
            (&none["has_sms"], &none["sms"]["assigned"]),
            (&json!(false), &json!(false))
        );
        agent
            .put(path, "*", json!({"sms": {"closed": true}}))
            .await
            .expect_refused();
        agent
            .put(path, "*", json!({"sms": {"assigned": true}}))
            .await
            .expect(200);
        for (title, number, ticket) in [
            ("No phone", None, "INC-1"),
            ("VPN drops", Some("0049 151 23-456"), "INC-2"),
        ] {
            let phone = json!({"phone": number});
            agent.patch("/users/me", "*", phone).await.expect(200);
            admin.report(title).await;
            give(&admin, ticket, json!({"assignee_id": agent.id})).await;
            carry(t).await;
        }
        assert_eq!(agent.get(path).await.expect(200)["has_sms"], true);
        let sent = fake.sent();
        assert_eq!(sent.len(), 1, "{}", t.engine);
        assert_eq!(sent[0].headers["authorization"], "Bearer s3cret");
        let body: Value = serde_json::from_slice(&sent[0].body).expect("JSON");
        assert_eq!(body["to"], "+4915123456");
        let text = body["text"].as_str().expect("a text");
        assert!(
            text.starts_with("INC-000002 VPN drops: ines Test assigned it to you"),
            "{text}"
        );
        let log = admin.get("/deliveries?channel=sms").await.expect(200);
        let row = &log["data"][0];
        assert_eq!(
            (&row["state"], &row["address"]),
            (&json!("sent"), &json!("+4915123456"))
        );
        assert_eq!(
            (&row["channel_name"], &row["attempts"]),
            (&json!("Gateway"), &json!(1))
        );
        assert!(
            row["answer"]
                .as_str()
                .expect("an answer")
                .starts_with("200")
        );
    }
}

#[tokio::test]
async fn what_is_refused_is_tried_again_or_given_up_and_can_be_sent_again() {
    use axum::http::StatusCode;
    for (t, fake) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let ours = team(&admin, "Network").await;
        channel(&admin, "webhook", &ours, &["arrived"]).await;
        admin.report("VPN drops").await;
        fake.answer(StatusCode::SERVICE_UNAVAILABLE, "busy");
        give(&admin, "INC-1", json!({"team_id": ours})).await;
        carry(t).await;
        assert_eq!(states(t).await, ["arrived queued"], "{}", t.engine);
        let log = admin.get("/deliveries?channel=webhook").await.expect(200);
        assert!(
            log["data"][0]["answer"]
                .as_str()
                .expect("an answer")
                .contains("busy")
        );
        fake.answer(StatusCode::NOT_FOUND, "no_such_hook");
        t.run("UPDATE jobs SET run_at = created_at WHERE kind = 'channels.send'")
            .await;
        carry(t).await;
        assert_eq!(states(t).await, ["arrived failed"], "{}", t.engine);
        let all = admin.post("/deliveries/retry", json!({})).await.expect(200);
        assert_eq!(all["retried"], 1);
        carry(t).await;
        assert_eq!(states(t).await, ["arrived sent"], "{}", t.engine);
        let keys: Vec<_> = fake
            .sent()
            .iter()
            .map(|r| r.headers["idempotency-key"].clone())
            .collect();
        assert!(
            keys.len() == 3 && keys.iter().all(|key| *key == keys[0]),
            "{keys:?}"
        );
        let kept = "SELECT count(*) FROM channel_messages WHERE body <> ''";
        assert_eq!(
            t.number(kept).await,
            0,
            "what was sent is forgotten: {}",
            t.engine
        );
    }
}

#[tokio::test]
async fn channels_are_set_up_by_administrators_and_keep_their_secrets() {
    for (t, fake) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let ours = team(&admin, "Network").await;
        agent
            .get("/notification-channels")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let url = "https://hooks.example.com/x";
        for (wrong, field) in [
            (json!({"kind": "slack", "name": "x", "url": url}), "team_id"),
            (
                json!({"kind": "slack", "name": "x", "url": url, "team_id": admin.id}),
                "team_id",
            ),
            (
                json!({"kind": "slack", "name": " ", "url": url, "team_id": ours}),
                "name",
            ),
            (
                json!({"kind": "slack", "name": "x", "url": "http://127.0.0.1/x", "team_id": ours}),
                "url",
            ),
            (
                json!({"kind": "slack", "name": "x", "url": "file:///etc/passwd", "team_id": ours}),
                "url",
            ),
            (
                json!({"kind": "slack", "name": "x", "url": url, "team_id": ours, "topics": ["noticed"]}),
                "topics",
            ),
            (
                json!({"kind": "sms", "name": "x", "url": url, "from": "x"}),
                "provider",
            ),
            (
                json!({"kind": "sms", "name": "x", "url": url, "provider": "http"}),
                "from",
            ),
            (
                json!({"kind": "sms", "name": "x", "provider": "twilio", "from": "x", "account": "AC1"}),
                "secret",
            ),
            (
                json!({"kind": "sms", "name": "x", "provider": "twilio", "from": "x", "account": "../x", "secret": "x"}),
                "account",
            ),
        ] {
            let refused = admin
                .post("/notification-channels", wrong)
                .await
                .expect_refused();
            assert_eq!(refused["errors"][0]["field"], field, "{refused}");
        }
        let made = channel(&admin, "slack", &ours, &["resolved", "arrived", "arrived"]).await;
        assert!(!made.to_string().contains("secretpath"), "{made}");
        assert_eq!(made["topics"], json!(["arrived", "resolved"]));
        let stored = t.text("SELECT settings FROM notification_channels").await;
        assert!(!stored.contains("secretpath"), "{stored}");
        let path = format!(
            "/notification-channels/{}",
            made["id"].as_str().expect("an id")
        );
        let tried = admin
            .post(&format!("{path}/test"), json!({}))
            .await
            .expect(200);
        assert_eq!((&tried["is_sent"], fake.sent().len()), (&json!(true), 1));
        assert_eq!(
            fake.sent()[0].url,
            "https://hooks.example.com/services/T0/secretpath"
        );
        let changed = admin
            .patch(&path, "\"1\"", json!({"is_active": false}))
            .await
            .expect(200);
        assert_eq!(
            (&changed["version"], &changed["host"]),
            (&json!(2), &json!("hooks.example.com"))
        );
        admin
            .patch(&path, "\"1\"", json!({"name": "y"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let other = organization(t, "Other").await;
        let stranger = join(t, other, "sam", "admin").await;
        stranger
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        admin.report("VPN drops").await;
        give(&admin, "INC-1", json!({"team_id": ours})).await;
        carry(t).await;
        assert_eq!(states(t).await, Vec::<String>::new(), "off: {}", t.engine);
        assert_eq!(admin.delete(&path).await.status.as_u16(), 204);
        admin
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn another_provider_gets_nothing_that_was_the_old_ones() {
    for (t, _) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let gateway = json!({"kind": "sms", "name": "Gateway", "provider": "http", "from": "+15550100",
            "url": "https://sms.example.com/send", "secret": "s3cret", "is_active": true});
        let made = admin
            .post("/notification-channels", gateway)
            .await
            .expect(201);
        let path = format!(
            "/notification-channels/{}",
            made["id"].as_str().expect("an id")
        );
        let refused = admin.patch(&path, "*", json!({"provider": "twilio"})).await;
        let refused = refused.expect_code(422, "VALIDATION_ERROR");
        assert_eq!(refused["errors"][0]["field"], "account", "{}", t.engine);
        let same = json!({"provider": "http", "name": "Ours"});
        let same = admin.patch(&path, "*", same).await.expect(200);
        assert_eq!(
            (&same["has_secret"], &same["host"]),
            (&json!(true), &json!("sms.example.com")),
            "the same one stays as it is: {}",
            t.engine
        );
        let twilio = json!({"provider": "twilio", "account": "AC1", "secret": "another"});
        let changed = admin.patch(&path, "*", twilio).await.expect(200);
        assert_eq!(
            (
                &changed["provider"],
                &changed["host"],
                &changed["account"],
                &changed["from"]
            ),
            (
                &json!("twilio"),
                &json!("api.twilio.com"),
                &json!("AC1"),
                &json!("+15550100")
            ),
            "{}",
            t.engine
        );
        let back = json!({"provider": "http"});
        let refused = admin.patch(&path, "*", back).await;
        let refused = refused.expect_code(422, "VALIDATION_ERROR");
        assert_eq!(refused["errors"][0]["field"], "url", "{}", t.engine);
        let back = json!({"provider": "http", "url": "https://other.example.com/"});
        let back = admin.patch(&path, "*", back).await.expect(200);
        assert_eq!(
            (&back["has_secret"], &back["account"]),
            (&json!(false), &Value::Null),
            "{}",
            t.engine
        );
        let ours = team(&admin, "Network").await;
        channel(&admin, "slack", &ours, &["arrived"]).await;
        let list = admin.get("/notification-channels").await.expect(200);
        let slack = list["data"]
            .as_array()
            .and_then(|rows| rows.iter().find(|row| row["kind"] == "slack"));
        let id = slack.expect("a row")["id"].as_str().expect("an id");
        let path = format!("/notification-channels/{id}");
        admin
            .patch(&path, "*", json!({"provider": "http"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
    }
}

/// Deliveries that are not the only one of their event, receiver and channel, or have no end.
pub(crate) const WRONG: &str = "SELECT count(*) FROM (
    SELECT event_id FROM deliveries GROUP BY event_id, coalesce(user_id, channel_id), channel HAVING count(*) <> 1
    UNION ALL
    SELECT event_id FROM deliveries WHERE state NOT IN ('sent', 'failed', 'skipped') OR settled_at IS NULL) w";
/// What is in an inbox and has no delivery by mail, though all mail is wanted.
const MISSING: &str = "SELECT count(*) FROM notifications n LEFT JOIN deliveries d
    ON d.event_id = n.event_id AND d.user_id = n.user_id AND d.channel = 'email' WHERE d.id IS NULL";

#[tokio::test]
async fn each_event_ends_in_exactly_one_outcome_for_each_receiver_and_channel() {
    for (t, fake) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let ours = team(&admin, "Network").await;
        let all = ["arrived", "assigned", "commented", "resolved", "reopened"];
        channel(&admin, "slack", &ours, &all).await;
        channel(&admin, "webhook", &ours, &all).await;
        let gateway = json!({"kind": "sms", "name": "Gateway", "provider": "http", "from": "Steward",
            "url": "https://sms.example.com/send", "is_active": true});
        admin
            .post("/notification-channels", gateway)
            .await
            .expect(201);
        let phone = json!({"phone": "+49 151 23456"});
        agent.patch("/users/me", "*", phone).await.expect(200);
        let want = json!({"sms": {"assigned": true, "commented": true}});
        agent
            .put("/notification-preferences", "*", want)
            .await
            .expect(200);
        for (at, number) in ["INC-1", "INC-2", "INC-3"].iter().enumerate() {
            lea.report("VPN drops").await;
            give(
                &admin,
                number,
                json!({"team_id": ours, "assignee_id": agent.id}),
            )
            .await;
            let said = json!({"body": format!("word {at}"), "visibility": "public"});
            lea.post(&format!("/tickets/{number}/comments"), said)
                .await
                .expect(201);
            agent
                .post(&format!("/tickets/{number}/start"), json!({}))
                .await
                .expect(200);
            let solved = json!({"resolution_note": "restarted"});
            agent
                .post(&format!("/tickets/{number}/resolve"), solved)
                .await
                .expect(200);
        }
        fake.answer(axum::http::StatusCode::BAD_REQUEST, "no");
        carry(t).await;
        t.run("UPDATE jobs SET state = 'ready', run_at = created_at WHERE kind LIKE 'notifications.%'").await;
        carry(t).await;
        pass(t, 3).await;
        hurry(t).await;
        pass(t, 3).await;
        assert_eq!(
            (t.number(WRONG).await, t.number(MISSING).await),
            (0, 0),
            "{}",
            t.engine
        );
        let count =
            |channel: &str| format!("SELECT count(*) FROM deliveries WHERE channel = '{channel}'");
        // Three tickets: given (to team and person in one event), a word, a solution.
        for (channel, rows) in [("slack", 9), ("webhook", 9), ("sms", 6)] {
            assert_eq!(
                t.number(&count(channel)).await,
                rows,
                "{channel} {}",
                t.engine
            );
        }
        // What happened to one ticket is one message to each place.
        assert_eq!(fake.sent().len(), 9, "{}", t.engine);
        let failed = "SELECT count(DISTINCT message_id) FROM deliveries WHERE state = 'failed'";
        assert_eq!(t.number(failed).await, 1, "{}", t.engine);
    }
}
