//! Settings of the desk, and what requesters may do under them.

use crate::support::{Client, join, organization};
use jiff::SignedDuration;
use serde_json::{Value, json};
use steward_db::{Executor, time::to_db, values};
use steward_platform::clock;
use steward_testkit::TestApp;

/// Moves an instant of every ticket into the past.
async fn age(t: &TestApp, column: &str, days: i64) {
    let at = clock::now()
        .checked_sub(SignedDuration::from_hours(24 * days))
        .expect("a time");
    let tx = t.app.db.write("test").await.expect("open");
    let sql = format!("UPDATE tickets SET {column} = $1");
    tx.execute(&sql, values![to_db(at)]).await.expect("aged");
    tx.commit().await.expect("kept");
}

/// An incident of the requester that an agent has resolved.
async fn resolved(requester: &Client<'_>, agent: &Client<'_>) -> String {
    let ticket = requester.report("VPN drops").await;
    let path = format!("/tickets/{}", ticket["id"].as_str().expect("an id"));
    agent
        .post(&format!("{path}/start"), json!({}))
        .await
        .expect(200);
    let note = json!({"resolution_note": "restarted"});
    agent
        .post(&format!("{path}/resolve"), note)
        .await
        .expect(200);
    path
}

fn action<'a>(ticket: &'a Value, verb: &str) -> &'a Value {
    let actions = ticket["allowed_actions"].as_array().expect("actions");
    let found = actions.iter().find(|a| a["verb"] == verb);
    found.expect("the verb")
}

