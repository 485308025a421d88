//! Making, changing and removing webhooks.

use super::receiver::{Receiver, Say};
use super::{apps, make, once, path_of, setting};
use crate::support::{join, organization};
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_wrong_is_named() {
    for t in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let good =
            json!({"name": "Chat", "url": "https://hooks.example.com/x", "events": ["ticket.*"]});
        for (field, value) in [
            ("name", json!("")),
            ("name", json!("x".repeat(101))),
            ("url", json!("hooks.example.com")),
            ("url", json!("ftp://hooks.example.com/")),
            ("url", json!("https://me:secret@hooks.example.com/")),
            ("url", json!("http://10.0.0.1/")),
            ("url", json!("http://169.254.169.254/latest")),
            ("url", json!("http://[::1]/")),
            ("url", json!("http://[::ffff:192.168.0.1]/")),
            (
                "url",
                json!(format!("https://example.com/{}", "x".repeat(2_000))),
            ),
            ("events", json!([])),
            ("events", json!(["ticket.created", "ticket.nonsense"])),
            ("events", json!(["webhook.ping"])),
        ] {
            let mut body = good.clone();
            body[field] = value.clone();
            let refused = admin
                .post("/webhooks", body)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(
                refused["errors"][0]["field"], field,
                "{value} on {}: {refused}",
                t.engine
            );
        }
        let mut nobody = good.clone();
        nobody["acts_as_id"] = json!("01900000-0000-7000-8000-000000000000");
        let refused = admin.post("/webhooks", nobody).await;
        let refused = refused.expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(refused["errors"][0]["field"], "acts_as_id");
        let unknown = json!({"name": "Chat", "url": "https://example.com", "events": ["*"], "secret": "mine"});
        admin.post("/webhooks", unknown).await.expect(422);
        assert_eq!(t.rows("webhooks").await, 0);
    }
}

#[tokio::test]
async fn a_webhook_is_made_shown_changed_and_removed() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(204)).await;
        let s = setting(t, &receiver, &["ticket.*", "sla.breached"]).await;
        assert!(s.secret.starts_with("whsec_"));
        let shown = s.admin.get(&s.path).await.expect(200);
        assert_eq!(shown["secret"], Value::Null, "it is shown once");
        assert_eq!(shown["events"], json!(["ticket.*", "sla.breached"]));
        assert_eq!(
            (&shown["is_enabled"], &shown["is_manageable"]),
            (&json!(true), &json!(true))
        );
        assert_eq!(shown["acts_as"]["name"], "ada Test");
        assert_eq!(shown["secrets"].as_array().map(Vec::len), Some(1));
        let stored = t.text("SELECT sealed FROM webhook_secrets").await;
        assert!(
            stored.starts_with("1.") && !stored.contains("whsec"),
            "sealed"
        );
        let list = s.admin.get("/webhooks").await.expect(200);
        assert_eq!(list["data"].as_array().map(Vec::len), Some(1));
        assert!(!list.to_string().contains(&s.secret));

        let patch = json!({"name": " Pager ", "events": ["*"]});
        s.admin
            .patch(&s.path, "\"9\"", patch.clone())
            .await
            .expect(412);
        let changed = s.admin.patch(&s.path, "\"1\"", patch).await.expect(200);
        assert_eq!(
            (&changed["name"], &changed["version"]),
            (&json!("Pager"), &json!(2))
        );
        assert_eq!(changed["url"], json!(receiver.url()), "the rest stays");
        let off = s
            .admin
            .patch(&s.path, "*", json!({"is_enabled": false}))
            .await
            .expect(200);
        assert_eq!(off["disabled_reason"], "manual");
        let on = s
            .admin
            .patch(&s.path, "*", json!({"is_enabled": true}))
            .await
            .expect(200);
        assert_eq!(
            (&on["disabled_reason"], &on["disabled_at"]),
            (&Value::Null, &Value::Null)
        );
        let events = t
            .texts("SELECT name FROM events WHERE name LIKE 'webhook.%' ORDER BY commit_order")
            .await;
        assert_eq!(
            events,
            [
                "webhook.created",
                "webhook.updated",
                "webhook.updated",
                "webhook.updated"
            ]
        );

        s.admin.report("told").await;
        once(t, 1).await;
        assert_eq!(t.rows("webhook_attempts").await, 1);
        s.admin
            .delete_with(&s.path, "\"1\"", json!({}))
            .await
            .expect(412);
        s.admin.delete(&s.path).await.expect(204);
        s.admin.get(&s.path).await.expect(404);
        for table in [
            "webhooks",
            "webhook_secrets",
            "webhook_deliveries",
            "webhook_attempts",
        ] {
            assert_eq!(t.rows(table).await, 0, "{table} on {}", t.engine);
        }
    }
}

#[tokio::test]
async fn an_organization_has_at_most_fifty() {
    for t in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        for _ in 0..50 {
            make(&admin, "https://example.com/", &["*"]).await;
        }
        let body = json!({"name": "One more", "url": "https://example.com/", "events": ["*"]});
        admin
            .post("/webhooks", body)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let other = organization(t, "Globex").await;
        let other = join(t, other, "bob", "admin").await;
        let made = make(&other, "https://example.com/", &["*"]).await;
        admin.get(&path_of(&made)).await.expect(404);
    }
}

#[tokio::test]
async fn a_test_tells_at_once_how_it_went_even_when_switched_off() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(204)).await;
        let s = setting(t, &receiver, &["sla.*"]).await;
        let path = format!("{}/test", s.path);
        let done = s.admin.post(&path, json!({})).await.expect(200);
        assert_eq!(done["delivery"]["state"], "sent", "{done}");
        assert_eq!(done["delivery"]["kind"], "webhook.ping");
        assert_eq!(done["attempts"][0]["status"], 204);
        assert_eq!(receiver.got()[0].json()["data"]["webhook"], "Chat");
        receiver.say(Say::Status(500));
        s.admin
            .patch(&s.path, "*", json!({"is_enabled": false}))
            .await
            .expect(200);
        let done = s.admin.post(&path, json!({})).await.expect(200);
        assert_eq!(
            done["delivery"]["state"], "failed",
            "a test is not repeated"
        );
        assert_eq!(done["attempts"][0]["answer_body"], "said 500\u{fffd}");
        let shown = s.admin.get(&s.path).await.expect(200);
        assert_eq!(
            shown["failures"], 0,
            "a test says nothing about the webhook"
        );
    }
}
