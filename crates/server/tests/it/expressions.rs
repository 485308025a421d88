//! Conditions: fields, checks, and the ticket list under one.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};

/// Text as a query parameter.
fn encoded(value: &Value) -> String {
    value
        .to_string()
        .bytes()
        .map(|b| format!("%{b:02X}"))
        .collect()
}

async fn listed(who: &Client<'_>, condition: &Value) -> Vec<String> {
    let path = format!("/tickets?sort=number&condition={}", encoded(condition));
    let page = who.get(&path).await.expect(200);
    let rows = page["data"].as_array().expect("rows");
    let number = |row: &Value| row["number"].as_str().expect("a number").to_owned();
    let numbers: Vec<String> = rows.iter().map(number).collect();
    assert_eq!(page["pagination"]["total"], numbers.len());
    numbers
}

fn all(part: Value) -> Value {
    json!({"version": 1, "all": [part]})
}

#[tokio::test]
async fn the_ticket_list_takes_a_condition_and_so_does_a_view() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        for title in ["Über slow VPN", "100% full", "a_b printer"] {
            lea.report(title).await;
        }
        let take = json!({"assignee_id": agent.id});
        agent.post("/tickets/INC-2/assign", take).await.expect(200);
        agent
            .patch("/tickets/INC-3", "*", json!({"tags": ["vpn", "ü"]}))
            .await
            .expect(200);
        let title =
            |op: &str, value: &str| all(json!({"field": "title", "op": op, "value": value}));
        for (condition, expected) in [
            (json!({"version": 1, "all": []}), &[1, 2, 3][..]),
            (title("contains", "üBER SLOW vpn"), &[1]),
            (title("contains", "0%"), &[2]),
            (title("contains", "_"), &[3]),
            (title("not_contains", "_"), &[1, 2]),
            (title("starts_with", "A_B"), &[3]),
            (all(json!({"field": "assignee", "op": "is_me"})), &[2]),
            (
                all(json!({"field": "assignee", "op": "ne", "value": agent.id})),
                &[1, 3],
            ),
            (
                all(json!({"field": "tags", "op": "contains_any", "value": ["x", "ü"]})),
                &[3],
            ),
            (
                all(json!({"field": "created_at", "op": "within_last", "value": "1h"})),
                &[1, 2, 3],
            ),
            (
                all(json!({"field": "requester_department", "op": "is_empty"})),
                &[1, 2, 3],
            ),
            (
                json!({"version": 1, "none": [
                    {"field": "assignee", "op": "is_me"},
                    {"all": [{"field": "tags", "op": "is_not_empty"}, {"field": "team", "op": "is_empty"}]},
                ]}),
                &[1],
            ),
        ] {
            let expected: Vec<String> = expected.iter().map(|n| format!("INC-{n:06}")).collect();
            assert_eq!(
                listed(&agent, &condition).await,
                expected,
                "{} {condition}",
                t.engine
            );
        }
        // Longer than other filters of a view may be.
        let tags: Vec<String> = (0..90).map(|n| format!("tag number {n}")).collect();
        let long = json!({"version": 1, "any": [
            {"field": "assignee", "op": "is_me"},
            {"field": "tags", "op": "contains_any", "value": tags},
        ]});
        let view =
            json!({"name": "Mine", "filters": {"condition": long.to_string(), "status": "open"}});
        let view = agent.post("/views", view).await.expect(201);
        let counts = agent.get("/views/counts").await.expect(200);
        let counts = counts["data"].as_array().expect("counts");
        let count = counts
            .iter()
            .find(|c| c["view_id"] == view["id"])
            .expect("counted");
        assert_eq!(count["count"], 1);
    }
}

