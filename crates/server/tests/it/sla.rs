//! Service levels: the calculator, calendars and policies, the clocks of
//! tickets through their lives, and acting in time.

use crate::support::{Client, join, organization, work};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use steward_desk::incidents::closing;
use steward_desk::sla;
use steward_desk::tickets::dto::{IncidentInput, TicketPatch};
use steward_desk::tickets::service::{self as tickets, Step};
use steward_domain::tickets::rules::Verb;
use steward_kernel::Actor;
use steward_kernel::id::OrganizationId;
use steward_testkit::TestApp;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// An agent who works at instants that the test chooses.
struct Desk<'a> {
    t: &'a TestApp,
    agent: Actor,
    requester: Actor,
    client: Client<'a>,
}

impl<'a> Desk<'a> {
    async fn new(t: &'a TestApp) -> Self {
        let organization = organization(t, "Northwind").await;
        // Older than its tickets, in the zone of the test.
        t.run("UPDATE organizations SET time_zone = 'Europe/Berlin', created_at = '2020-01-01T00:00:00+00:00'")
            .await;
        let client = join(t, organization, "agent", "manager").await;
        let requester = join(t, organization, "requester", "end_user").await;
        Self {
            agent: actor(t, organization, &client.id).await,
            requester: actor(t, organization, &requester.id).await,
            client,
            t,
        }
    }

    async fn report(&self, impact: &str, urgency: &str, now: &str) -> String {
        let input = json!({"title": "The printer smokes", "impact": impact, "urgency": urgency});
        let input: IncidentInput = serde_json::from_value(input).expect("an incident");
        let made = tickets::report(&self.t.app, &self.requester, input, at(now)).await;
        made.expect("reported").number
    }

    async fn step(&self, key: &str, verb: Verb, now: &str) {
        let step = Step {
            verb,
            comment: Some("because".to_owned()),
            resolution: (verb == Verb::Resolve).then(|| ("solved", "Toner replaced".to_owned())),
        };
        let done = tickets::step(&self.t.app, &self.agent, key, step, None, at(now)).await;
        done.expect("done");
    }

    async fn update(&self, key: &str, patch: Value, now: &str) {
        let patch: TicketPatch = serde_json::from_value(patch).expect("a patch");
        let done = tickets::update(&self.t.app, &self.agent, key, patch, None, at(now)).await;
        done.expect("changed");
    }

    async fn act(&self, now: &str) -> usize {
        sla::act(&self.t.app, at(now)).await.expect("acted")
    }

    async fn rebuilt(&self) -> sla::Report {
        let now = at("2026-12-24T00:00:00Z");
        sla::rebuild(&self.t.app, true, now)
            .await
            .expect("compared")
    }

    async fn clocks(&self, key: &str) -> Vec<Value> {
        let found = self
            .client
            .get(&format!("/tickets/{key}/sla"))
            .await
            .expect(200);
        found["clocks"].as_array().expect("clocks").clone()
    }

    async fn clock(&self, key: &str, metric: &str) -> Value {
        let clocks = self.clocks(key).await;
        let found = clocks.into_iter().find(|c| c["metric"] == metric);
        found.expect("the clock")
    }

    async fn events(&self, name: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM events WHERE name = '{name}'");
        self.t.number(&sql).await
    }
}

async fn actor(t: &TestApp, organization: OrganizationId, id: &str) -> Actor {
    let id = id.parse().expect("an id");
    let mut found = steward_identity::auth::actors(&t.app.db, organization, &[id])
        .await
        .expect("people");
    found.pop().expect("the person")
}

/// Seconds of the counted intervals, which follow each other without gaps.
fn counted(clock: &Value) -> i64 {
    let intervals = clock["intervals"].as_array().expect("intervals");
    let mut total = 0;
    for pair in intervals.windows(2) {
        assert_eq!(pair[0]["until"], pair[1]["from"]);
    }
    for interval in intervals.iter().filter(|i| i["kind"] == "counted") {
        let text = |name: &str| at(interval[name].as_str().expect("an instant"));
        total += text("until").duration_since(text("from")).as_secs();
    }
    total
}

