//! The stream: who hears what, at once, and without a gap.

use crate::support::{Client, join, organization, work};
use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures::{FutureExt, StreamExt};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use steward_domain::notifications::events::NotificationEvent;
use steward_kernel::Actor;
use steward_kernel::id::OrganizationId;
use steward_platform::{App, clock, events};
use steward_signals::stream;
use steward_testkit::TestApp;
use tower::ServiceExt;

const PATIENCE: Duration = Duration::from_secs(20);

/// Someone's open stream.
struct Ear<'a> {
    app: &'a App,
    body: BodyDataStream,
    text: String,
    is_over: bool,
}

impl<'a> Ear<'a> {
    async fn open(app: &'a App, who: &Client<'_>, since: Option<&str>) -> Self {
        let mut request = Request::get("/api/v1/stream").header("authorization", &who.bearer);
        if let Some(id) = since {
            request = request.header("last-event-id", id);
        }
        let router = steward_server::router(app.clone());
        let request = request.body(Body::empty()).expect("a request");
        let response = router.oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut ear = Self {
            app,
            body: response.into_body().into_data_stream(),
            text: String::new(),
            is_over: false,
        };
        let first = ear.body.next().await.expect("a part").expect("read");
        ear.text.push_str(&String::from_utf8_lossy(&first));
        ear
    }

    /// Takes what has come.
    fn listen(&mut self) {
        while let Some(part) = self.body.next().now_or_never() {
            match part {
                Some(part) => {
                    let part = part.expect("read");
                    self.text.push_str(&String::from_utf8_lossy(&part));
                }
                None => {
                    self.is_over = true;
                    return;
                }
            }
        }
    }

    /// Lets the node work until this one has heard `word`.
    async fn until(&mut self, word: &str) {
        let start = Instant::now();
        self.listen();
        while !self.text.contains(word) {
            assert!(start.elapsed() < PATIENCE, "no {word} in {}", self.text);
            stream::turn(self.app, clock::now()).await.expect("a turn");
            self.listen();
            tokio::task::yield_now().await;
        }
    }

    /// Name and data of every message since the last call, marks aside.
    fn heard(&mut self) -> Vec<(String, Value)> {
        self.listen();
        let text = std::mem::take(&mut self.text);
        let messages = text.split("\n\n").filter(|m| m.starts_with("event: "));
        messages
            .map(|message| {
                let (name, data) = message.split_once('\n').expect("two lines");
                let data = data.strip_prefix("data: ").expect("data");
                (
                    name.trim_start_matches("event: ").to_owned(),
                    serde_json::from_str(data).expect("JSON"),
                )
            })
            .collect()
    }

    /// As [`Ear::heard`], of tickets only the number and the fields.
    fn news(&mut self) -> Vec<String> {
        let heard = self.heard().into_iter();
        heard
            .map(|(name, data)| match data["number"].as_str() {
                Some(number) => {
                    let fields = data["fields"].as_array().expect("fields").iter();
                    let fields: Vec<&str> = fields.map(|f| f.as_str().expect("text")).collect();
                    format!("{number} {}: {}", data["type"], fields.join(" "))
                }
                None => name,
            })
            .collect()
    }

    fn last_id(&self) -> String {
        let mut ids = self.text.lines().filter_map(|l| l.strip_prefix("id: "));
        ids.next_back().expect("an id").to_owned()
    }
}

async fn say(who: &Client<'_>, key: &str, body: &str, visibility: &str) {
    let said = json!({"body": body, "visibility": visibility});
    who.post(&format!("/tickets/{key}/comments"), said)
        .await
        .expect(201);
}

#[tokio::test]
async fn everyone_hears_what_they_may_see_and_nothing_of_what_it_says() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let omar = join(t, org, "omar", "end_user").await;
        let stranger = join(t, other, "eve", "admin").await;
        let mut ears = Vec::new();
        for who in [&agent, &lea, &omar, &stranger] {
            let mut ear = Ear::open(&t.app, who, None).await;
            assert_eq!(ear.news(), ["ready"], "{}", t.engine);
            ears.push(ear);
        }
        lea.report("A title that stays secret").await;
        ears[0].until("INC-000001").await;
        say(&agent, "INC-1", "an internal word", "internal").await;
        ears[0].until("comments").await;
        assert!(!ears[0].text.contains("secret") && !ears[0].text.contains("word"));
        let first = &ears[0].heard()[0].1;
        assert_eq!(first["version"], 1, "{first}");
        say(&agent, "INC-1", "a public word", "public").await;
        agent
            .put(
                "/tickets/INC-1/presence",
                "*",
                json!({"activity": "typing"}),
            )
            .await
            .expect(200);
        ears[0].until("comments").await;
        ears[0].until("presence").await;
        let mut news = ears[1].news();
        assert_eq!(news.remove(0), "INC-000001 \"created\": ");
        let news = news.concat();
        assert!(
            news.contains("comments") && !news.contains("presence"),
            "{news}"
        );
        assert_eq!(
            news.matches("INC").count(),
            1,
            "the note is not heard: {news}"
        );
        assert_eq!(ears[2].news(), Vec::<String>::new(), "{}", t.engine);
        assert_eq!(ears[3].news(), Vec::<String>::new(), "{}", t.engine);
    }
}

