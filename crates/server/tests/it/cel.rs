//! CEL as a part of a condition, where it can be evaluated and where not.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};
use steward_desk::sla;
use steward_testkit::TestApp;

const VIP: &str =
    "ticket.priority == 'medium' && ticket.tags.exists(t, t.lower().startsWith('vip'))";

fn cel(text: &str) -> Value {
    json!({"version": 1, "all": [{"cel": text}]})
}

fn encoded(value: &Value) -> String {
    let text = value.to_string();
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// Four tickets, of which the second and third have a tag that counts and the
/// fourth is not open.
async fn desk(t: &TestApp) -> Client<'_> {
    let org = organization(t, "Northwind").await;
    let who = join(t, org, "ada", "admin").await;
    for (title, tags) in [
        ("one", json!([])),
        ("two", json!(["VIP-1"])),
        ("three", json!(["x", "vip"])),
        ("four", json!(["vip"])),
    ] {
        let body = json!({"title": title, "tags": tags});
        who.post("/incidents", body).await.expect(201);
    }
    who.post("/tickets/INC-4/cancel", json!({"reason": "twice"}))
        .await
        .expect(200);
    who
}

async fn checked(who: &Client<'_>, condition: Value, ticket: Option<&str>) -> Value {
    let body = json!({"condition": condition, "without_person": true, "ticket": ticket});
    who.post("/expressions/check", body).await.expect(200)
}

#[tokio::test]
async fn a_check_counts_what_a_text_matches_and_says_what_has_no_answer() {
    for t in &steward_testkit::apps().await {
        let who = desk(t).await;
        let told = checked(&who, cel(VIP), Some("INC-2")).await;
        assert_eq!(told["is_valid"], true, "{}: {told}", t.engine);
        assert_eq!(
            (
                &told["matches"],
                &told["is_capped"],
                &told["matches_ticket"]
            ),
            (&json!(2), &json!(false), &json!(true)),
            "{told}"
        );
        assert_eq!(told["ticket_errors"], json!([]));
        let sentence = format!("The expression “{VIP}” is true");
        assert_eq!(told["sentence"], sentence);

        // SQL narrows, whatever the quantifier; the rest is looked at.
        for (condition, expected) in [
            (
                json!({"version": 1, "all": [{"cel": VIP}, {"field": "title", "op": "eq", "value": "two"}]}),
                1,
            ),
            (
                json!({"version": 1, "any": [{"cel": VIP}, {"field": "title", "op": "eq", "value": "one"}]}),
                3,
            ),
            (json!({"version": 1, "none": [{"cel": VIP}]}), 1),
            (
                json!({"version": 1, "none": [{"cel": VIP}, {"field": "title", "op": "eq", "value": "one"}]}),
                0,
            ),
        ] {
            let told = checked(&who, condition.clone(), None).await;
            assert_eq!(told["matches"], expected, "{}: {condition}", t.engine);
        }

        let absent = cel("ticket.category.startsWith('Net')");
        let told = checked(&who, absent, Some("INC-2")).await;
        assert_eq!(
            (&told["matches"], &told["matches_ticket"]),
            (&json!(0), &json!(false))
        );
        assert_eq!(told["ticket_errors"][0]["pointer"], "/all/0/cel");
        assert_eq!(told["ticket_errors"][0]["code"], "no_answer");
        let message = told["ticket_errors"][0]["message"].as_str().expect("why");
        assert!(message.contains("has(ticket.category)"), "{message}");

        let wrong = cel("ticket.priority == 'high' &&\n  ticket.statsu == 'new'");
        let told = checked(&who, wrong, None).await;
        assert_eq!(told["is_valid"], false);
        let error = &told["errors"][0];
        assert_eq!(
            (
                &error["pointer"],
                &error["code"],
                &error["line"],
                &error["column"]
            ),
            (
                &json!("/all/0/cel"),
                &json!("unknown_field"),
                &json!(2),
                &json!(10)
            ),
            "{told}"
        );
        assert_eq!(error["hint"], "did you mean ticket.status?");
    }
}

#[tokio::test]
async fn lists_views_reports_and_exports_refuse_what_only_memory_can_say() {
    for t in &steward_testkit::apps().await {
        let who = desk(t).await;
        let text = encoded(&cel(VIP));
        for path in ["/tickets", "/tickets/export", "/reports/backlog"] {
            let refused = who.get(&format!("{path}?condition={text}")).await;
            let problem = refused.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(
                problem["errors"][0]["field"], "condition/all/0/cel",
                "{path}"
            );
            assert_eq!(problem["errors"][0]["code"], "cel_not_here", "{path}");
        }
        let view = json!({"name": "VIP", "filters": {"condition": cel(VIP).to_string()}});
        let refused = who.post("/views", view).await;
        let problem = refused.expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["field"], "filters.condition/all/0/cel");
    }
}

/// A policy that gives so many minutes to resolve, day and night.
async fn policy(who: &Client<'_>, minutes: i64, condition: Value) -> Value {
    let calendars = who.get("/sla/calendars").await.expect(200);
    let mut all = calendars["data"].as_array().expect("calendars").iter();
    let always = all.find(|calendar| calendar["weekly"] == "24x7");
    let target = json!({"response_minutes": null, "resolution_minutes": minutes,
        "next_update_minutes": null, "calendar_id": null});
    json!({"name": "Very important", "agreement": "sla", "condition": condition,
        "calendar_id": always.expect("day and night")["id"],
        "targets": {"critical": target, "high": target, "medium": target, "low": target}})
}