#[tokio::test]
async fn the_calculator_answers_as_documented() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let question = json!({"calendar": {"time_zone": "Europe/Berlin",
                "weekly": {"monday": [["09:00", "12:00"], ["13:00", "17:00"]], "friday": [["22:00", "06:00"]]},
                "holidays": ["2026-12-25"]},
            "start": "2026-03-27T15:30:00Z", "target_minutes": 240,
            "pauses": [{"from": "2026-03-27T16:00:00Z", "to": "2026-03-30T08:00:00Z"}],
            "at": "2026-03-30T09:00:00Z"});
        let answer = desk
            .client
            .post("/sla/calculate", question.clone())
            .await
            .expect(200);
        assert_eq!(
            answer,
            json!({"due_at": "2026-03-30T13:00:00Z", "elapsed_seconds": 3600, "remaining_seconds": 10_800, "state": "running"})
        );
        let mut wrong = question;
        wrong["calendar"]["weekly"]["monday"][0][0] = json!("nine");
        let refused = desk.client.post("/sla/calculate", wrong).await;
        let refused = refused.expect_code(422, "VALIDATION_ERROR");
        assert_eq!(
            refused["errors"][0]["field"],
            "calendar.weekly.monday[0][0]"
        );
    }
}

#[tokio::test]
async fn a_ticket_over_a_weekend_is_explained_to_the_second_and_told_of_once() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        // Friday 10:00 in Berlin; low: 120 minutes to answer, 2880 to resolve.
        let key = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        assert_eq!(
            desk.clock(&key, "response").await["due_at"],
            "2026-11-13T11:00:00Z"
        );
        desk.step(&key, Verb::Start, "2026-11-13T10:00:00Z").await;
        desk.step(&key, Verb::Hold, "2026-11-13T12:00:00Z").await;
        let held = desk.clock(&key, "resolution").await;
        assert_eq!(
            (&held["state"], &held["due_at"]),
            (&json!("paused"), &Value::Null)
        );
        desk.step(&key, Verb::Resume, "2026-11-16T09:00:00Z").await;
        // Raised twice on Monday: high has 480 minutes, critical 240 day and night.
        let raise =
            |priority: &str| json!({"priority": priority, "priority_reason": "The board prints"});
        desk.update(&key, raise("high"), "2026-11-16T10:00:00Z")
            .await;
        let high = desk.clock(&key, "resolution").await;
        assert_eq!(
            (&high["due_at"], counted(&high) >= 4 * 3600),
            (&json!("2026-11-16T14:00:00Z"), true)
        );
        desk.update(&key, raise("critical"), "2026-11-16T10:30:00Z")
            .await;
        // 4.5 of 4 hours are used up at once: all thresholds come due.
        for now in [
            "2026-11-16T10:30:01Z",
            "2026-11-16T10:30:01Z",
            "2026-11-16T10:31:00Z",
        ] {
            desk.act(now).await;
        }
        assert_eq!(desk.events("sla.breached").await, 1);
        desk.step(&key, Verb::Resolve, "2026-11-16T11:00:00Z").await;
        desk.step(&key, Verb::Reopen, "2026-11-17T11:00:00Z").await;
        desk.act("2026-11-17T11:00:01Z").await;
        desk.step(&key, Verb::Resolve, "2026-11-17T11:30:00Z").await;
        desk.act("2026-11-18T11:00:01Z").await;
        assert_eq!(desk.events("sla.breached").await, 1, "{}: once", t.engine);
        let resolution = desk.clock(&key, "resolution").await;
        // 3 h on Friday, 1.5 h and half an hour on Monday, half an hour on Tuesday.
        assert_eq!(resolution["elapsed_seconds"], 11 * 1800);
        assert_eq!(counted(&resolution), 11 * 1800);
        assert_eq!(
            (&resolution["state"], &resolution["breached_at"]),
            (&json!("breached"), &json!("2026-11-16T10:30:00Z"))
        );
        let response = desk.clock(&key, "response").await;
        assert_eq!(
            (&response["state"], &response["met_at"]),
            (&json!("met"), &json!("2026-11-13T10:00:00Z"))
        );
        assert_eq!(counted(&response), 3600);
        let report = desk.rebuilt().await;
        assert_eq!(
            (report.clocks, report.differences),
            (2, Vec::<String>::new()),
            "{}",
            t.engine
        );
        // The ticket shows it, and lists find it.
        let shown = desk
            .client
            .get(&format!("/tickets/{key}"))
            .await
            .expect(200);
        assert_eq!(shown["sla"].as_array().map(Vec::len), Some(2));
        let list = desk
            .client
            .get("/tickets?sla_breached=true&sort=next_breach_at")
            .await
            .expect(200);
        assert_eq!(list["data"][0]["number"], json!(key));
        let none = desk
            .client
            .get("/tickets?sla_breached=false")
            .await
            .expect(200);
        assert_eq!(none["data"].as_array().map(Vec::len), Some(0));
        work(t).await;
        let told = desk.client.get("/notifications").await.expect(200);
        let reasons = told["data"].as_array().expect("a list").iter();
        let breached = reasons.filter(|n| n["reason"] == "sla_breached").count();
        assert_eq!(breached, 1, "{told}");
    }
}

