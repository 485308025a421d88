//! Who is told what, by the reactions of the running product.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};
use std::sync::Arc;
use steward_platform::{App, jobs};
use steward_testkit::TestApp;

/// Runs what is due, as the worker of the server would.
async fn work(t: &TestApp) {
    let app = App {
        jobs: Arc::new(steward_server::jobs()),
        ..t.app.clone()
    };
    jobs::drain(&app).await.expect("drained");
}

async fn heard(who: &Client<'_>) -> Vec<(String, String)> {
    let list = who.get("/notifications").await.expect(200);
    let row = |n: &Value| {
        let text = |v: &Value| v.as_str().expect("a text").to_owned();
        (text(&n["reason"]), text(&n["ticket"]["number"]))
    };
    list["data"]
        .as_array()
        .expect("a list")
        .iter()
        .map(row)
        .collect()
}

fn reasons(heard: &[(String, String)]) -> Vec<&str> {
    heard.iter().map(|(reason, _)| reason.as_str()).collect()
}

#[tokio::test]
async fn people_hear_of_what_concerns_them_and_not_of_their_own_acts() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let other = join(t, org, "jonas", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let path = "/tickets/INC-000001";
        agent
            .post(&format!("{path}/assign"), json!({"assignee_id": other.id}))
            .await
            .expect(200);
        let note = json!({"body": "@priya the user seems lost", "visibility": "internal"});
        other
            .post(&format!("{path}/comments"), note)
            .await
            .expect(201);
        other
            .post(
                &format!("{path}/start"),
                json!({"comment": "Looking at it"}),
            )
            .await
            .expect(200);
        other
            .post(
                &format!("{path}/resolve"),
                json!({"resolution_note": "fixed"}),
            )
            .await
            .expect(200);
        user.post(&format!("{path}/reopen"), json!({"reason": "again"}))
            .await
            .expect(200);
        work(t).await;
        assert_eq!(
            reasons(&heard(&user).await),
            ["resolved", "commented"],
            "{}",
            t.engine
        );
        assert_eq!(
            reasons(&heard(&agent).await),
            ["reopened", "resolved", "commented", "mentioned"]
        );
        assert_eq!(reasons(&heard(&other).await), ["reopened", "assigned"]);
        for (query, expected) in [
            ("mentioned", &["mentioned"][..]),
            ("resolved,mentioned", &["resolved", "mentioned"]),
            ("assigned", &[]),
        ] {
            let path = format!("/notifications?reason={query}");
            let list = agent.get(&path).await.expect(200);
            let found: Vec<_> = list["data"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| row["reason"].as_str().expect("a word"))
                .collect();
            assert_eq!(found, expected, "{}", t.engine);
        }
        agent
            .get("/notifications?reason=boredom")
            .await
            .expect_code(422, "VALIDATION_ERROR");
        work(t).await;
        assert_eq!(
            heard(&other).await.len(),
            2,
            "a second run tells nothing again"
        );
    }
}

#[tokio::test]
async fn nobody_hears_of_what_they_may_not_see() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let watched = json!({"body": "@lea is difficult", "visibility": "internal"});
        agent
            .post("/tickets/INC-1/comments", watched)
            .await
            .expect(201);
        let gone = join(t, org, "omar", "agent").await;
        agent
            .post("/tickets/INC-1/assign", json!({"assignee_id": gone.id}))
            .await
            .expect(200);
        let admin = join(t, org, "ines", "admin").await;
        admin
            .post(&format!("/users/{}/deactivate", gone.id), json!({}))
            .await
            .expect(200);
        work(t).await;
        assert!(
            heard(&user).await.is_empty(),
            "an internal note is not for the requester: {}",
            t.engine
        );
        #[derive(steward_db::FromQueryResult)]
        struct Rows {
            n: i64,
        }
        use steward_db::Executor;
        let rows: Option<Rows> = t
            .app
            .db
            .optional("SELECT count(*) AS n FROM notifications", vec![])
            .await
            .expect("read");
        assert_eq!(
            rows.expect("a row").n,
            0,
            "a deactivated person hears nothing"
        );
    }
}

#[tokio::test]
async fn notifications_are_counted_paged_read_and_nobody_elses() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let other = join(t, org, "jonas", "agent").await;
        for n in 0..5 {
            agent.report(&format!("fault {n}")).await;
            let path = format!("/tickets/INC-{}/assign", n + 1);
            agent
                .post(&path, json!({"assignee_id": other.id}))
                .await
                .expect(200);
        }
        work(t).await;
        let count =
            || async { other.get("/notifications/count").await.expect(200)["unread"].clone() };
        assert_eq!(count().await, 5, "{}", t.engine);
        let first = other.get("/notifications?per_page=3").await.expect(200);
        let cursor = first["next_cursor"].as_str().expect("more");
        let second = other
            .get(&format!("/notifications?per_page=3&cursor={cursor}"))
            .await
            .expect(200);
        assert_eq!(second["data"].as_array().expect("list").len(), 2);
        assert_eq!(second["next_cursor"], Value::Null);

        let id = first["data"][0]["id"].as_str().expect("an id");
        agent
            .post(&format!("/notifications/{id}/read"), json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(
            other
                .post(&format!("/notifications/{id}/read"), json!({}))
                .await
                .status,
            204
        );
        assert_eq!(count().await, 4);
        assert_eq!(
            other.get("/notifications?unread=true").await.expect(200)["data"]
                .as_array()
                .expect("list")
                .len(),
            4
        );
        assert_eq!(
            other
                .post("/notifications/read-all", json!({}))
                .await
                .status,
            204
        );
        assert_eq!(count().await, 0);
        other
            .get("/notifications?per_page=0")
            .await
            .expect_code(422, "VALIDATION_ERROR");
    }
}