async fn explained(who: &Client<'_>, number: &str) -> Value {
    let sla = who.get(&format!("/tickets/{number}/sla")).await.expect(200);
    let clocks = sla["clocks"].as_array().expect("clocks").iter();
    let mut of_test = clocks.filter(|clock| clock["metric"] == "resolution");
    of_test.next().expect("a clock").clone()
}

#[tokio::test]
async fn a_policy_is_matched_by_cel_and_named_where_its_clock_is_explained() {
    for t in &steward_testkit::apps().await {
        let who = desk(t).await;
        let made = policy(&who, 7, cel(VIP)).await;
        let made = who.post("/sla/policies", made).await.expect(201);
        assert_eq!(made["condition"], cel(VIP), "kept as it was written");
        let body = json!({"title": "five", "tags": ["vip"]});
        let five = who.post("/incidents", body).await.expect(201);
        let six = who
            .post("/incidents", json!({"title": "six"}))
            .await
            .expect(201);
        let of = |ticket: &Value| ticket["number"].as_str().expect("a number").to_owned();
        let clock = explained(&who, &of(&five)).await;
        assert_eq!(clock["target_seconds"], 420, "{}: {clock}", t.engine);
        assert_eq!(clock["policy"]["name"], "Very important", "{clock}");
        assert_ne!(explained(&who, &of(&six)).await["target_seconds"], 420);
        // It is matched anew when the ticket changes.
        let path = format!("/tickets/{}", of(&six));
        who.patch(&path, "*", json!({"tags": ["vip"]}))
            .await
            .expect(200);
        assert_eq!(explained(&who, &of(&six)).await["target_seconds"], 420);
        let now = steward_platform::clock::now();
        let rebuilt = sla::rebuild(&t.app, true, now).await.expect("compared");
        assert_eq!(rebuilt.differences, [""; 0], "{}", t.engine);
        // The policy has no target for the response; work does not wake that clock.
        let start = format!("/tickets/{}/start", of(&six));
        who.post(&start, json!({})).await.expect(200);
        let clocks = who
            .get(&format!("/tickets/{}/sla", of(&six)))
            .await
            .expect(200);
        let clocks = clocks["clocks"].as_array().expect("clocks").clone();
        let response = clocks.iter().find(|c| c["metric"] == "response");
        assert!(
            response.is_none_or(|c| c["state"] == "cancelled"),
            "{clocks:?}"
        );

        // A new version is for those of its tickets that an operator recomputes.
        let path = format!("/sla/policies/{}", made["id"].as_str().expect("an id"));
        let targets = policy(&who, 9, Value::Null).await["targets"].clone();
        let changed = json!({"targets": targets});
        who.patch(&path, "*", changed).await.expect(200);
        let preview = who.get("/sla/recomputes/preview").await.expect(200);
        assert_eq!(preview["total"], 2, "{}: {preview}", t.engine);
        who.post("/sla/recomputes", json!({})).await.expect(200);
        for ticket in [&five, &six] {
            let clock = explained(&who, &of(ticket)).await;
            assert_eq!(clock["target_seconds"], 540, "{clock}");
        }
        let now = steward_platform::clock::now();
        let rebuilt = sla::rebuild(&t.app, true, now).await.expect("compared");
        assert_eq!(rebuilt.differences, [""; 0], "{}", t.engine);

        // What the condition says now counts for what comes now.
        let nobody = json!({"condition": cel("ticket.tags.exists(t, t == 'nobody')")});
        who.patch(&path, "*", nobody).await.expect(200);
        let body = json!({"title": "seven", "tags": ["vip"]});
        let seven = who.post("/incidents", body).await.expect(201);
        assert_ne!(explained(&who, &of(&seven)).await["target_seconds"], 540);

        for (text, code, message) in [
            (
                "ticket.prority == 'high'",
                "unknown_field",
                "line 1, column 8: ",
            ),
            ("has(ticket.sla_response)", "unknown_field", "cannot depend"),
            ("ticket.title", "wrong_type", "line 1, column "),
        ] {
            let body = policy(&who, 9, cel(text)).await;
            let refused = who.post("/sla/policies", body).await;
            let problem = refused.expect_code(422, "VALIDATION_ERROR");
            let error = &problem["errors"][0];
            assert_eq!(error["field"], "condition/all/0/cel", "{text}");
            assert_eq!(error["code"], code, "{text}");
            let said = error["message"].as_str().expect("a message");
            assert!(said.contains(message), "{text}: {said}");
        }
    }
}

#[tokio::test]
async fn a_draft_with_cel_is_tried_on_what_was() {
    for t in &steward_testkit::apps().await {
        let who = desk(t).await;
        let breached = async |condition: Value| {
            let made = policy(&who, 0, condition).await;
            let draft = json!({"condition": made["condition"], "calendar_id": made["calendar_id"],
                "targets": made["targets"]});
            let body = json!({"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z",
                "policies": [draft]});
            let told = who.post("/sla/simulate", body).await.expect(200);
            told["resolution"]["after"]["breached"].clone()
        };
        assert_eq!(breached(cel(VIP)).await, 3, "{}", t.engine);
        let none = json!({"version": 1, "none": [{"cel": VIP}, {"field": "status", "op": "eq", "value": "cancelled"}]});
        assert_eq!(breached(none).await, 1, "{}", t.engine);
    }
}

#[tokio::test]
async fn the_schema_knows_a_text_in_cel() {
    for t in &steward_testkit::apps().await {
        let who = desk(t).await;
        let schema = who.get("/expressions/schema").await.expect(200);
        assert_eq!(schema["$defs"]["cel"]["required"], json!(["cel"]));
        assert_eq!(schema["properties"]["version"]["const"], 1);
    }
}