#[tokio::test]
async fn thresholds_and_reminders_act_once_and_escalate() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        // Monday 09:00 in Berlin, high: 30 minutes to answer.
        let key = desk.report("high", "medium", "2026-11-16T08:00:00Z").await;
        assert_eq!(desk.act("2026-11-16T08:22:29Z").await, 0);
        assert_eq!(desk.act("2026-11-16T08:22:30Z").await, 1);
        assert_eq!(desk.events("sla.threshold_reached").await, 1);
        assert_eq!(desk.events("ticket.escalated").await, 0);
        desk.act("2026-11-16T08:27:00Z").await;
        assert_eq!(desk.events("ticket.escalated").await, 1);
        // An outage: breach and "no response" come late, and once.
        for _ in 0..3 {
            desk.act("2026-11-16T10:00:00Z").await;
        }
        assert_eq!(
            (
                desk.events("sla.breached").await,
                desk.events("ticket.escalated").await
            ),
            (1, 3)
        );
        let causes = t
            .texts("SELECT cause FROM escalations ORDER BY level")
            .await;
        assert_eq!(causes, ["sla_at_risk", "sla_breached", "no_response"]);
        let ticket = desk
            .client
            .get(&format!("/tickets/{key}"))
            .await
            .expect(200);
        assert_eq!(ticket["escalation_level"], 3);
        let timeline = desk
            .client
            .get(&format!("/tickets/{key}/timeline"))
            .await
            .expect(200);
        assert!(timeline.to_string().contains("sla_breached"));
        // In progress and quiet for a day.
        desk.step(&key, Verb::Start, "2026-11-16T10:00:00Z").await;
        assert_eq!(t.number("SELECT count(*) FROM sla_reminders").await, 1);
        desk.act("2026-11-17T10:00:01Z").await;
        assert_eq!(t.number("SELECT count(*) FROM sla_reminders").await, 0);
        assert!(desk.rebuilt().await.differences.is_empty());
    }
}

#[tokio::test]
async fn two_nodes_that_look_at_once_act_once() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        for _ in 0..5 {
            desk.report("high", "medium", "2026-11-16T08:00:00Z").await;
        }
        let looks = (0..4).map(|_| sla::act(&t.app, at("2026-11-16T12:00:00Z")));
        for look in futures::future::join_all(looks).await {
            look.expect("acted");
        }
        assert_eq!(desk.events("sla.breached").await, 5, "{}", t.engine);
        let rows = t
            .number("SELECT count(*) FROM sla_clocks WHERE breached_at IS NOT NULL")
            .await;
        assert_eq!(rows, 5);
    }
}

