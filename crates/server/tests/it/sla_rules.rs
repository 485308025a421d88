//! What policies say: for which tickets they are meant, and what they have
//! happen as time is used up.

use crate::support::{Client, join, organization};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use steward_desk::sla;
use steward_testkit::TestApp;

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

async fn admin<'a>(t: &'a TestApp) -> Client<'a> {
    let org = organization(t, "Northwind").await;
    join(t, org, "ada", "admin").await
}

/// The calendar that is open day and night.
async fn always(who: &Client<'_>) -> Value {
    let calendars = who.get("/sla/calendars").await.expect(200);
    let mut all = calendars["data"].as_array().expect("calendars").iter();
    let found = all.find(|calendar| calendar["weekly"] == "24x7");
    found.expect("day and night")["id"].clone()
}

/// A policy that gives every priority so many minutes to resolve.
async fn policy(who: &Client<'_>, minutes: i64, more: Value) -> Value {
    let target = json!({"response_minutes": null, "resolution_minutes": minutes,
        "next_update_minutes": null, "calendar_id": null});
    let mut policy = json!({"name": "Of the test", "agreement": "sla", "calendar_id": always(who).await,
        "targets": {"critical": target, "high": target, "medium": target, "low": target}});
    for (name, value) in more.as_object().expect("an object") {
        policy[name] = value.clone();
    }
    policy
}

fn target_of(ticket: &Value) -> Value {
    let chips = ticket["sla"].as_array().expect("chips").iter();
    let mut resolution = chips.filter(|chip| chip["metric"] == "resolution");
    resolution.next().expect("a clock")["target_minutes"].clone()
}

#[tokio::test]
async fn a_policy_can_be_meant_for_what_an_organization_wants_to_know_itself() {
    for t in &steward_testkit::apps().await {
        let who = admin(t).await;
        let plan = json!({"kind": "incident", "key": "plan", "type": "select", "label": "Plan",
            "options": [{"value": "gold", "label": "Gold"}, {"value": "silver", "label": "Silver"}]});
        let plan = who.post("/custom-fields", plan).await.expect(201);
        let seats = json!({"kind": "incident", "key": "seats", "type": "number", "label": "Seats"});
        who.post("/custom-fields", seats).await.expect(201);
        let fields = who.get("/expressions/fields").await.expect(200);
        let names = |field: &Value| field["name"].as_str().expect("a name").to_owned();
        let known: Vec<String> = fields["data"]
            .as_array()
            .expect("fields")
            .iter()
            .map(names)
            .collect();
        assert!(known.ends_with(&["custom.plan".to_owned(), "custom.seats".to_owned()]));

        let wrong = json!({"condition": {"version": 1, "all": [
            {"field": "custom.plan", "op": "eq", "value": "bronze"}]}});
        let refused = who
            .post("/sla/policies", policy(&who, 7, wrong).await)
            .await;
        refused.expect_code(422, "VALIDATION_ERROR");
        let gold = json!({"condition": {"version": 1, "all": [
            {"field": "custom.plan", "op": "eq", "value": "gold"},
            {"field": "custom.seats", "op": "gte", "value": 10}]}});
        let made = who
            .post("/sla/policies", policy(&who, 7, gold.clone()).await)
            .await
            .expect(201);

        let with = |plan: &str, seats: f64| json!({"title": "Slow", "custom_fields": {"plan": plan, "seats": seats}});
        let few = who.post("/incidents", with("gold", 9.5)).await.expect(201);
        assert_ne!(target_of(&few), 7, "{}", t.engine);
        let many = who.post("/incidents", with("gold", 10.0)).await.expect(201);
        assert_eq!(target_of(&many), 7);
        // It is matched anew when the field changes.
        let more = json!({"custom_fields": {"seats": 12}});
        let grown = who
            .patch("/tickets/INC-000001", "*", more)
            .await
            .expect(200);
        assert_eq!(target_of(&grown), 7);
        // The list, and the check, say the same.
        let text: String = gold["condition"]
            .to_string()
            .bytes()
            .map(|b| format!("%{b:02X}"))
            .collect();
        let listed = who
            .get(&format!("/tickets?condition={text}"))
            .await
            .expect(200);
        assert_eq!(listed["pagination"]["total"], 2);
        let body =
            json!({"condition": gold["condition"], "ticket": "INC-000002", "without_person": true});
        let checked = who.post("/expressions/check", body).await.expect(200);
        assert_eq!(
            (&checked["matches"], &checked["matches_ticket"]),
            (&json!(2), &json!(true))
        );
        assert_eq!(checked["sentence"], "Plan is gold and Seats is at least 10");
        let now = steward_platform::clock::now();
        let rebuilt = sla::rebuild(&t.app, true, now).await.expect("compared");
        assert_eq!(rebuilt.differences, [""; 0], "{}", t.engine);

        // What can be chosen changes: what was kept goes on to work.
        let path = format!("/custom-fields/{}", plan["id"].as_str().expect("an id"));
        let less = json!({"options": [{"value": "silver", "label": "Silver"}]});
        who.patch(&path, "*", less).await.expect(200);
        let silver = who
            .post("/incidents", with("silver", 10.0))
            .await
            .expect(201);
        assert_ne!(target_of(&silver), 7);
        let path = format!("/sla/policies/{}", made["id"].as_str().expect("an id"));
        who.patch(&path, "*", json!({"name": "Gold"}))
            .await
            .expect(200);
    }
}