#[tokio::test]
async fn teams_and_settings_of_the_desk_are_heard_of_by_those_who_may_read_them() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let stranger = join(t, other, "eve", "admin").await;
        let mut ears = Vec::new();
        for who in [&agent, &lea, &stranger] {
            ears.push(Ear::open(&t.app, who, None).await);
        }
        let team = admin.post("/teams", json!({"name": "Network"})).await;
        let team = team.expect(201)["id"].as_str().expect("an id").to_owned();
        let path = format!("/teams/{team}");
        let named = json!({"description": "Cables and more"});
        admin.patch(&path, "*", named).await.expect(200);
        let members = format!("{path}/members");
        for _ in 0..2 {
            let who = json!({"user_id": agent.id});
            assert!(admin.post(&members, who).await.status.is_success());
        }
        let member = format!("{members}/{}", agent.id);
        let lead = json!({"role": "lead"});
        admin.patch(&member, "*", lead).await.expect(200);
        admin.delete(&member).await;
        let settings = json!({"has_survey": false});
        admin
            .patch("/desk-settings", "*", settings)
            .await
            .expect(200);
        for ear in &mut ears[..2] {
            ear.until("desk_settings").await;
        }
        let kinds = |heard: Vec<(String, Value)>| -> std::collections::BTreeSet<String> {
            let records = heard.into_iter().filter(|(name, _)| name == "record");
            let text = |value: &Value| value.as_str().expect("text").to_owned();
            records
                .map(|(_, data)| format!("{} {}", text(&data["kind"]), text(&data["id"])))
                .collect()
        };
        let of_team = format!("team {team}");
        let of_desk = format!("desk_settings {}", org.0);
        assert_eq!(kinds(ears[0].heard()), [of_desk.clone(), of_team].into());
        assert_eq!(kinds(ears[1].heard()), [of_desk].into(), "{}", t.engine);
        assert_eq!(kinds(ears[2].heard()), [].into(), "{}", t.engine);
        // Each change is one event, and joining twice is one.
        let names = "SELECT name FROM events WHERE name LIKE 'team.%' ORDER BY id";
        assert_eq!(
            t.texts(names).await,
            [
                "team.created",
                "team.changed",
                "team.member_added",
                "team.member_changed",
                "team.member_removed"
            ]
        );
    }
}

#[tokio::test]
async fn who_loses_a_right_in_mid_stream_hears_nothing_from_then_on() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let gone = join(t, org, "jonas", "agent").await;
        let left = join(t, org, "omar", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let mut witness = Ear::open(&t.app, &admin, None).await;
        let mut demoted = Ear::open(&t.app, &agent, None).await;
        let mut deactivated = Ear::open(&t.app, &gone, None).await;
        let mut signed_out = Ear::open(&t.app, &left, None).await;
        lea.report("One").await;
        witness.until("INC-000001").await;
        for ear in [&mut demoted, &mut deactivated, &mut signed_out] {
            assert_eq!(ear.news().len(), 2, "ready, and the ticket");
        }
        let roles = json!({"roles": ["end_user"]});
        let path = format!("/users/{}", agent.id);
        admin.patch(&path, "*", roles).await.expect(200);
        let path = format!("/users/{}/deactivate", gone.id);
        admin.post(&path, json!({})).await;
        left.post("/auth/logout", json!({})).await;
        lea.report("Two").await;
        witness.until("INC-000002").await;
        assert_eq!(demoted.news(), ["access"], "{}", t.engine);
        assert_eq!(deactivated.news(), ["end"], "{}", t.engine);
        assert_eq!(signed_out.news(), ["end"], "{}", t.engine);
        assert!(deactivated.is_over && signed_out.is_over && !demoted.is_over);
        // What they missed is not told to them when they come back either.
        let start = format!("0.{}", uuid::Uuid::nil().simple());
        let mut again = Ear::open(&t.app, &agent, Some(&start)).await;
        assert_eq!(again.news(), ["ready"], "{}", t.engine);
    }
}

#[tokio::test]
async fn who_is_idle_is_let_go_with_the_next_beat_and_others_stay() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let left = join(t, org, "omar", "agent").await;
        let mut stays = Ear::open(&t.app, &agent, None).await;
        let mut goes = Ear::open(&t.app, &left, None).await;
        left.post("/auth/logout", json!({})).await;
        stream::check(&t.app, clock::now()).await.expect("checked");
        stays.listen();
        assert!(stays.text.contains(": beat\nid: "), "{}", stays.text);
        assert_eq!(goes.news(), ["ready", "end"]);
        assert!(goes.is_over && !stays.is_over);
        assert_eq!(t.app.live.len(), 1);
        drop(stays);
        assert_eq!(t.app.live.len(), 0, "who hangs up is forgotten");
    }
}

