//! A POST with an `Idempotency-Key` is done once, whatever happens.

use crate::support::{Client, join, organization, send};
use serde_json::{Value, json};
use steward_platform::http::idempotency;

async fn total(client: &Client<'_>) -> Value {
    client.get("/tickets").await.expect(200)["pagination"]["total"].clone()
}

#[tokio::test]
async fn the_same_key_and_body_answer_the_first_result_with_status_and_headers() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let body = json!({"title": "VPN drops"});
        let first = agent.post_once("/incidents", "k1", body.clone()).await;
        let again = agent.post_once("/incidents", "k1", body.clone()).await;
        assert!(!first.headers.contains_key("idempotency-replayed"));
        assert_eq!(again.headers["idempotency-replayed"], "true");
        for name in ["location", "etag", "content-type"] {
            assert_eq!(first.headers[name], again.headers[name], "{name}");
        }
        assert_eq!(first.expect(201), again.expect(201));
        assert_eq!(total(&agent).await, 1, "{}", t.engine);
        agent.post_once("/incidents", "k2", body).await.expect(201);
        assert_eq!(total(&agent).await, 2);
    }
}

#[tokio::test]
async fn another_body_or_path_with_the_same_key_is_refused() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent
            .post_once("/incidents", "k", json!({"title": "a"}))
            .await
            .expect(201);
        let problem = agent
            .post_once("/incidents", "k", json!({"title": "b"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["field"], "Idempotency-Key");
        agent
            .post_once("/tickets/INC-000001/start", "k", json!({"title": "a"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(total(&agent).await, 1);
    }
}

#[tokio::test]
async fn a_key_belongs_to_one_person() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let priya = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let body = json!({"title": "secret plan"});
        let first = priya
            .post_once("/incidents", "k", body.clone())
            .await
            .expect(201);
        let second = lea.post_once("/incidents", "k", body).await.expect(201);
        assert_ne!(first["id"], second["id"]);
    }
}

#[tokio::test]
async fn requests_at_the_same_moment_with_one_key_do_the_work_once() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let posts = (0..8).map(|_| agent.post_once("/incidents", "k", json!({"title": "x"})));
        let replies = futures::future::join_all(posts).await;
        let mut ids = std::collections::BTreeSet::new();
        let mut replayed = 0;
        for reply in replies {
            replayed += i32::from(reply.headers.contains_key("idempotency-replayed"));
            ids.insert(reply.expect(201)["id"].to_string());
        }
        assert_eq!((ids.len(), replayed), (1, 7), "{}", t.engine);
        assert_eq!(total(&agent).await, 1);
        assert_eq!(
            t.rows("events WHERE name = 'ticket.created'").await,
            1,
            "one event announces it"
        );
    }
}

#[tokio::test]
async fn a_refusal_is_kept_too_and_a_missing_sign_in_is_not() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let blank = json!({"title": " "});
        let first = agent.post_once("/incidents", "k", blank.clone()).await;
        let again = agent.post_once("/incidents", "k", blank.clone()).await;
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(
            first.expect_code(422, "VALIDATION_ERROR"),
            again.expect_code(422, "VALIDATION_ERROR")
        );
        let headers = [("idempotency-key", "k2")];
        send(t, "POST", "/api/v1/incidents", &headers, Some(blank))
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        assert_eq!(t.rows("idempotency_keys").await, 1);
        agent
            .post_once("/incidents", "two words", json!({"title": "x"}))
            .await
            .expect_code(400, "MALFORMED_REQUEST");
    }
}

#[tokio::test]
async fn work_and_key_commit_together_or_not_at_all() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        // The record of the key cannot be finished: the work must go too.
        let break_it = match t.engine {
            "sqlite" => {
                "CREATE TRIGGER broken BEFORE UPDATE ON idempotency_keys
                 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
            }
            _ => "ALTER TABLE idempotency_keys ADD CONSTRAINT broken CHECK (answer IS NULL)",
        };
        t.run(break_it).await;
        let body = json!({"title": "x"});
        agent
            .post_once("/incidents", "k", body.clone())
            .await
            .expect_code(500, "INTERNAL_SERVER_ERROR");
        assert_eq!(total(&agent).await, 0, "{}", t.engine);
        assert_eq!(t.rows("idempotency_keys").await, 0);
        let repair = match t.engine {
            "sqlite" => "DROP TRIGGER broken",
            _ => "ALTER TABLE idempotency_keys DROP CONSTRAINT broken",
        };
        t.run(repair).await;
        let ticket = agent.post_once("/incidents", "k", body).await.expect(201);
        assert_eq!(ticket["number"], "INC-000001");
    }
}

#[tokio::test]
async fn a_key_is_free_again_after_a_day_and_is_swept() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let body = json!({"title": "x"});
        agent
            .post_once("/incidents", "k", body.clone())
            .await
            .expect(201);
        agent
            .post_once("/incidents", "old", body.clone())
            .await
            .expect(201);
        let age = "UPDATE idempotency_keys SET expires_at = created_at";
        t.run(age).await;
        agent.post_once("/incidents", "k", body).await.expect(201);
        assert_eq!(total(&agent).await, 3, "{}", t.engine);
        let now = steward_platform::clock::now();
        let swept = idempotency::sweep(&t.app.db, now).await.expect("swept");
        assert_eq!((swept, t.rows("idempotency_keys").await), (1, 1));
    }
}

#[tokio::test]
async fn kept_answers_cannot_be_read_in_the_database() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent
            .post_once("/incidents", "k", json!({"title": "tell nobody"}))
            .await
            .expect(201);
        let answer = t.text("SELECT answer FROM idempotency_keys").await;
        assert!(answer.len() > 100 && !answer.contains("nobody"));
    }
}