#[tokio::test]
async fn a_new_version_leaves_clocks_alone_until_an_operator_asks() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let done = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        desk.step(&done, Verb::Start, "2026-11-13T10:00:00Z").await;
        desk.step(&done, Verb::Resolve, "2026-11-13T11:00:00Z")
            .await;
        let open = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        let rows = "SELECT consumed_us || mode || coalesce(CAST(due_at AS text), '') || CAST(legs AS text) FROM sla_clocks
            JOIN tickets ON tickets.id = ticket_id WHERE number = 'INC-000001' ORDER BY metric";
        let before = t.texts(rows).await;
        let policies = desk.client.get("/sla/policies").await.expect(200);
        let policy = &policies["data"][0];
        let path = format!("/sla/policies/{}", policy["id"].as_str().expect("an id"));
        let mut targets = policy["targets"].clone();
        targets["low"]["resolution_minutes"] = json!(600);
        let stale = desk
            .client
            .patch(&path, "\"7\"", json!({"targets": targets}))
            .await;
        stale.expect_code(412, "PRECONDITION_FAILED");
        let changed = desk
            .client
            .patch(&path, "\"1\"", json!({"targets": targets}))
            .await
            .expect(200);
        assert_eq!(changed["version"], 2);
        assert_eq!(
            desk.clock(&open, "resolution").await["target_seconds"],
            2880 * 60
        );
        assert!(desk.rebuilt().await.differences.is_empty());
        let preview = desk.client.get("/sla/recomputes/preview").await.expect(200);
        assert_eq!(preview["total"], 2);
        assert_eq!(preview["changes"][0]["ticket"]["number"], json!(open));
        let applied = desk
            .client
            .post("/sla/recomputes", json!({}))
            .await
            .expect(200);
        assert_eq!(
            desk.clock(&open, "resolution").await["target_seconds"],
            600 * 60
        );
        assert!(desk.rebuilt().await.differences.is_empty());
        let undo = format!(
            "/sla/recomputes/{}/undo",
            applied["id"].as_str().expect("an id")
        );
        desk.client.post(&undo, json!({})).await.expect(200);
        assert_eq!(
            desk.clock(&open, "resolution").await["target_seconds"],
            2880 * 60
        );
        desk.client
            .post(&undo, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let clock = desk.clock(&open, "resolution").await;
        assert_eq!(json!(counted(&clock)), clock["elapsed_seconds"]);
        assert_eq!(
            t.texts(rows).await,
            before,
            "closed clocks stay as they are"
        );
        assert!(desk.rebuilt().await.differences.is_empty());
    }
}

