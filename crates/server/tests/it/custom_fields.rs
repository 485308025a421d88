//! Custom fields: definitions, values on tickets, who sees what.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};

/// Adds a field to incidents and returns it.
async fn add(who: &Client<'_>, field: Value) -> Value {
    let mut body = json!({"kind": "incident", "label": "A label"});
    for (name, value) in field.as_object().expect("an object") {
        body[name] = value.clone();
    }
    who.post("/custom-fields", body).await.expect(201)
}

fn path(record: &Value) -> String {
    format!("/custom-fields/{}", record["id"].as_str().expect("an id"))
}

/// Lines of the timeline about custom fields: field, old, new.
async fn told(who: &Client<'_>, ticket: &str) -> Vec<(String, Value, Value)> {
    let timeline = who
        .get(&format!("/tickets/{ticket}/timeline"))
        .await
        .expect(200);
    let items = timeline["data"].as_array().expect("items").iter();
    items
        .filter_map(|item| {
            let field = item["field"].as_str()?.strip_prefix("custom_fields.")?;
            Some((field.to_owned(), item["old"].clone(), item["new"].clone()))
        })
        .collect()
}

#[tokio::test]
async fn a_field_is_added_filled_changed_and_told_without_restart() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        add(
            &admin,
            json!({"key": "room", "type": "text", "position": 2}),
        )
        .await;
        let options =
            json!([{"value": "hq", "label": "Headquarters"}, {"value": "b", "label": "Bonn"}]);
        add(
            &admin,
            json!({"key": "site", "type": "select", "options": options, "default": "hq"}),
        )
        .await;
        add(
            &admin,
            json!({"key": "owner", "type": "user", "position": 1}),
        )
        .await;
        add(&admin, json!({"key": "cost", "type": "number"})).await;

        let body = json!({"title": "VPN", "custom_fields": {"room": " 12 ", "owner": agent.id}});
        let ticket = agent.post("/incidents", body).await.expect(201);
        let owner = json!({"id": agent.id, "name": "priya Test"});
        let expected = json!({"room": "12", "site": "hq", "owner": owner});
        assert_eq!(ticket["custom_fields"], expected, "{}", t.engine);

        let patch =
            json!({"custom_fields": {"room": null, "site": "b", "cost": 1.5, "owner": admin.id}});
        let changed = agent
            .patch("/tickets/INC-000001", "\"1\"", patch)
            .await
            .expect(200);
        let owner = json!({"id": admin.id, "name": "ada Test"});
        let expected = json!({"site": "b", "cost": 1.5, "owner": owner});
        assert_eq!(changed["custom_fields"], expected, "{}", t.engine);
        let seen = agent.get("/tickets/INC-000001").await.expect(200);
        assert_eq!(seen["custom_fields"], expected, "{}", t.engine);
        let mut lines = told(&agent, "INC-000001").await;
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        let line = |field: &str, old: Value, new: Value| (field.to_owned(), old, new);
        assert_eq!(
            lines,
            [
                line("cost", Value::Null, json!("1.5")),
                line("owner", json!("priya Test"), json!("ada Test")),
                line("room", json!("12"), Value::Null),
                line("site", json!("Headquarters"), json!("Bonn")),
            ],
            "{}",
            t.engine
        );
        // Nothing else, nothing new: no version, no line.
        let patch = json!({"custom_fields": {"site": "b"}});
        let same = agent
            .patch("/tickets/INC-000001", "*", patch)
            .await
            .expect(200);
        assert_eq!(same["version"], changed["version"]);

        let listed = admin.get("/custom-fields?kind=incident").await.expect(200);
        let keys: Vec<&Value> = listed["data"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|f| &f["key"])
            .collect();
        assert_eq!(keys, ["cost", "site", "owner", "room"]);
        let none = admin.get("/custom-fields?kind=problem").await.expect(200);
        assert_eq!(none["pagination"]["total"], 0);
    }
}

#[tokio::test]
async fn wrong_values_are_refused_by_key_and_required_ones_are_needed() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ada", "admin").await;
        let user = join(t, org, "lea", "end_user").await;
        let stranger = join(t, other, "eve", "end_user").await;
        user.report("before any field").await;
        add(
            &admin,
            json!({"key": "room", "type": "text", "is_required": true, "label": "Room"}),
        )
        .await;
        add(&admin, json!({"key": "day", "type": "date"})).await;
        add(&admin, json!({"key": "owner", "type": "user"})).await;

        for (values, key) in [
            (json!({}), "room"),
            (json!({"room": "  "}), "room"),
            (json!({"room": 5}), "room"),
            (json!({"room": "1", "day": "tomorrow"}), "day"),
            (json!({"room": "1", "hue": "red"}), "hue"),
            (json!({"room": "1", "owner": stranger.id}), "owner"),
        ] {
            let field = format!("custom_fields.{key}");
            let body = json!({"title": "VPN", "custom_fields": values});
            let problem = user
                .post("/incidents", body)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        }
        let problem = user
            .post("/incidents", json!({"title": "VPN", "custom_fields": [1]}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert!(problem["errors"][0]["field"].is_string());

        let body = json!({"title": "VPN", "custom_fields": {"room": "1"}});
        user.post("/incidents", body).await.expect(201);
        let empty = json!({"custom_fields": {"room": null}});
        admin
            .patch("/tickets/INC-000002", "*", empty.clone())
            .await
            .expect_code(422, "VALIDATION_ERROR");
        // What was there before the field need not have it.
        admin
            .patch("/tickets/INC-000001", "*", empty)
            .await
            .expect(200);
        // What is made from another ticket asks nobody.
        let split = json!({"title": "a part"});
        admin
            .post("/tickets/INC-000002/split", split)
            .await
            .expect(201);
        let number: Vec<String> = t.texts("SELECT number FROM tickets ORDER BY number").await;
        assert_eq!(
            number,
            ["INC-000001", "INC-000002", "INC-000003"],
            "nothing is left of refusals"
        );
    }
}