/// The reasons of a timeline that are the product's own.
fn automatic(timeline: &Value) -> Vec<Value> {
    let items = timeline["data"].as_array().expect("items").iter();
    let reasons = items.map(|item| item["automatic"].clone());
    reasons.filter(|reason| !reason.is_null()).collect()
}

#[tokio::test]
async fn a_policy_says_what_happens_as_time_is_used_up() {
    for t in &steward_testkit::apps().await {
        let who = admin(t).await;
        let lead = join(t, organization(t, "Northwind").await, "lena", "agent").await;
        let team = who
            .post("/teams", json!({"name": "Network"}))
            .await
            .expect(201);
        let path = format!("/teams/{}/members", team["id"].as_str().expect("an id"));
        who.post(&path, json!({"user_id": lead.id}))
            .await
            .expect(200);
        t.run("UPDATE team_members SET role = 'lead'").await;
        let actions = |tells: Value, raises: bool, assigns: bool, notes: bool| json!({"tells": tells, "raises_level": raises, "assigns_lead": assigns, "notes": notes});
        let none = || actions(json!([]), false, false, false);
        let rules = json!({
            "thresholds": [
                {"percent": 100, "actions": none()},
                {"percent": 20, "actions": actions(json!(["lead"]), false, false, true)},
                {"percent": 50, "actions": actions(json!([]), false, true, false)},
            ],
            "no_response": {"after_minutes": 5, "actions": actions(json!(["lead"]), false, false, false)},
            "critical_unresolved": null,
            "no_update": null,
        });
        for (place, value) in [
            (
                "thresholds.0.percent",
                json!({"thresholds": [{"percent": 0, "actions": none()}]}),
            ),
            (
                "no_response.after_minutes",
                json!({"no_response": {"after_minutes": 0, "actions": none()}}),
            ),
        ] {
            let mut wrong = rules.clone();
            for (name, value) in value.as_object().expect("an object") {
                wrong[name] = value.clone();
            }
            let refused = who
                .post(
                    "/sla/policies",
                    policy(&who, 100, json!({"escalation": wrong})).await,
                )
                .await;
            let refused = refused.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(refused["errors"][0]["field"], format!("escalation.{place}"));
        }
        let made = who
            .post(
                "/sla/policies",
                policy(&who, 100, json!({"escalation": rules})).await,
            )
            .await;
        let made = made.expect(201);
        let percents: Vec<&Value> = made["escalation"]["thresholds"]
            .as_array()
            .expect("some")
            .iter()
            .map(|threshold| &threshold["percent"])
            .collect();
        assert_eq!(percents, [20, 50, 100]);
        let path = format!("/sla/policies/{}", made["id"].as_str().expect("an id"));
        let same = who
            .patch(&path, "*", json!({"name": "Quick"}))
            .await
            .expect(200);
        assert_eq!(same["escalation"], made["escalation"]);

        let body = json!({"title": "Slow", "team_id": team["id"]});
        let ticket = who.post("/incidents", body).await.expect(201);
        let start: Timestamp = ticket["created_at"]
            .as_str()
            .expect("a time")
            .parse()
            .expect("an instant");
        let events = async |name: &str| {
            t.number(&format!(
                "SELECT count(*) FROM events WHERE name = '{name}'"
            ))
            .await
        };
        let act = async |at: i64| sla::act(&t.app, start + minutes(at)).await.expect("acted");
        // After five minutes the lead is told that nobody took it up, and nothing else.
        act(4).await;
        assert_eq!(events("sla.reminded").await, 0);
        act(6).await;
        act(6).await;
        assert_eq!(
            (
                events("sla.reminded").await,
                events("ticket.escalated").await
            ),
            (1, 0)
        );
        act(21).await;
        assert_eq!(events("sla.threshold_reached").await, 1);
        let timeline = who.get("/tickets/INC-000001/timeline").await.expect(200);
        assert!(
            timeline.to_string().contains("20 % of the time"),
            "{timeline}"
        );
        let automatic = automatic(&timeline);
        assert_eq!(
            automatic.last(),
            Some(
                &json!({"code": "percent_used", "agreement": "sla", "metric": "resolution",
                "percent": 20, "minutes": null})
            ),
            "{}",
            t.engine
        );
        // At half of it the lead gets the ticket.
        act(51).await;
        let given = who.get("/tickets/INC-000001").await.expect(200);
        assert_eq!(given["assignee"]["id"], json!(lead.id), "{}", t.engine);
        assert_eq!(given["status"], "assigned");
        act(101).await;
        act(102).await;
        assert_eq!(
            (
                events("sla.breached").await,
                events("ticket.escalated").await
            ),
            (1, 0)
        );
        let breached = who.get("/tickets/INC-000001").await.expect(200);
        assert_eq!(breached["escalation_level"], 0);
        let rebuilt = sla::rebuild(&t.app, true, start + minutes(200))
            .await
            .expect("compared");
        assert_eq!(rebuilt.differences, [""; 0], "{}", t.engine);
    }
}