#[tokio::test]
async fn a_bad_condition_is_refused_with_the_place_of_the_mistake() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        for (text, field, code) in [
            ("{".to_owned(), "condition", "malformed"),
            (
                json!({"all": []}).to_string(),
                "condition/version",
                "required",
            ),
            (
                all(json!({"field": "prority", "op": "eq", "value": "high"})).to_string(),
                "condition/all/0/field",
                "unknown_field",
            ),
            (
                all(json!({"field": "priority", "op": "eq", "value": 1})).to_string(),
                "condition/all/0/value",
                "wrong_type",
            ),
        ] {
            let path = format!(
                "/tickets?condition={}",
                text.bytes()
                    .map(|b| format!("%{b:02X}"))
                    .collect::<String>()
            );
            let problem = agent.get(&path).await.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
            assert_eq!(problem["errors"][0]["code"], code);
            let view = json!({"name": "x", "filters": {"condition": text}});
            let problem = agent
                .post("/views", view)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], format!("filters.{field}"));
        }
        let endless = format!("/tickets?condition={}", "x".repeat(16_001));
        agent
            .get(&endless)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        let any = encoded(&json!({"version": 1, "all": []}));
        lea.get(&format!("/tickets?condition={any}"))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn a_check_says_the_condition_in_words_and_what_it_matches() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        for n in 1..=3 {
            lea.report(&format!("fault {n}")).await;
        }
        agent
            .post("/tickets/INC-3/cancel", json!({"reason": "twice"}))
            .await
            .expect(200);
        let team = admin
            .post("/teams", json!({"name": "Network"}))
            .await
            .expect(201);
        let condition = json!({"version": 1, "all": [
            {"field": "kind", "op": "in", "value": ["incident", "problem"]},
            {"field": "team", "op": "ne", "value": team["id"]},
            {"field": "requester", "op": "eq", "value": lea.id},
        ]});
        let body = json!({"condition": condition, "ticket": "INC-1"});
        let told = agent.post("/expressions/check", body).await.expect(200);
        assert_eq!(told["is_valid"], true, "{told}");
        assert_eq!(told["matches"], 2, "the cancelled one is not open");
        assert_eq!(told["matches_ticket"], true);
        let sentence = told["sentence"].as_str().expect("words");
        assert!(
            sentence.starts_with(
                "Kind is incident or problem and team is not Network and requester is "
            ),
            "{sentence}"
        );
        assert_eq!(told["errors"], json!([]));

        let mine = all(json!({"field": "assignee", "op": "is_me"}));
        let body = json!({"condition": mine, "without_person": true});
        let told = agent.post("/expressions/check", body).await.expect(200);
        assert_eq!(told["is_valid"], false);
        assert_eq!(told["errors"][0]["pointer"], "/all/0/op");
        assert_eq!(told["errors"][0]["code"], "no_actor");

        let stranger = all(json!({"field": "team", "op": "in", "value": [team["id"], lea.id]}));
        let told = agent
            .post("/expressions/check", json!({"condition": stranger}))
            .await
            .expect(200);
        assert_eq!(told["errors"][0]["pointer"], "/all/0/value/1");
        assert_eq!(told["errors"][0]["code"], "unknown_value");
        assert_eq!(told["matches"], Value::Null);
        agent
            .post(
                "/expressions/check",
                json!({"condition": {"version": 1, "all": []}, "ticket": "INC-99"}),
            )
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        lea.post("/expressions/check", json!({"condition": mine}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn every_operator_of_every_field_is_told_and_accepted() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let list = agent.get("/expressions/fields").await.expect(200);
        let fields = list["data"].as_array().expect("fields");
        assert!(fields.len() > 20);
        for field in fields {
            for operator in field["operators"].as_array().expect("operators") {
                let one = match field["type"].as_str().expect("a type") {
                    "word" => field["words"][0].clone(),
                    "person" => json!(agent.id),
                    "number" => json!(1),
                    "flag" => json!(true),
                    "instant" => json!("2026-01-15T10:00:00Z"),
                    "text" | "tags" => json!("x"),
                    _ => continue,
                };
                let mut test = json!({"field": field["name"], "op": operator["op"]});
                match operator["takes"].as_str().expect("what it takes") {
                    "nothing" => {}
                    "one" => test["value"] = one,
                    "list" => test["value"] = json!([one]),
                    _ => test["value"] = json!("7d"),
                }
                let told = agent
                    .post("/expressions/check", json!({"condition": all(test)}))
                    .await
                    .expect(200);
                assert_eq!(told["is_valid"], true, "{told}");
            }
        }
        let schema = agent.get("/expressions/schema").await.expect(200);
        assert_eq!(schema["properties"]["version"]["const"], 1);
        let lea = join(t, org, "lea", "end_user").await;
        for path in ["/expressions/fields", "/expressions/schema"] {
            lea.get(path)
                .await
                .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
    }
}