#[tokio::test]
async fn internal_fields_are_hidden_from_requesters_everywhere() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let user = join(t, org, "lea", "end_user").await;
        let field =
            json!({"key": "cause", "type": "text", "is_internal": true, "is_required": true});
        let field = add(&admin, field).await;
        let open = add(&admin, json!({"key": "room", "type": "text"})).await;

        let keys = |list: Value| list["data"].as_array().map(Vec::len);
        assert_eq!(keys(user.get("/custom-fields").await.expect(200)), Some(1));
        assert_eq!(keys(admin.get("/custom-fields").await.expect(200)), Some(2));
        user.get(&path(&field))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        user.get(&path(&open)).await.expect(200);
        user.report("required, but not of me").await;
        let body = json!({"title": "x", "custom_fields": {"cause": "x"}});
        let problem = user
            .post("/incidents", body)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["code"], "unknown_field");
        admin
            .post("/incidents", json!({"title": "x"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");

        let patch = json!({"custom_fields": {"cause": "okapi", "room": "1"}});
        admin
            .patch("/tickets/INC-000001", "*", patch)
            .await
            .expect(200);
        let seen = user.get("/tickets/INC-000001").await.expect(200);
        assert_eq!(seen["custom_fields"], json!({"room": "1"}));
        let lines = told(&user, "INC-000001").await;
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(told(&admin, "INC-000001").await.len(), 2);
    }
}

#[tokio::test]
async fn a_field_that_is_retired_or_removed_leaves_its_values_readable() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let room = add(
            &admin,
            json!({"key": "room", "type": "text", "is_required": true}),
        )
        .await;
        let site = json!({"key": "site", "type": "select", "default": "a",
            "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]});
        let site = add(&admin, site).await;
        let body = json!({"title": "VPN", "custom_fields": {"room": "1"}});
        admin.post("/incidents", body).await.expect(201);

        let fewer = json!({"options": [{"value": "b", "label": "Bee"}]});
        let site = admin.patch(&path(&site), "\"1\"", fewer).await.expect(200);
        assert_eq!(
            (&site["default"], &site["version"]),
            (&Value::Null, &json!(2))
        );
        admin
            .patch(&path(&site), "\"1\"", json!({"label": "x"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let retired = admin
            .patch(&path(&room), "*", json!({"is_active": false}))
            .await
            .expect(200);
        assert_eq!(retired["is_active"], false);
        admin.report("no room is asked for").await;
        let refused = json!({"custom_fields": {"room": "2"}});
        admin
            .patch("/tickets/INC-000001", "*", refused)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(admin.delete(&path(&room)).await.status, 204);
        admin
            .get(&path(&room))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let seen = admin.get("/tickets/INC-000001").await.expect(200);
        assert_eq!(seen["custom_fields"], json!({"room": "1", "site": "a"}));

        let again = json!({"kind": "incident", "key": "room", "type": "number", "label": "Room"});
        admin
            .post("/custom-fields", again.clone())
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let mut task = again;
        task["kind"] = json!("task");
        admin
            .post("/custom-fields", task.clone())
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        task["type"] = json!("text");
        admin.post("/custom-fields", task).await.expect(201);
        let taken = json!({"kind": "incident", "key": "site", "type": "text", "label": "Site"});
        admin
            .post("/custom-fields", taken)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
    }
}

#[tokio::test]
async fn only_those_who_manage_fields_change_them_and_definitions_are_checked() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ada", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let stranger = join(t, other, "eve", "admin").await;
        let field = add(&admin, json!({"key": "room", "type": "text"})).await;
        let body = json!({"kind": "incident", "key": "x", "type": "text", "label": "x"});
        agent
            .post("/custom-fields", body.clone())
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        agent
            .patch(&path(&field), "*", json!({"label": "x"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        agent
            .delete(&path(&field))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        for reply in [
            stranger.get(&path(&field)).await,
            stranger.delete(&path(&field)).await,
        ] {
            reply.expect_code(404, "RESOURCE_NOT_FOUND");
        }
        for (name, value, field) in [
            ("key", json!("1x"), "key"),
            ("label", json!("  "), "label"),
            ("type", json!("select"), "options"),
            ("default", json!(5), "default"),
            ("position", json!(-1), "position"),
            ("colour", json!("red"), "colour"),
        ] {
            let mut wrong = body.clone();
            wrong[name] = value;
            let problem = admin
                .post("/custom-fields", wrong)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        }
    }
}

#[tokio::test]
async fn a_bulk_change_of_custom_fields_can_be_undone() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        add(
            &admin,
            json!({"key": "room", "type": "text", "default": "1"}),
        )
        .await;
        admin.report("VPN").await;
        let bulk = json!({"tickets": ["INC-1"], "patch": {"custom_fields": {"room": "2"}}});
        let done = admin.post("/tickets/bulk", bulk).await.expect(200);
        let seen = admin.get("/tickets/INC-1").await.expect(200);
        assert_eq!(seen["custom_fields"], json!({"room": "2"}));
        let undo = format!(
            "/tickets/bulk/{}/undo",
            done["undo_id"].as_str().expect("an id")
        );
        admin.post(&undo, json!({})).await.expect(200);
        let seen = admin.get("/tickets/INC-1").await.expect(200);
        assert_eq!(seen["custom_fields"], json!({"room": "1"}));
    }
}