#[tokio::test]
async fn people_are_told_so_many_minutes_before_a_clock_is_due_each_time_once() {
    for t in &steward_testkit::apps().await {
        let who = admin(t).await;
        let actions = json!({"tells": ["managers"], "raises_level": false, "assigns_lead": false, "notes": true});
        let before = |minutes: i64| json!({"minutes": minutes, "actions": actions});
        let rules = |all: Value| {
            json!({"escalation": {"thresholds": [{"percent": 80, "actions": actions}],
            "before_due": all, "no_response": null, "critical_unresolved": null, "no_update": null}})
        };
        for (all, place) in [
            (json!([before(0)]), "before_due.0.minutes"),
            (json!([before(5), before(5)]), "before_due.1.minutes"),
            (json!(vec![before(5); 11]), "before_due"),
        ] {
            let wrong = policy(&who, 100, rules(all)).await;
            let refused = who.post("/sla/policies", wrong).await;
            let refused = refused.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(refused["errors"][0]["field"], format!("escalation.{place}"));
        }
        let all = json!([before(10), before(60), before(100), before(30)]);
        let made = who
            .post("/sla/policies", policy(&who, 100, rules(all)).await)
            .await;
        let made = made.expect(201);
        let kept = made["escalation"]["before_due"].as_array().expect("a list");
        let kept: Vec<&Value> = kept.iter().map(|before| &before["minutes"]).collect();
        assert_eq!(kept, [100, 60, 30, 10], "{}", t.engine);

        let ticket = who
            .post("/incidents", json!({"title": "Slow"}))
            .await
            .expect(201);
        let start: Timestamp = ticket["created_at"]
            .as_str()
            .expect("a time")
            .parse()
            .expect("an instant");
        let act = async |at: i64| {
            // Two nodes look, and one looks again.
            let looks = (0..2).map(|_| sla::act(&t.app, start + minutes(at)));
            for look in futures::future::join_all(looks).await {
                look.expect("acted");
            }
            sla::act(&t.app, start + minutes(at)).await.expect("acted");
            told(t).await
        };
        assert_eq!(
            act(39).await,
            Vec::<Value>::new(),
            "100 minutes before is no time of this clock"
        );
        let sixty = json!([40, 60]);
        assert_eq!(act(40).await, std::slice::from_ref(&sixty));
        let thirty = json!([70, 30]);
        assert_eq!(act(79).await, [sixty.clone(), thirty.clone()]);
        // An outage: percents and minutes come late, once, in their order.
        let late = act(95).await;
        assert_eq!(
            late,
            [sixty, thirty, json!([80, null]), json!([90, 10])],
            "{}",
            t.engine
        );
        let timeline = who.get("/tickets/INC-000001/timeline").await.expect(200);
        let words = "no more than 30 minutes of the time of its sla resolution target is left";
        assert!(timeline.to_string().contains(words), "{timeline}");
        let left = json!({"code": "minutes_left", "agreement": "sla", "metric": "resolution",
            "percent": null, "minutes": 30});
        assert!(automatic(&timeline).contains(&left), "{timeline}");
        let rebuilt = sla::rebuild(&t.app, true, start + minutes(96)).await;
        assert_eq!(
            rebuilt.expect("compared").differences,
            [""; 0],
            "{}",
            t.engine
        );
        // More time does not tell again what was told already.
        let mut targets = made["targets"].clone();
        for word in ["critical", "high", "medium", "low"] {
            targets[word]["resolution_minutes"] = json!(500);
        }
        let path = format!("/sla/policies/{}", made["id"].as_str().expect("an id"));
        who.patch(&path, "*", json!({"targets": targets}))
            .await
            .expect(200);
        who.post("/sla/recomputes", json!({})).await.expect(200);
        assert_eq!(act(499).await.len(), 4);
    }
}

