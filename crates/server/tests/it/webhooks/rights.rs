//! What a webhook is told follows the rights of its person; who looks after it.

use super::receiver::{Receiver, Say};
use super::{apps, once, path_of, setting, story};
use crate::support::{Client, join};
use serde_json::{Value, json};

async fn acting_as(admin: &Client<'_>, url: &str, person: &Client<'_>) -> Value {
    let body = json!({"name": "Chat", "url": url, "events": ["*"], "acts_as_id": person.id});
    admin.post("/webhooks", body).await.expect(201)
}

async fn comment(who: &Client<'_>, key: &str, body: &str, visibility: &str) {
    let said = json!({"body": body, "visibility": visibility});
    let path = format!("/tickets/{key}/comments");
    who.post(&path, said).await.expect(201);
}

#[tokio::test]
async fn a_webhook_is_told_what_its_person_may_see() {
    for t in &apps().await {
        let all = Receiver::start(Say::Status(200)).await;
        let own = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &all, &["ticket.*"]).await;
        let lea = join(t, s.org, "lea", "end_user").await;
        let path = path_of(&acting_as(&s.admin, &own.url(), &lea).await);
        lea.report("of Lea").await;
        s.admin.report("of Ada").await;
        comment(&s.admin, "INC-1", "an internal word", "internal").await;
        comment(&s.admin, "INC-1", "a public word", "public").await;
        once(t, 0).await;
        once(t, 0).await;
        assert_eq!(
            story(&s.admin, &path).await,
            [
                "ticket.created sent -",
                "ticket.created skipped not_visible",
                "ticket.commented skipped not_visible",
                "ticket.commented sent -",
            ],
            "{}",
            t.engine
        );
        assert_eq!(own.got().len(), 2);
        // In whatever order they came.
        let mut bodies = own.got().into_iter().map(|got| got.json());
        let comment = bodies.find(|body| body["type"] == "ticket.commented");
        let comment = comment.expect("the comment is told");
        assert_eq!(comment["data"]["comment"]["is_public"], true);
        assert_eq!(all.got().len(), 4, "who sees all is told all");
        for got in own.got().iter().chain(&all.got()) {
            assert!(
                !got.body.contains("word"),
                "what was said is asked for: {}",
                got.body
            );
        }
    }
}

#[tokio::test]
async fn rights_are_asked_for_when_it_is_sent() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(500)).await;
        let s = setting(t, &Receiver::start(Say::Status(200)).await, &["sla.*"]).await;
        let agent = join(t, s.org, "priya", "agent").await;
        let path = path_of(&acting_as(&s.admin, &receiver.url(), &agent).await);
        s.admin.report("secret").await;
        once(t, 0).await;
        assert_eq!(story(&s.admin, &path).await, ["ticket.created waiting -"]);
        let roles = json!({"roles": ["end_user"]});
        s.admin
            .patch(&format!("/users/{}", agent.id), "*", roles)
            .await
            .expect(200);
        receiver.say(Say::Status(200));
        once(t, 1).await;
        assert_eq!(
            story(&s.admin, &path).await,
            ["ticket.created skipped not_visible"],
            "{}",
            t.engine
        );
        assert_eq!(receiver.got().len(), 1);
        s.admin
            .post(&format!("/users/{}/deactivate", agent.id), json!({}))
            .await
            .expect(200);
        s.admin.report("later").await;
        once(t, 0).await;
        assert_eq!(
            story(&s.admin, &path).await[1],
            "ticket.created skipped disabled"
        );
        let shown = s.admin.get(&path).await.expect(200);
        assert_eq!(shown["disabled_reason"], "person_inactive");
        let refused = s.admin.patch(&path, "*", json!({"is_enabled": true})).await;
        let refused = refused.expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(
            refused["errors"][0]["field"], "acts_as_id",
            "somebody else must be chosen"
        );
        let other = json!({"is_enabled": true, "acts_as_id": s.admin.id});
        s.admin.patch(&path, "*", other).await.expect(200);
    }
}

#[tokio::test]
async fn who_sees_less_does_not_reach_through_a_webhook_of_who_sees_more() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["ticket.*"]).await;
        let role = json!({"name": "plumber", "description": "", "permissions": ["webhook:manage:all", "ticket:read:team"]});
        s.admin.post("/roles", role).await.expect(201);
        let tom = join(t, s.org, "tom", "plumber").await;
        s.admin.report("secret").await;
        once(t, 0).await;
        let shown = tom.get(&s.path).await.expect(200);
        assert_eq!(shown["is_manageable"], false);
        let url = json!({"url": "https://elsewhere.example.com/"});
        tom.patch(&s.path, "*", url)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        tom.delete(&s.path).await.expect(403);
        for verb in ["test", "rotate-secret"] {
            tom.post(&format!("{}/{verb}", s.path), json!({}))
                .await
                .expect(403);
        }
        let range = json!({"from": "2026-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"});
        tom.post(&format!("{}/replay", s.path), range)
            .await
            .expect(403);
        tom.get(&format!("{}/deliveries", s.path)).await.expect(403);
        let rows = super::deliveries(&s.admin, &s.path).await;
        let id = rows[0]["id"].as_str().expect("an id");
        tom.get(&format!("{}/deliveries/{id}", s.path))
            .await
            .expect(403);
        tom.post(&format!("{}/deliveries/{id}/replay", s.path), json!({}))
            .await
            .expect(403);
        let body = json!({"name": "Mine", "url": receiver.url(), "events": ["*"], "acts_as_id": s.admin.id});
        tom.post("/webhooks", body).await.expect(403);
        let mine = super::make(&tom, &receiver.url(), &["*"]).await;
        let to_admin = json!({"acts_as_id": s.admin.id});
        tom.patch(&path_of(&mine), "*", to_admin).await.expect(403);
        let agent = join(t, s.org, "priya", "agent").await;
        agent
            .get("/webhooks")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}