#[tokio::test]
async fn a_node_that_starts_anew_tells_exactly_what_was_missed() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        lea.report("Before").await;
        let mut ear = Ear::open(&t.app, &agent, None).await;
        ear.until("ready").await;
        lea.report("Heard").await;
        ear.until("INC-000002").await;
        let last = ear.last_id();
        drop(ear);
        for title in ["Three", "Four", "Five"] {
            lea.report(title).await;
        }
        let restarted = App {
            live: Arc::default(),
            ..t.app.clone()
        };
        // Until older transactions of the same cluster are over, the node's
        // newest event may not be the last one; what is missing comes later.
        let mut back = Ear::open(&restarted, &agent, Some(&last)).await;
        back.until("INC-000005").await;
        let news = back.news();
        let tickets: Vec<&str> = news.iter().filter_map(|n| n.get(..10)).collect();
        assert_eq!(
            tickets
                .iter()
                .filter(|n| n.starts_with("INC"))
                .collect::<Vec<_>>(),
            [&"INC-000003", &"INC-000004", &"INC-000005"],
            "{}",
            t.engine
        );
        let request = Request::get("/api/v1/stream")
            .header("authorization", &agent.bearer)
            .header("last-event-id", "yesterday")
            .body(Body::empty())
            .expect("a request");
        crate::support::dispatch(t, request)
            .await
            .expect_code(422, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn what_commits_late_is_told_although_others_overtook_it() {
    for t in &steward_testkit::apps().await {
        if t.engine == "sqlite" {
            continue; // one writer: nothing overtakes
        }
        let org = organization(t, "Acme").await;
        let before = newest(t).await;
        let slow = t.app.db.write("slow").await.expect("open");
        publish(&slow, org, 1).await;
        let fast = t.app.db.write("fast").await.expect("open");
        publish(&fast, org, 2).await;
        fast.commit().await.expect("kept");
        let seen = events::after(&t.app.db, before, 100).await.expect("read");
        assert!(seen.is_empty(), "the slow one may still come before it");
        slow.commit().await.expect("kept");
        let start = Instant::now();
        loop {
            let seen = events::after(&t.app.db, before, 100).await.expect("read");
            let about: Vec<u128> = seen
                .iter()
                .map(|e| e.event.aggregate_id.as_u128())
                .collect();
            if about == [1, 2] {
                break;
            }
            assert!(start.elapsed() < PATIENCE, "{about:?}");
            tokio::task::yield_now().await;
        }
    }
}

async fn newest(t: &TestApp) -> events::Position {
    let latest = events::latest(&t.app.db, 1).await.expect("read");
    latest.first().map(|e| e.position).unwrap_or_default()
}

async fn publish(tx: &steward_db::Tx, org: OrganizationId, about: u128) {
    let event = NotificationEvent::Changed {
        user_ids: Vec::new(),
    };
    let about = uuid::Uuid::from_u128(about);
    let nobody = Actor::system(org);
    let published = events::publish(tx, &nobody, about, &event, clock::now());
    published.await.expect("published");
}

#[tokio::test]
async fn the_order_goes_on_in_a_database_that_was_filled_from_another() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let tx = t.app.db.write("test").await.expect("open");
        publish(&tx, org, 6).await;
        tx.commit().await.expect("kept");
        t.run("UPDATE events SET commit_order = commit_order + 1000000000000")
            .await;
        events::settle(&t.app.db).await.expect("settled");
        let before = newest_of_all(t).await;
        let tx = t.app.db.write("test").await.expect("open");
        publish(&tx, org, 7).await;
        tx.commit().await.expect("kept");
        let after = newest_of_all(t).await;
        assert!(after > before, "{}: {before} {after}", t.engine);
    }
}

async fn newest_of_all(t: &TestApp) -> i64 {
    t.number("SELECT max(commit_order) FROM events").await
}

#[tokio::test]
async fn the_bell_rings_for_the_person_only() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let other = join(t, org, "omar", "agent").await;
        agent.report("VPN drops").await;
        let mut mine = Ear::open(&t.app, &other, None).await;
        let mut theirs = Ear::open(&t.app, &agent, None).await;
        let assign = json!({"assignee_id": other.id});
        agent
            .post("/tickets/INC-1/assign", assign)
            .await
            .expect(200);
        work(t).await;
        mine.until("event: notification").await;
        theirs.listen();
        assert!(!theirs.text.contains("event: notification"), "{}", t.engine);
        mine.text.clear();
        other.post("/notifications/read-all", json!({})).await;
        mine.until("event: notification").await;
    }
}

#[tokio::test]
async fn many_hear_the_same_and_one_person_has_a_bound() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let mut ears = Vec::new();
        for _ in 0..20 {
            ears.push(Ear::open(&t.app, &agent, None).await);
        }
        agent
            .get("/stream")
            .await
            .expect_code(429, "RATE_LIMIT_EXCEEDED");
        lea.report("VPN drops").await;
        ears[0].until("INC-000001").await;
        for ear in &mut ears {
            ear.listen();
            assert!(ear.text.contains("INC-000001"), "{}", t.engine);
        }
        t.app.live.close();
        for ear in &mut ears {
            ear.listen();
            assert!(ear.is_over, "a node that stops ends its streams");
        }
    }
}