/// Percent and minutes left of every threshold that was told, in their order.
async fn told(t: &TestApp) -> Vec<Value> {
    let sql = "SELECT CAST(payload AS text) FROM events WHERE name = 'sla.threshold_reached' ORDER BY at, id";
    let payloads = t.texts(sql).await;
    let read = |text: &String| serde_json::from_str::<Value>(text).expect("JSON");
    let both = |event: Value| json!([event["percent"], event["minutes_before"]]);
    payloads.iter().map(read).map(both).collect()
}

#[tokio::test]
async fn a_ticket_tells_how_much_business_time_is_left_and_when_that_changes() {
    for t in &steward_testkit::apps().await {
        let who = admin(t).await;
        who.post("/sla/policies", policy(&who, 10, json!({})).await)
            .await
            .expect(201);
        let ticket = who
            .post("/incidents", json!({"title": "Slow"}))
            .await
            .expect(201);
        let chip = &ticket["sla"][0];
        assert_eq!(
            (&chip["state"], &chip["is_open"]),
            (&json!("running"), &json!(true)),
            "{chip}"
        );
        assert_eq!(
            chip["changes_at"]
                .as_str()
                .map(|text| text.get(..19).map(str::to_owned)),
            chip["due_at"]
                .as_str()
                .map(|text| text.get(..19).map(str::to_owned))
        );
        let left = chip["remaining_seconds"].as_i64().expect("a number");
        assert!((595..=600).contains(&left), "{left}");

        // A calendar that opens tomorrow for one hour.
        let tomorrow = jiff::tz::TimeZone::UTC
            .to_datetime(steward_platform::clock::now() + minutes(1440))
            .date();
        let day = tomorrow.strftime("%A").to_string().to_lowercase();
        let later = json!({"name": "Once a week", "time_zone": "UTC", "weekly": {day: [["09:00", "10:00"]]}, "holidays": []});
        let later = who.post("/sla/calendars", later).await.expect(201);
        let other = policy(&who, 10, json!({"calendar_id": later["id"]})).await;
        who.post("/sla/policies", other).await.expect(201);
        let ticket = who
            .post("/incidents", json!({"title": "Slow"}))
            .await
            .expect(201);
        let chip = &ticket["sla"][0];
        assert_eq!(
            (&chip["is_open"], &chip["remaining_seconds"]),
            (&json!(false), &json!(600)),
            "{chip}"
        );
        assert_eq!(chip["changes_at"], format!("{tomorrow}T09:00:00Z"));
        assert_eq!(chip["due_at"], format!("{tomorrow}T09:10:00Z"));
    }
}
