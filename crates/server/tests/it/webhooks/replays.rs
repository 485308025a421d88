//! Sending again, one or a range.

use super::receiver::{Receiver, Say};
use super::{after, apps, deliveries, once, setting, story};
use serde_json::{Value, json};

fn range() -> Value {
    json!({"from": after(-60).to_string(), "until": after(60).to_string()})
}

#[tokio::test]
async fn one_delivery_is_sent_again_under_its_id() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["*"]).await;
        s.admin.report("first").await;
        once(t, 0).await;
        let row = deliveries(&s.admin, &s.path).await[0].clone();
        let path = format!(
            "{}/deliveries/{}/replay",
            s.path,
            row["id"].as_str().expect("an id")
        );
        let again = s.admin.post(&path, json!({})).await.expect(200);
        assert_eq!(
            (&again["state"], &again["settled_at"]),
            (&json!("waiting"), &Value::Null)
        );
        s.admin
            .post(&path, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        once(t, 0).await;
        let got = receiver.got();
        assert_eq!(got.len(), 2, "{}", t.engine);
        assert_eq!(got[0].header("webhook-id"), got[1].header("webhook-id"));
        assert_eq!(deliveries(&s.admin, &s.path).await[0]["attempts"], 2);
        s.admin
            .patch(&s.path, "*", json!({"is_enabled": false}))
            .await
            .expect(200);
        s.admin
            .post(&path, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
    }
}

#[tokio::test]
async fn what_was_missed_while_off_is_sent_again_in_order() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["ticket.created"]).await;
        s.admin.report("before").await;
        once(t, 0).await;
        s.admin
            .patch(&s.path, "*", json!({"is_enabled": false}))
            .await
            .expect(200);
        s.admin.report("missed one").await;
        s.admin.report("missed two").await;
        once(t, 0).await;
        let path = format!("{}/replay", s.path);
        s.admin
            .post(&path, range())
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        s.admin
            .patch(&s.path, "*", json!({"is_enabled": true}))
            .await
            .expect(200);
        let wrong = json!({"from": after(5).to_string(), "until": after(1).to_string()});
        let refused = s
            .admin
            .post(&path, wrong)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(refused["errors"][0]["field"], "until");
        let early = json!({"from": after(-60).to_string(), "until": after(-30).to_string()});
        assert_eq!(s.admin.post(&path, early).await.expect(200)["count"], 0);
        let done = s.admin.post(&path, range()).await.expect(200);
        assert_eq!(
            (&done["count"], &done["next_cursor"]),
            (&json!(2), &Value::Null),
            "{}",
            t.engine
        );
        once(t, 0).await;
        let story = story(&s.admin, &s.path).await;
        assert!(
            story.iter().all(|line| line == "ticket.created sent -"),
            "{story:?}"
        );
        assert_eq!(receiver.got().len(), 3);
        // With those that were taken.
        let mut all = range();
        all["include_sent"] = json!(true);
        assert_eq!(s.admin.post(&path, all).await.expect(200)["count"], 3);
    }
}

#[tokio::test]
async fn a_long_range_is_sent_again_in_pieces_each_delivery_once() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["ticket.created"]).await;
        s.admin.report("one").await;
        once(t, 0).await;
        let many = "INSERT INTO webhook_deliveries (id, organization_id, webhook_id, event_id, kind, state, attempts,
              tries, due_at, created_at, settled_at)
            SELECT e.id, d.organization_id, d.webhook_id, e.id, d.kind, 'failed', 0, 0, d.due_at, d.created_at, d.due_at
            FROM webhook_deliveries d CROSS JOIN ids e";
        let ids = match t.engine {
            "sqlite" => {
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500),
                 ids AS (SELECT randomblob(16) AS id FROM n)"
            }
            _ => {
                "WITH ids AS (SELECT ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid AS id
                 FROM generate_series(1, 1500) i)"
            }
        };
        t.run(&format!("{ids} {many}")).await;
        let path = format!("{}/replay", s.path);
        let first = s.admin.post(&path, range()).await.expect(200);
        assert_eq!(first["count"], 1000);
        let mut rest = range();
        rest["cursor"] = first["next_cursor"].clone();
        let second = s.admin.post(&path, rest).await.expect(200);
        assert_eq!(
            (&second["count"], &second["next_cursor"]),
            (&json!(500), &Value::Null),
            "{}",
            t.engine
        );
        let pages = s
            .admin
            .get(&format!("{}/deliveries?state=waiting&per_page=100", s.path))
            .await
            .expect(200);
        let cursor = pages["next_cursor"].as_str().expect("more");
        let next = s
            .admin
            .get(&format!(
                "{}/deliveries?state=waiting&cursor={cursor}",
                s.path
            ))
            .await
            .expect(200);
        assert_ne!(next["data"][0]["id"], pages["data"][99]["id"]);
        s.admin
            .get(&format!("{}/deliveries?state=lost", s.path))
            .await
            .expect_code(400, "MALFORMED_REQUEST");
    }
}