#[tokio::test]
async fn clocks_that_ended_stay_byte_for_byte_whatever_is_edited() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let closed = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        desk.step(&closed, Verb::Start, "2026-11-13T10:00:00Z")
            .await;
        desk.step(&closed, Verb::Hold, "2026-11-13T11:00:00Z").await;
        desk.step(&closed, Verb::Resume, "2026-11-16T11:00:00Z")
            .await;
        desk.act("2026-11-20T11:00:00Z").await;
        desk.step(&closed, Verb::Resolve, "2026-11-20T12:00:00Z")
            .await;
        desk.step(&closed, Verb::Close, "2026-11-20T13:00:00Z")
            .await;
        let open = desk.report("low", "medium", "2026-11-20T09:00:00Z").await;
        let id = |column: &str| match t.engine {
            "sqlite" => format!("hex({column})"),
            _ => format!("CAST({column} AS text)"),
        };
        let columns = format!(
            "metric || mode || {} || {} || target_seconds || started_at || as_of
            || consumed_us || coalesce(CAST(due_at AS text), '-') || coalesce(CAST(breached_at AS text), '-')
            || coalesce(CAST(met_at AS text), '-') || fired || coalesce(CAST(fired_before AS text), '-')
            || coalesce(CAST(next_threshold_at AS text), '-') || CAST(legs AS text)",
            id("policy_version_id"),
            id("calendar_version_id")
        );
        let rows = |number: &str| {
            format!(
                "SELECT {columns} FROM sla_clocks JOIN tickets ON tickets.id = ticket_id WHERE number = '{number}' ORDER BY metric"
            )
        };
        let shown = format!(
            "SELECT CAST(sla AS text) || next_breach_at || is_sla_breached || version FROM tickets WHERE number = '{closed}'"
        );
        let before = (t.texts(&rows(&closed)).await, t.text(&shown).await);
        // What comes after the end goes on until now.
        let told = async || {
            let mut clocks = desk.clocks(&closed).await;
            for clock in &mut clocks {
                let intervals = clock["intervals"].as_array_mut().expect("intervals");
                intervals.retain(|interval| interval["kind"] != "after");
            }
            clocks
        };
        let explained = told().await;
        let running = t.texts(&rows(&open)).await;
        assert_eq!((before.0.len(), running.len()), (2, 2), "{}", t.engine);

        let policies = desk.client.get("/sla/policies").await.expect(200);
        let policy = &policies["data"][0];
        let mut targets = policy["targets"].clone();
        targets["low"] = json!({"response_minutes": 1, "resolution_minutes": 2, "next_update_minutes": 3,
            "calendar_id": null});
        let path = format!("/sla/policies/{}", policy["id"].as_str().expect("an id"));
        let change = json!({"targets": targets, "escalation": {"thresholds": [], "before_due": [],
            "no_response": null, "critical_unresolved": null, "no_update": null}});
        desk.client.patch(&path, "*", change).await.expect(200);
        let calendars = desk.client.get("/sla/calendars").await.expect(200);
        for calendar in calendars["data"].as_array().expect("calendars") {
            let path = format!("/sla/calendars/{}", calendar["id"].as_str().expect("an id"));
            let change = json!({"time_zone": "Asia/Tokyo", "weekly": {"sunday": [["00:00", "01:00"]]},
                "holidays": [{"date": "2026-11-13", "name": "x"}]});
            desk.client.patch(&path, "*", change).await.expect(200);
        }
        let after = async || (t.texts(&rows(&closed)).await, t.text(&shown).await);
        assert_eq!(after().await, before, "edited on {}", t.engine);
        desk.client
            .post("/sla/recomputes", json!({}))
            .await
            .expect(200);
        desk.act("2026-11-27T11:00:00Z").await;
        assert_ne!(
            t.texts(&rows(&open)).await,
            running,
            "running ones went over"
        );
        assert_eq!(after().await, before, "recomputed on {}", t.engine);
        assert_eq!(told().await, explained);
        let repaired = sla::rebuild(&t.app, false, at("2026-12-24T00:00:00Z")).await;
        assert_eq!(repaired.expect("repaired").differences, [""; 0]);
        assert_eq!(after().await, before, "rebuilt on {}", t.engine);
    }
}

