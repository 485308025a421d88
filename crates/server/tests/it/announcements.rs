//! Announcements: who reads what, and when.

use crate::support::{Client, join, organization};
use jiff::SignedDuration;
use serde_json::{Value, json};
use steward_platform::clock;

/// An instant so many hours from now.
fn hours(n: i64) -> String {
    clock::now()
        .checked_add(SignedDuration::from_hours(n))
        .expect("a time")
        .to_string()
}

async fn titles(who: &Client<'_>, query: &str) -> Vec<String> {
    let list = who.get(&format!("/announcements{query}")).await.expect(200);
    let rows = list["data"].as_array().expect("rows");
    assert_eq!(list["pagination"]["total"], rows.len());
    rows.iter()
        .map(|row| row["title"].as_str().expect("a title").to_owned())
        .collect()
}

#[tokio::test]
async fn people_read_what_is_current_and_for_them() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let manager = join(t, org, "mia", "manager").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let stranger = join(t, other, "eve", "end_user").await;
        let mut planned = String::new();
        for (title, body) in [
            (
                "now",
                json!({"severity": "outage", "body": "**down**", "starts_at": hours(-1)}),
            ),
            (
                "agents",
                json!({"audience": "agents", "starts_at": hours(-2)}),
            ),
            (
                "over",
                json!({"starts_at": hours(-3), "ends_at": hours(-1)}),
            ),
            (
                "planned",
                json!({"starts_at": hours(1), "ends_at": hours(2)}),
            ),
        ] {
            let mut body = body;
            body["title"] = json!(title);
            let made = manager.post("/announcements", body).await.expect(201);
            planned = made["id"].as_str().expect("an id").to_owned();
        }
        assert_eq!(titles(&user, "").await, ["now"], "{}", t.engine);
        assert_eq!(titles(&user, "?active=true").await, ["now"]);
        assert!(titles(&user, "?active=false").await.is_empty());
        assert_eq!(titles(&agent, "").await, ["now", "agents"]);
        assert_eq!(
            titles(&manager, "").await,
            ["planned", "now", "agents", "over"]
        );
        assert_eq!(titles(&manager, "?active=true").await, ["now", "agents"]);
        assert_eq!(titles(&manager, "?active=false").await, ["planned", "over"]);
        assert!(titles(&stranger, "").await.is_empty());
        for who in [&user, &agent, &stranger] {
            who.get(&format!("/announcements/{planned}"))
                .await
                .expect_code(404, "RESOURCE_NOT_FOUND");
        }
        let list = user.get("/announcements").await.expect(200);
        let first = &list["data"][0];
        assert_eq!(first["body_html"], "<p><strong>down</strong></p>\n");
        assert_eq!(first["is_active"], true);
        assert_eq!(first["author"]["name"], "mia Test");
    }
}

#[tokio::test]
async fn announcements_are_written_changed_and_ended() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let manager = join(t, org, "mia", "manager").await;
        let user = join(t, org, "lea", "end_user").await;
        let made = manager
            .post("/announcements", json!({"title": " Mail is slow "}))
            .await
            .expect(201);
        assert_eq!(made["title"], "Mail is slow");
        assert_eq!(
            (&made["severity"], &made["audience"]),
            (&json!("info"), &json!("all"))
        );
        let path = format!("/announcements/{}", made["id"].as_str().expect("an id"));
        user.patch(&path, "*", json!({"title": "x"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        user.post("/announcements", json!({"title": "x"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        for (body, field) in [
            (json!({"title": " "}), "title"),
            (json!({"title": "x", "colour": "red"}), "colour"),
        ] {
            let problem = manager
                .post("/announcements", body)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let backwards = json!({"title": "x", "ends_at": hours(-1)});
        let problem = manager
            .post("/announcements", backwards)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["field"], "ends_at");
        let patch = json!({"severity": "warning", "ends_at": hours(1), "body": "soon over"});
        let changed = manager.patch(&path, "\"1\"", patch).await.expect(200);
        assert_eq!(changed["severity"], "warning");
        manager
            .patch(&path, "\"1\"", json!({"title": "x"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let changed = manager
            .patch(&path, "\"2\"", json!({"ends_at": null}))
            .await
            .expect(200);
        assert_eq!(changed["ends_at"], Value::Null);
        assert_eq!(manager.delete(&path).await.status, 204);
        manager
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}
