//! API tokens: shown once, narrowed, revocable.

use crate::support::{Client, Reply, join, organization, send};
use serde_json::{Value, json};
use steward_db::{Executor, FromQueryResult, values};
use steward_kernel::Instant;
use steward_platform::clock;
use steward_testkit::TestApp;

async fn make(who: &Client<'_>, permissions: &[&str]) -> (String, String) {
    let input = json!({"name": "nightly import", "permissions": permissions});
    let made = who.post("/api-tokens", input).await.expect(201);
    let text = |v: &Value| v.as_str().expect("a text").to_owned();
    (text(&made["id"]), text(&made["token"]))
}

async fn with(t: &TestApp, token: &str, method: &str, path: &str, body: Option<Value>) -> Reply {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    send(t, method, &format!("/api/v1{path}"), &headers, body).await
}

#[derive(Debug, FromQueryResult)]
struct Stored {
    token_hash: String,
    hint: String,
}

#[tokio::test]
async fn a_token_is_shown_once_kept_as_a_hash_and_has_only_the_rights_it_names() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let (id, token) = make(&agent, &["ticket:read:all", "ticket:create:all"]).await;
        assert!(token.starts_with("stw_") && token.len() > 40, "{token}");
        let sql = "SELECT token_hash, hint FROM api_tokens";
        let stored: Option<Stored> = t.app.db.optional(sql, values![]).await.expect("a row");
        let stored = stored.expect("a row");
        assert!(!stored.token_hash.contains(&token) && token.starts_with(&stored.hint));

        let list = agent.get("/api-tokens").await.expect(200);
        assert!(!list.to_string().contains(&token));
        assert_eq!(list["data"][0]["last_used_at"], Value::Null);
        with(t, &token, "GET", "/tickets", None).await.expect(200);
        let report = Some(json!({"title": "from a program"}));
        with(t, &token, "POST", "/incidents", report)
            .await
            .expect(201);
        with(t, &token, "GET", "/users", None)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let one = agent.get(&format!("/api-tokens/{id}")).await.expect(200);
        assert!(one["last_used_at"].is_string());
        for forged in ["stw_", "stw_x", &token[..40], &format!("{token}x")] {
            with(t, forged, "GET", "/tickets", None)
                .await
                .expect_code(401, "AUTHENTICATION_REQUIRED");
        }
    }
}

#[tokio::test]
async fn a_token_never_reaches_beyond_its_owner() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let more = json!({"name": "x", "permissions": ["role:manage:all"]});
        agent
            .post("/api-tokens", more)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let (_, token) = make(&agent, &["ticket:read:all", "user:read:all"]).await;
        let ticket = admin.report("plan").await;
        let road = format!("/tickets/{}", ticket["id"].as_str().expect("an id"));
        with(t, &token, "GET", &road, None).await.expect(200);
        let person = format!("/users/{}", agent.id);
        let fewer = json!({"roles": ["end_user"]});
        admin.patch(&person, "*", fewer).await.expect(200);
        with(t, &token, "GET", "/users", None).await.expect(403);
        with(t, &token, "GET", &road, None).await.expect(404);
        admin
            .post(&format!("{person}/deactivate"), json!({}))
            .await
            .expect(200);
        with(t, &token, "GET", "/tickets", None)
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
    }
}

#[tokio::test]
async fn a_token_cannot_change_how_its_owner_signs_in_or_make_others() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let (_, token) = make(&admin, &["user:update:all", "user:read:all"]).await;
        let passwords = json!({"current_password": "x", "new_password": "violet-tractor-93-sun"});
        let both = json!({"password": "x", "code": "x"});
        for (method, path, body) in [
            ("POST", "/users/me/password", passwords),
            ("POST", "/auth/mfa/enroll", json!({"password": "x"})),
            ("POST", "/auth/mfa/confirm", json!({"code": "x"})),
            ("POST", "/auth/mfa/disable", both.clone()),
            ("POST", "/auth/mfa/recovery-codes", both),
            (
                "POST",
                "/api-tokens",
                json!({"name": "x", "permissions": ["user:read:all"]}),
            ),
            ("PATCH", "/users/me", json!({"phone": "1"})),
            ("DELETE", "/auth/sessions", Value::Null),
        ] {
            let body = Some(body).filter(|b| !b.is_null());
            with(t, &token, method, path, body)
                .await
                .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
    }
}

#[tokio::test]
async fn tokens_end_by_themselves_and_at_once_when_revoked() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let foreign = join(t, other, "root", "admin").await;
        for (expires_at, status) in [
            ("2020-01-01T00:00:00Z", 422),
            ("2999-01-01T00:00:00Z", 422),
            ("soon", 422),
        ] {
            let input =
                json!({"name": "x", "permissions": ["ticket:read:all"], "expires_at": expires_at});
            agent.post("/api-tokens", input).await.expect(status);
        }
        for permissions in [json!([]), json!(["ticket:fly:all"])] {
            let input = json!({"name": "x", "permissions": permissions});
            agent.post("/api-tokens", input).await.expect_refused();
        }
        let (first, token) = make(&agent, &["ticket:read:all"]).await;
        let one = agent.get(&format!("/api-tokens/{first}")).await.expect(200);
        let end: Instant = one["expires_at"]
            .as_str()
            .expect("text")
            .parse()
            .expect("an instant");
        let days = (end.as_second() - clock::now().as_second() + 3600) / 86_400;
        assert_eq!(days, 90);
        let road = format!("/api-tokens/{first}");
        foreign.get(&road).await.expect(404);
        foreign.delete(&road).await.expect(404);
        agent.delete(&road).await.expect(204);
        agent.delete(&road).await.expect(404);
        with(t, &token, "GET", "/tickets", None).await.expect(401);

        let (second, token) = make(&agent, &["ticket:read:all"]).await;
        let theirs = format!("/api-tokens?user={}", agent.id);
        let list = admin.get(&theirs).await.expect(200);
        assert_eq!(list["data"].as_array().map(Vec::len), Some(1));
        foreign.get(&theirs).await.expect(404);
        agent
            .get(&format!("/api-tokens?user={}", admin.id))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let sql = "UPDATE api_tokens SET expires_at = created_at";
        t.app.db.execute(sql, values![]).await.expect("out of date");
        with(t, &token, "GET", "/tickets", None).await.expect(401);
        let list = admin.get(&theirs).await.expect(200);
        assert_eq!(list["data"], json!([]));
        admin
            .delete(&format!("/api-tokens/{second}"))
            .await
            .expect(204);
    }
}