#[tokio::test]
async fn calendars_are_kept_in_versions_and_guarded() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let list = desk.client.get("/sla/calendars").await.expect(200);
        let names: Vec<_> = list["data"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|c| c["name"].clone())
            .collect();
        assert_eq!(names, ["Day and night", "Office hours"]);
        assert_eq!(list["data"][1]["time_zone"], "Europe/Berlin");
        let hours = json!({"name": "Plant", "time_zone": "Europe/Berlin",
            "weekly": {"friday": [["22:00", "06:00"]]}, "holidays": [{"date": "12-25", "name": "Christmas"}]});
        let made = desk
            .client
            .post("/sla/calendars", hours.clone())
            .await
            .expect(201);
        let path = format!("/sla/calendars/{}", made["id"].as_str().expect("an id"));
        let preview = format!("{path}/preview?from=2026-11-13T12:00:00Z&target_minutes=60");
        let preview = desk.client.get(&preview).await.expect(200);
        assert_eq!(
            preview["openings"][0],
            json!({"from": "2026-11-13T21:00:00Z", "until": "2026-11-14T05:00:00Z"})
        );
        assert_eq!(preview["due_at"], "2026-11-13T22:00:00Z");
        for (field, patch) in [
            ("time_zone", json!({"time_zone": "Mars/Olympus"})),
            (
                "weekly.friday[0][1]",
                json!({"weekly": {"friday": [["22:00", "25:00"]]}}),
            ),
            ("holidays[0]", json!({"holidays": [{"date": "2026-02-30"}]})),
            ("name", json!({"name": " "})),
        ] {
            let refused = desk
                .client
                .patch(&path, "*", patch)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(refused["errors"][0]["field"], field);
        }
        let changed = desk
            .client
            .patch(&path, "\"1\"", json!({"weekly": "24x7"}))
            .await
            .expect(200);
        assert_eq!(
            (&changed["version"], &changed["weekly"]),
            (&json!(2), &json!("24x7"))
        );
        let office = list["data"][1]["id"].as_str().expect("an id");
        let default = desk
            .client
            .delete(&format!("/sla/calendars/{office}"))
            .await;
        default.expect_code(409, "RESOURCE_CONFLICT");
        let night = list["data"][0]["id"].as_str().expect("an id");
        let used = desk.client.delete(&format!("/sla/calendars/{night}")).await;
        used.expect_code(409, "RESOURCE_CONFLICT");
        desk.client.delete(&path).await.expect(204);
        desk.client
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let reader = join(t, desk.agent.organization_id, "reader", "agent").await;
        reader.get("/sla/calendars").await.expect(200);
        reader
            .post("/sla/calendars", hours)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let portal = join(t, desk.agent.organization_id, "portal", "end_user").await;
        portal
            .get("/sla/policies")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let read = desk
            .client
            .post("/sla/holidays/read", json!({"content": file}))
            .await
            .expect(200);
        assert_eq!(
            read["holidays"],
            json!([{"date": "2026-12-25", "name": "Christmas"}])
        );
    }
}

#[tokio::test]
async fn resolved_tickets_close_after_working_days_of_the_default_calendar() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let key = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        desk.step(&key, Verb::Start, "2026-11-13T10:00:00Z").await;
        desk.step(&key, Verb::Resolve, "2026-11-13T11:00:00Z").await;
        let list = desk.client.get("/sla/calendars").await.expect(200);
        let office = list["data"][1]["id"].as_str().expect("an id");
        let holiday = json!({"holidays": [{"date": "2026-11-17"}]});
        let path = format!("/sla/calendars/{office}");
        desk.client.patch(&path, "*", holiday).await.expect(200);
        // Five working days: 16, 18, 19, 20 and 23 November.
        let just_before = at("2026-11-23T11:00:00Z") - 1.seconds();
        assert_eq!(
            closing::close_due(&t.app, just_before)
                .await
                .expect("looked"),
            0
        );
        assert_eq!(
            closing::close_due(&t.app, at("2026-11-23T11:00:00Z"))
                .await
                .expect("closed"),
            1
        );
        let ticket = desk
            .client
            .get(&format!("/tickets/{key}"))
            .await
            .expect(200);
        assert_eq!(
            (&ticket["status"], &ticket["closed_at"]),
            (&json!("closed"), &json!("2026-11-23T11:00:00Z"))
        );
        assert!(desk.rebuilt().await.differences.is_empty());
    }
}

#[tokio::test]
async fn what_is_due_is_found_in_an_index_of_its_own() {
    for t in &steward_testkit::apps().await {
        let look = sla::act(&t.app, at("2026-11-23T11:00:00Z"));
        let (done, plans) = t.plans(look).await;
        assert_eq!(done.expect("looked"), 0);
        let text = format!("{plans:?}");
        let is_indexed = text.contains("sla_clocks_due") && text.contains("sla_reminders_due");
        assert!(is_indexed, "{}: {text}", t.engine);
    }
}