#[tokio::test]
async fn settings_have_defaults_and_change_field_by_field() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let user = join(t, org, "lea", "end_user").await;
        let path = "/desk-settings";
        let found = user.get(path).await.expect(200);
        assert_eq!(found["auto_close_days"], 5);
        assert_eq!(found["has_survey"], true);
        assert_eq!(found["reopen_days"], Value::Null);
        assert_eq!(found["version"], 0);
        let changed = admin
            .patch(
                path,
                "\"0\"",
                json!({"auto_close_days": 10, "reopen_days": 3}),
            )
            .await
            .expect(200);
        assert_eq!(
            (&changed["auto_close_days"], &changed["reopen_days"]),
            (&json!(10), &json!(3))
        );
        admin
            .patch(path, "\"0\"", json!({"has_survey": false}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let changed = admin
            .patch(path, "\"1\"", json!({"reopen_days": null}))
            .await
            .expect(200);
        assert_eq!(
            (&changed["auto_close_days"], &changed["reopen_days"]),
            (&json!(10), &Value::Null)
        );
        for (patch, field) in [
            (json!({"auto_close_days": 0}), "auto_close_days"),
            (json!({"auto_close_days": 366}), "auto_close_days"),
            (json!({"reopen_days": 0}), "reopen_days"),
            (json!({"prefix": "X"}), "prefix"),
        ] {
            let problem = admin
                .patch(path, "*", patch)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        user.patch(path, "*", json!({"has_survey": false}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        // What changed is told, once for each change, and nothing of what was refused.
        let told = "SELECT CAST(payload AS text) FROM events WHERE name = 'desk_settings.changed' ORDER BY id";
        let told = t.texts(told).await;
        assert_eq!(told.len(), 2, "{}: {told:?}", t.engine);
        let changes = |payload: &str| -> Value {
            serde_json::from_str::<Value>(payload).expect("JSON")["changes"].clone()
        };
        assert_eq!(changes(&told[0]), json!(["auto_close_days", "reopen_days"]));
        assert_eq!(changes(&told[1]), json!(["reopen_days"]));
        assert_eq!(
            user.get(path).await.expect(200),
            admin.get(path).await.expect(200)
        );
    }
}

#[tokio::test]
async fn a_requester_reopens_in_time_and_an_agent_later() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let user = join(t, org, "lea", "end_user").await;
        let path = resolved(&user, &admin).await;
        age(t, "resolved_at", 4).await;
        let seen = user.get(&path).await.expect(200);
        assert_eq!(action(&seen, "reopen")["allowed"], true);
        let three = json!({"reopen_days": 3});
        admin.patch("/desk-settings", "*", three).await.expect(200);
        let seen = user.get(&path).await.expect(200);
        let reopen = action(&seen, "reopen");
        assert_eq!(reopen["allowed"], false, "{}", t.engine);
        let reason = reopen["reason"].as_str().expect("a reason");
        assert!(reason.contains("too long ago"), "{reason}");
        let body = json!({"reason": "again"});
        user.post(&format!("{path}/reopen"), body.clone())
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        admin
            .post(&format!("{path}/reopen"), body)
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn a_requester_rates_and_changes_it_for_a_week() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ada", "admin").await;
        let user = join(t, org, "lea", "end_user").await;
        let stranger = join(t, other, "eve", "admin").await;
        let open = user.report("still open").await;
        assert_eq!(action(&open, "rate")["allowed"], false);
        let open = format!("/tickets/{}/rating", open["id"].as_str().expect("an id"));
        let four = json!({"score": 4, "comment": "quick"});
        user.post(&open, four.clone())
            .await
            .expect_code(409, "INVALID_STATUS_TRANSITION");

        let path = resolved(&user, &admin).await;
        let rating = format!("{path}/rating");
        let seen = user.get(&path).await.expect(200);
        assert_eq!(action(&seen, "rate")["allowed"], true, "{}", t.engine);
        assert_eq!(seen["rating"], Value::Null);
        admin
            .post(&rating, four.clone())
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        stranger
            .post(&rating, four.clone())
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        for (body, field) in [
            (json!({"score": 0}), "score"),
            (json!({"score": 6}), "score"),
            (json!({"score": 3, "comment": "x".repeat(4001)}), "comment"),
        ] {
            let problem = user
                .post(&rating, body)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        user.post(&rating, four).await.expect(200);
        user.post(&rating, json!({"score": 5})).await.expect(200);
        let seen = admin.get(&path).await.expect(200);
        assert_eq!(seen["rating"]["score"], 5, "agents read it");
        assert_eq!(seen["rating"]["comment"], Value::Null);
        let timeline = admin.get(&format!("{path}/timeline")).await.expect(200);
        let items = timeline["data"].as_array().expect("items").iter();
        let told: Vec<_> = items
            .filter(|item| item["field"] == "rating")
            .map(|item| (item["old"].clone(), item["new"].clone()))
            .collect();
        assert_eq!(told, [(Value::Null, json!("4")), (json!("4"), json!("5"))]);
        let events = t
            .texts("SELECT name FROM events ORDER BY id DESC LIMIT 1")
            .await;
        assert_eq!(events, ["ticket.updated"]);

        age(t, "rated_at", 8).await;
        age(t, "resolved_at", 9).await;
        user.post(&rating, json!({"score": 1}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let off = json!({"has_survey": false});
        admin.patch("/desk-settings", "*", off).await.expect(200);
        let path = resolved(&user, &admin).await;
        user.post(&format!("{path}/rating"), json!({"score": 1}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
    }
}

#[tokio::test]
async fn a_report_for_someone_else_is_theirs_too() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let lea = join(t, org, "lea", "end_user").await;
        let max = join(t, org, "max", "end_user").await;
        let mallory = join(t, org, "mallory", "end_user").await;
        let stranger = join(t, other, "eve", "end_user").await;
        let body = |id: &str| json!({"title": "VPN", "requested_for_id": id});
        let ticket = lea.post("/incidents", body(&max.id)).await.expect(201);
        assert_eq!(ticket["requester"]["id"], lea.id.as_str());
        assert_eq!(
            ticket["requested_for"]["id"],
            max.id.as_str(),
            "{}",
            t.engine
        );
        let path = format!("/tickets/{}", ticket["id"].as_str().expect("an id"));
        max.get(&path).await.expect(200);
        mallory
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let found = lea.get("/users/lookup?q=MA").await.expect(200);
        let people = found["data"].as_array().expect("people").iter();
        let names: Vec<_> = people.map(|p| p["name"].clone()).collect();
        assert_eq!(names, ["mallory Test", "max Test"]);
        assert!(found["data"][0].get("email").is_none());
        lea.get("/users/lookup?q=m")
            .await
            .expect_code(422, "VALIDATION_ERROR");
        let own = lea.post("/incidents", body(&lea.id)).await.expect(201);
        assert_eq!(own["requested_for"], Value::Null);
        let problem = lea
            .post("/incidents", body(&stranger.id))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(problem["errors"][0]["field"], "requested_for_id");
    }
}
